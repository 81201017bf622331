"""Complaints and reports, with those who made them kept apart."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('informant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_informant'))
    )
    op.create_table('filing_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('reply', sa.Text(), nullable=True),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(reply IS NULL) = (replied_at IS NULL)', name=op.f('ck_filing_question_reply')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_filing_question_asked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing_question'))
    )
    with op.batch_alter_table('filing_question', schema=None) as batch_op:
        batch_op.create_index('ix_filing_question_subject', ['subject', 'id'], unique=False)

    op.create_table('complaint',
    sa.Column('status', sa.Enum('received', 'not_accepted', 'accepted', 'answered', 'mediating', 'settled', 'terminated', 'withdrawn', 'closed', name='complaintstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('request', sa.Text(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=True),
    sa.Column('disclose', sa.Boolean(), nullable=False),
    sa.Column('other_bodies', sa.Text(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('told', sa.Text(), nullable=True),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('grounds', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('mediation_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('receipt_number', sa.String(length=13), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('informant_id', sa.Integer(), nullable=False),
    sa.Column('respondent_name', sa.String(length=200), nullable=False),
    sa.Column('respondent_number', sa.String(length=60), nullable=True),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('license_id', sa.Integer(), nullable=True),
    sa.Column('conduct_codes', sa.JSON(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=True),
    sa.Column('narrative', sa.Text(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('case_reference', sa.String(length=20), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.CheckConstraint("status NOT IN ('accepted', 'answered', 'mediating', 'settled', 'terminated') OR accepted_on IS NOT NULL", name=op.f('ck_complaint_accepted_on')),
    sa.CheckConstraint("status NOT IN ('accepted', 'answered', 'mediating', 'settled', 'terminated') OR told IS NOT NULL", name=op.f('ck_complaint_told')),
    sa.CheckConstraint("status NOT IN ('answered') OR answered_at IS NOT NULL", name=op.f('ck_complaint_answered_at')),
    sa.CheckConstraint("status NOT IN ('mediating') OR mediation_on IS NOT NULL", name=op.f('ck_complaint_mediation_on')),
    sa.CheckConstraint("status NOT IN ('not_accepted') OR grounds IS NOT NULL", name=op.f('ck_complaint_grounds')),
    sa.CheckConstraint("status NOT IN ('not_accepted', 'settled', 'terminated') OR outcome IS NOT NULL", name=op.f('ck_complaint_outcome')),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_complaint_answer')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_complaint_amount')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_complaint_answered_by_id')),
    sa.ForeignKeyConstraint(['informant_id'], ['informant.id'], name=op.f('fk_complaint_informant_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_complaint_license_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['user.id'], name=op.f('fk_complaint_officer_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_complaint_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint')),
    sa.UniqueConstraint('informant_id', name=op.f('uq_complaint_informant_id')),
    sa.UniqueConstraint('receipt_number', name=op.f('uq_complaint_receipt_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_complaint_reference'))
    )
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_status'), ['status'], unique=False)

    op.create_table('report',
    sa.Column('status', sa.Enum('received', 'verifying', 'case_filed', 'not_filed', 'replied', 'closed', name='reportstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('extended_on', sa.Date(), nullable=True),
    sa.Column('extension_reason', sa.Text(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('reply', sa.Text(), nullable=True),
    sa.Column('replied_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('receipt_number', sa.String(length=13), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('informant_id', sa.Integer(), nullable=False),
    sa.Column('respondent_name', sa.String(length=200), nullable=False),
    sa.Column('respondent_number', sa.String(length=60), nullable=True),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('license_id', sa.Integer(), nullable=True),
    sa.Column('conduct_codes', sa.JSON(), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=True),
    sa.Column('narrative', sa.Text(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('case_reference', sa.String(length=20), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.CheckConstraint("status NOT IN ('case_filed') OR case_reference IS NOT NULL", name=op.f('ck_report_case_reference')),
    sa.CheckConstraint("status NOT IN ('case_filed', 'not_filed', 'replied') OR decided_on IS NOT NULL", name=op.f('ck_report_decided_on')),
    sa.CheckConstraint("status NOT IN ('not_filed') OR outcome IS NOT NULL", name=op.f('ck_report_outcome')),
    sa.CheckConstraint("status NOT IN ('replied') OR replied_on IS NOT NULL", name=op.f('ck_report_replied_on')),
    sa.CheckConstraint('(extended_on IS NULL) = (extension_reason IS NULL)', name=op.f('ck_report_extended_on')),
    sa.ForeignKeyConstraint(['informant_id'], ['informant.id'], name=op.f('fk_report_informant_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_report_license_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['user.id'], name=op.f('fk_report_officer_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_report_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('informant_id', name=op.f('uq_report_informant_id')),
    sa.UniqueConstraint('receipt_number', name=op.f('uq_report_receipt_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_report_reference'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_status'), ['status'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_status'))
        batch_op.drop_index(batch_op.f('ix_report_organization_id'))

    op.drop_table('report')
    with op.batch_alter_table('complaint', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_complaint_status'))
        batch_op.drop_index(batch_op.f('ix_complaint_organization_id'))

    op.drop_table('complaint')
    with op.batch_alter_table('filing_question', schema=None) as batch_op:
        batch_op.drop_index('ix_filing_question_subject')

    op.drop_table('filing_question')
    op.drop_table('informant')
