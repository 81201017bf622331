"""Supervision."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('annual_report',
    sa.Column('status', sa.Enum('draft', 'submitted', 'corrected', name='reportstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('corrected', 'submitted')) = (submitted_at IS NOT NULL)", name=op.f('ck_annual_report_submitted_at')),
    sa.CheckConstraint('late = false OR submitted_at IS NOT NULL', name=op.f('ck_annual_report_late')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_annual_report_created_by_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_annual_report_license_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_annual_report_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annual_report')),
    sa.UniqueConstraint('license_id', 'year', name=op.f('uq_annual_report_license_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_annual_report_reference'))
    )
    with op.batch_alter_table('annual_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_annual_report_license_id'), ['license_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_annual_report_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_annual_report_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_annual_report_year'), ['year'], unique=False)

    op.create_table('annual_review',
    sa.Column('status', sa.Enum('open', 'scored', 'preliminary', 'objected', 'answered', 'final', 'published', name='reviewstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('scorer_id', sa.Integer(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('objection', sa.Text(), nullable=True),
    sa.Column('objected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('grade', sa.String(length=1), nullable=True),
    sa.Column('finalised_by_id', sa.Integer(), nullable=True),
    sa.Column('finalised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('final', 'published')) = (finalised_at IS NOT NULL)", name=op.f('ck_annual_review_finalised_at')),
    sa.CheckConstraint("(status IN ('final', 'published')) = (grade IS NOT NULL)", name=op.f('ck_annual_review_grade')),
    sa.CheckConstraint("(status IN ('published')) = (published_on IS NOT NULL)", name=op.f('ck_annual_review_published_on')),
    sa.CheckConstraint("status NOT IN ('answered') OR answer IS NOT NULL", name=op.f('ck_annual_review_answer')),
    sa.CheckConstraint("status NOT IN ('answered', 'final', 'objected', 'preliminary', 'published') OR told_on IS NOT NULL", name=op.f('ck_annual_review_told_on')),
    sa.CheckConstraint("status NOT IN ('answered', 'final', 'objected', 'preliminary', 'published', 'scored') OR scorer_id IS NOT NULL", name=op.f('ck_annual_review_scorer_id')),
    sa.CheckConstraint("status NOT IN ('answered', 'objected') OR objection IS NOT NULL", name=op.f('ck_annual_review_objection')),
    sa.CheckConstraint('finalised_by_id IS NULL OR finalised_by_id <> scorer_id', name=op.f('ck_annual_review_two_people')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_annual_review_answered_by_id')),
    sa.ForeignKeyConstraint(['finalised_by_id'], ['user.id'], name=op.f('fk_annual_review_finalised_by_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_annual_review_license_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_annual_review_organization_id')),
    sa.ForeignKeyConstraint(['scorer_id'], ['user.id'], name=op.f('fk_annual_review_scorer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annual_review')),
    sa.UniqueConstraint('license_id', 'year', name=op.f('uq_annual_review_license_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_annual_review_reference'))
    )
    with op.batch_alter_table('annual_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_annual_review_license_id'), ['license_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_annual_review_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_annual_review_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_annual_review_year'), ['year'], unique=False)

    op.create_table('annual_report_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('filed_by_id', sa.Integer(), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['filed_by_id'], ['user.id'], name=op.f('fk_annual_report_version_filed_by_id')),
    sa.ForeignKeyConstraint(['report_id'], ['annual_report.id'], name=op.f('fk_annual_report_version_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_annual_report_version')),
    sa.UniqueConstraint('report_id', 'number', name=op.f('uq_annual_report_version_report_id'))
    )
    op.create_table('review_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('vetoes', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('grade', sa.String(length=1), nullable=False),
    sa.Column('explanation', sa.JSON(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('total BETWEEN 0 AND 100', name=op.f('ck_review_score_total')),
    sa.ForeignKeyConstraint(['officer_id'], ['user.id'], name=op.f('fk_review_score_officer_id')),
    sa.ForeignKeyConstraint(['review_id'], ['annual_review.id'], name=op.f('fk_review_score_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_score'))
    )
    with op.batch_alter_table('review_score', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_score_review_id'), ['review_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('review_score', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_score_review_id'))

    op.drop_table('review_score')
    op.drop_table('annual_report_version')
    with op.batch_alter_table('annual_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_annual_review_year'))
        batch_op.drop_index(batch_op.f('ix_annual_review_status'))
        batch_op.drop_index(batch_op.f('ix_annual_review_organization_id'))
        batch_op.drop_index(batch_op.f('ix_annual_review_license_id'))

    op.drop_table('annual_review')
    with op.batch_alter_table('annual_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_annual_report_year'))
        batch_op.drop_index(batch_op.f('ix_annual_report_status'))
        batch_op.drop_index(batch_op.f('ix_annual_report_organization_id'))
        batch_op.drop_index(batch_op.f('ix_annual_report_license_id'))

    op.drop_table('annual_report')
