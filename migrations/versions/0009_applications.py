"""Applications."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('receipt_number', sa.String(length=13), nullable=True),
    sa.Column('status', sa.Enum('draft', 'submitted', 'correction_required', 'under_review', 'expert_review', 'decision_pending', 'approved', 'refused', 'not_accepted', 'withdrawn', name='applicationstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('sealed_answers', sa.Text(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('deemed', sa.Boolean(), nullable=False),
    sa.Column('intake_officer_id', sa.Integer(), nullable=True),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('decider_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_reason', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('approved', 'refused')) = (decided_at IS NOT NULL)", name=op.f('ck_application_decided_at')),
    sa.CheckConstraint("(status IN ('approved', 'refused')) = (decider_id IS NOT NULL)", name=op.f('ck_application_decider_id')),
    sa.CheckConstraint("status NOT IN ('approved', 'correction_required', 'decision_pending', 'expert_review', 'not_accepted', 'refused', 'submitted', 'under_review') OR receipt_number IS NOT NULL", name=op.f('ck_application_receipt_number')),
    sa.CheckConstraint("status NOT IN ('approved', 'correction_required', 'decision_pending', 'expert_review', 'not_accepted', 'refused', 'submitted', 'under_review') OR submitted_at IS NOT NULL", name=op.f('ck_application_submitted_at')),
    sa.CheckConstraint("status NOT IN ('approved', 'decision_pending', 'expert_review', 'refused', 'under_review') OR accepted_on IS NOT NULL", name=op.f('ck_application_accepted_on')),
    sa.CheckConstraint("status NOT IN ('approved', 'decision_pending', 'refused') OR reviewer_id IS NOT NULL", name=op.f('ck_application_reviewer_id')),
    sa.CheckConstraint('decider_id IS NULL OR decider_id <> reviewer_id', name=op.f('ck_application_two_people')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_application_created_by_id')),
    sa.ForeignKeyConstraint(['decider_id'], ['user.id'], name=op.f('fk_application_decider_id')),
    sa.ForeignKeyConstraint(['intake_officer_id'], ['user.id'], name=op.f('fk_application_intake_officer_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_application_organization_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['user.id'], name=op.f('fk_application_reviewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('receipt_number', name=op.f('uq_application_receipt_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_application_reference'))
    )
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_status'), ['status'], unique=False)
        batch_op.create_index('uq_application_unfinished', ['organization_id', 'kind'], unique=True, sqlite_where=sa.text("status IN ('correction_required', 'decision_pending', 'draft', 'expert_review', 'submitted', 'under_review')"), postgresql_where=sa.text("status IN ('correction_required', 'decision_pending', 'draft', 'expert_review', 'submitted', 'under_review')"))

    op.create_table('application_check',
    sa.Column('criterion', sa.String(length=40), nullable=False),
    sa.Column('met', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_check_application_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['user.id'], name=op.f('fk_application_check_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_check'))
    )
    with op.batch_alter_table('application_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_check_application_id'), ['application_id'], unique=False)

    op.create_table('clock_stop',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_number', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= began_on', name=op.f('ck_clock_stop_order')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_clock_stop_application_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_stop')),
    sa.UniqueConstraint('document_number', name=op.f('uq_clock_stop_document_number'))
    )
    with op.batch_alter_table('clock_stop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_clock_stop_application_id'), ['application_id'], unique=False)

    op.create_table('correction',
    sa.Column('document_number', sa.String(length=40), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_correction_application_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user.id'], name=op.f('fk_correction_issued_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('document_number', name=op.f('uq_correction_document_number'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_application_id'), ['application_id'], unique=False)

    op.create_table('decision',
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('document_number', sa.String(length=40), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('reconsider_by', sa.Date(), nullable=False),
    sa.Column('sue_by', sa.Date(), nullable=False),
    sa.Column('license_number', sa.String(length=19), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('granted', sa.Boolean(), nullable=False),
    sa.Column('broker_type', sa.String(length=10), nullable=True),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('scope', sa.JSON(), nullable=False),
    sa.Column('term_years', sa.Integer(), nullable=True),
    sa.Column('grounds', sa.JSON(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.CheckConstraint('granted = (broker_type IS NOT NULL)', name=op.f('ck_decision_type')),
    sa.CheckConstraint('granted = (grade IS NOT NULL)', name=op.f('ck_decision_terms')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_decision_application_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_decision_decided_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('application_id', name=op.f('uq_decision_application_id')),
    sa.UniqueConstraint('document_number', name=op.f('uq_decision_document_number'))
    )
    op.create_table('proposal',
    sa.Column('officer_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('granted', sa.Boolean(), nullable=False),
    sa.Column('broker_type', sa.String(length=10), nullable=True),
    sa.Column('grade', sa.Integer(), nullable=True),
    sa.Column('scope', sa.JSON(), nullable=False),
    sa.Column('term_years', sa.Integer(), nullable=True),
    sa.Column('grounds', sa.JSON(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_proposal_application_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['user.id'], name=op.f('fk_proposal_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal'))
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_application_id'), ['application_id'], unique=False)

    op.create_table('time_extension',
    sa.Column('granted_on', sa.Date(), nullable=False),
    sa.Column('granted_by_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_number', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_time_extension_application_id')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['user.id'], name=op.f('fk_time_extension_granted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_time_extension')),
    sa.UniqueConstraint('document_number', name=op.f('uq_time_extension_document_number'))
    )
    with op.batch_alter_table('time_extension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_time_extension_application_id'), ['application_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('time_extension', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_time_extension_application_id'))

    op.drop_table('time_extension')
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_proposal_application_id'))

    op.drop_table('proposal')
    op.drop_table('decision')
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_application_id'))

    op.drop_table('correction')
    with op.batch_alter_table('clock_stop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_clock_stop_application_id'))

    op.drop_table('clock_stop')
    with op.batch_alter_table('application_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_check_application_id'))

    op.drop_table('application_check')
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_index('uq_application_unfinished', sqlite_where=sa.text("status IN ('correction_required', 'decision_pending', 'draft', 'expert_review', 'submitted', 'under_review')"), postgresql_where=sa.text("status IN ('correction_required', 'decision_pending', 'draft', 'expert_review', 'submitted', 'under_review')"))
        batch_op.drop_index(batch_op.f('ix_application_status'))
        batch_op.drop_index(batch_op.f('ix_application_organization_id'))

    op.drop_table('application')
