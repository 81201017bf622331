"""Conduct cases with their findings, notices and opinions."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('conduct_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Enum('investigating', 'prior_notice', 'statement', 'legal_review', 'decision_pending', 'executing', 'no_measure', 'not_filed', 'closed', name='casestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=True),
    sa.Column('conduct_codes', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('investigator_id', sa.Integer(), nullable=False),
    sa.Column('second_investigator_id', sa.Integer(), nullable=True),
    sa.Column('noticed_on', sa.Date(), nullable=True),
    sa.Column('legal_reviewer_id', sa.Integer(), nullable=True),
    sa.Column('decision_number', sa.String(length=40), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decider_id', sa.Integer(), nullable=True),
    sa.Column('decision_reasons', sa.Text(), nullable=True),
    sa.Column('measure', sa.String(length=40), nullable=True),
    sa.Column('measure_months', sa.Integer(), nullable=True),
    sa.Column('measure_until', sa.Date(), nullable=True),
    sa.Column('basis', sa.Text(), nullable=True),
    sa.Column('reconsider_by', sa.Date(), nullable=True),
    sa.Column('sue_by', sa.Date(), nullable=True),
    sa.Column('public_until', sa.Date(), nullable=True),
    sa.Column('ended_reason', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('closed', 'executing')) = (basis IS NOT NULL)", name=op.f('ck_conduct_case_basis')),
    sa.CheckConstraint("(status IN ('closed', 'executing')) = (measure IS NOT NULL)", name=op.f('ck_conduct_case_measure')),
    sa.CheckConstraint("(status IN ('closed', 'executing')) = (reconsider_by IS NOT NULL)", name=op.f('ck_conduct_case_reconsider_by')),
    sa.CheckConstraint("(status IN ('closed', 'executing')) = (sue_by IS NOT NULL)", name=op.f('ck_conduct_case_sue_by')),
    sa.CheckConstraint("(status IN ('closed', 'executing', 'no_measure')) = (decided_at IS NOT NULL)", name=op.f('ck_conduct_case_decided_at')),
    sa.CheckConstraint("(status IN ('closed', 'executing', 'no_measure')) = (decided_on IS NOT NULL)", name=op.f('ck_conduct_case_decided_on')),
    sa.CheckConstraint("(status IN ('closed', 'executing', 'no_measure')) = (decider_id IS NOT NULL)", name=op.f('ck_conduct_case_decider_id')),
    sa.CheckConstraint("(status IN ('closed', 'executing', 'no_measure')) = (decision_number IS NOT NULL)", name=op.f('ck_conduct_case_decision_number')),
    sa.CheckConstraint("(status IN ('closed', 'executing', 'no_measure')) = (decision_reasons IS NOT NULL)", name=op.f('ck_conduct_case_decision_reasons')),
    sa.CheckConstraint("(status IN ('closed', 'not_filed')) = (ended_reason IS NOT NULL)", name=op.f('ck_conduct_case_ended_reason')),
    sa.CheckConstraint("status NOT IN ('closed', 'decision_pending', 'executing', 'legal_review', 'no_measure', 'prior_notice', 'statement') OR noticed_on IS NOT NULL", name=op.f('ck_conduct_case_noticed_on')),
    sa.CheckConstraint("status NOT IN ('closed', 'decision_pending', 'executing', 'legal_review', 'no_measure', 'prior_notice', 'statement') OR second_investigator_id IS NOT NULL", name=op.f('ck_conduct_case_second_investigator_id')),
    sa.CheckConstraint("status NOT IN ('closed', 'decision_pending', 'executing', 'no_measure') OR legal_reviewer_id IS NOT NULL", name=op.f('ck_conduct_case_legal_reviewer_id')),
    sa.CheckConstraint('decider_id NOT IN (investigator_id, second_investigator_id, legal_reviewer_id)', name=op.f('ck_conduct_case_decider_apart')),
    sa.CheckConstraint('legal_reviewer_id NOT IN (investigator_id, second_investigator_id)', name=op.f('ck_conduct_case_reviewer_apart')),
    sa.CheckConstraint('measure_until IS NULL OR measure_until > decided_on', name=op.f('ck_conduct_case_measure_until')),
    sa.CheckConstraint('second_investigator_id <> investigator_id', name=op.f('ck_conduct_case_two_investigators')),
    sa.ForeignKeyConstraint(['decider_id'], ['user.id'], name=op.f('fk_conduct_case_decider_id')),
    sa.ForeignKeyConstraint(['investigator_id'], ['user.id'], name=op.f('fk_conduct_case_investigator_id')),
    sa.ForeignKeyConstraint(['legal_reviewer_id'], ['user.id'], name=op.f('fk_conduct_case_legal_reviewer_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_conduct_case_license_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_conduct_case_organization_id')),
    sa.ForeignKeyConstraint(['second_investigator_id'], ['user.id'], name=op.f('fk_conduct_case_second_investigator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_case')),
    sa.UniqueConstraint('decision_number', name=op.f('uq_conduct_case_decision_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_conduct_case_reference'))
    )
    with op.batch_alter_table('conduct_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conduct_case_license_id'), ['license_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conduct_case_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_conduct_case_public_until'), ['public_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_conduct_case_status'), ['status'], unique=False)

    op.create_table('conduct_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('conduct_codes', sa.JSON(), nullable=False),
    sa.Column('measure', sa.String(length=40), nullable=False),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('statement', sa.Text(), nullable=True),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stated_by_id', sa.Integer(), nullable=True),
    sa.Column('hearing_offered', sa.Boolean(), nullable=False),
    sa.Column('hearing_asked', sa.Boolean(), nullable=False),
    sa.Column('hearing_called_on', sa.Date(), nullable=True),
    sa.Column('hearing_on', sa.Date(), nullable=True),
    sa.Column('hearing_chair_id', sa.Integer(), nullable=True),
    sa.Column('hearing_minutes', sa.Text(), nullable=True),
    sa.CheckConstraint('(hearing_on IS NULL) = (hearing_called_on IS NULL)', name=op.f('ck_conduct_notice_hearing_on')),
    sa.CheckConstraint('(statement IS NULL) = (stated_at IS NULL)', name=op.f('ck_conduct_notice_stated_at')),
    sa.CheckConstraint('hearing_asked = false OR hearing_offered = true', name=op.f('ck_conduct_notice_hearing_asked')),
    sa.CheckConstraint('hearing_minutes IS NULL OR (hearing_on IS NOT NULL AND hearing_chair_id IS NOT NULL)', name=op.f('ck_conduct_notice_hearing_minutes')),
    sa.ForeignKeyConstraint(['case_id'], ['conduct_case.id'], name=op.f('fk_conduct_notice_case_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['user.id'], name=op.f('fk_conduct_notice_given_by_id')),
    sa.ForeignKeyConstraint(['hearing_chair_id'], ['user.id'], name=op.f('fk_conduct_notice_hearing_chair_id')),
    sa.ForeignKeyConstraint(['stated_by_id'], ['user.id'], name=op.f('fk_conduct_notice_stated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conduct_notice')),
    sa.UniqueConstraint('number', name=op.f('uq_conduct_notice_number'))
    )
    with op.batch_alter_table('conduct_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conduct_notice_case_id'), ['case_id'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('conduct_code', sa.String(length=10), nullable=False),
    sa.Column('established', sa.Boolean(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['conduct_case.id'], name=op.f('fk_finding_case_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['user.id'], name=op.f('fk_finding_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_case_id'), ['case_id'], unique=False)

    op.create_table('legal_opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('cleared', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['conduct_case.id'], name=op.f('fk_legal_opinion_case_id')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['user.id'], name=op.f('fk_legal_opinion_reviewer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_opinion'))
    )
    with op.batch_alter_table('legal_opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_legal_opinion_case_id'), ['case_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('legal_opinion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_legal_opinion_case_id'))

    op.drop_table('legal_opinion')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_case_id'))

    op.drop_table('finding')
    with op.batch_alter_table('conduct_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conduct_notice_case_id'))

    op.drop_table('conduct_notice')
    with op.batch_alter_table('conduct_case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_conduct_case_status'))
        batch_op.drop_index(batch_op.f('ix_conduct_case_public_until'))
        batch_op.drop_index(batch_op.f('ix_conduct_case_organization_id'))
        batch_op.drop_index(batch_op.f('ix_conduct_case_license_id'))

    op.drop_table('conduct_case')
