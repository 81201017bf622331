"""Inspections."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inspection_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['published_by_id'], ['user.id'], name=op.f('fk_inspection_plan_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection_plan')),
    sa.UniqueConstraint('reference', name=op.f('uq_inspection_plan_reference'))
    )
    with op.batch_alter_table('inspection_plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_plan_year'), ['year'], unique=False)

    op.create_table('draw',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('status', sa.Enum('committed', 'drawn', name='drawstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('pool', sa.JSON(), nullable=False),
    sa.Column('pool_sha256', sa.String(length=64), nullable=False),
    sa.Column('commitment', sa.String(length=64), nullable=False),
    sa.Column('sealed_seed', sa.Text(), nullable=True),
    sa.Column('seed', sa.String(length=64), nullable=True),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('committed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('committed_by_id', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('drawn_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('committed')) = (sealed_seed IS NOT NULL)", name=op.f('ck_draw_sealed_seed')),
    sa.CheckConstraint("(status IN ('drawn')) = (drawn_at IS NOT NULL)", name=op.f('ck_draw_drawn_at')),
    sa.CheckConstraint("(status IN ('drawn')) = (seed IS NOT NULL)", name=op.f('ck_draw_seed')),
    sa.CheckConstraint('length(pool_sha256) = 64 AND length(commitment) = 64', name=op.f('ck_draw_digests')),
    sa.ForeignKeyConstraint(['committed_by_id'], ['user.id'], name=op.f('fk_draw_committed_by_id')),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['user.id'], name=op.f('fk_draw_drawn_by_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['inspection_plan.id'], name=op.f('fk_draw_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draw')),
    sa.UniqueConstraint('plan_id', 'number', name=op.f('uq_draw_plan_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_draw_reference'))
    )
    op.create_table('rectification',
    sa.Column('status', sa.Enum('issued', 'answered', 'rejected', 'overdue', 'verified', name='rectificationstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('source', sa.String(length=24), nullable=False),
    sa.Column('document_number', sa.String(length=40), nullable=False),
    sa.Column('demands', sa.Text(), nullable=False),
    sa.Column('ordered_by_id', sa.Integer(), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('running_from', sa.Date(), nullable=False),
    sa.Column('extended_on', sa.Date(), nullable=True),
    sa.Column('extension_reason', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('verdict', sa.Text(), nullable=True),
    sa.Column('verified_by_id', sa.Integer(), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('verified')) = (verified_on IS NOT NULL)", name=op.f('ck_rectification_verified_on')),
    sa.CheckConstraint("status NOT IN ('answered', 'rejected', 'verified') OR answer IS NOT NULL", name=op.f('ck_rectification_answer')),
    sa.CheckConstraint('running_from >= ordered_on', name=op.f('ck_rectification_order')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_rectification_license_id')),
    sa.ForeignKeyConstraint(['ordered_by_id'], ['user.id'], name=op.f('fk_rectification_ordered_by_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_rectification_organization_id')),
    sa.ForeignKeyConstraint(['verified_by_id'], ['user.id'], name=op.f('fk_rectification_verified_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rectification')),
    sa.UniqueConstraint('document_number', name=op.f('uq_rectification_document_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_rectification_reference'))
    )
    with op.batch_alter_table('rectification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rectification_license_id'), ['license_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_source'), ['source'], unique=False)
        batch_op.create_index(batch_op.f('ix_rectification_status'), ['status'], unique=False)

    op.create_table('inspection',
    sa.Column('status', sa.Enum('drawn', 'notified', 'recorded', 'concluded', 'told', 'published', name='inspectionstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('draw_id', sa.Integer(), nullable=False),
    sa.Column('first_officer_id', sa.Integer(), nullable=False),
    sa.Column('second_officer_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('visit_on', sa.Date(), nullable=True),
    sa.Column('notice_number', sa.String(length=40), nullable=True),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('result', sa.Enum('no_issue', 'issue_corrected', 'rectify', 'case', 'uncontactable', 'refused', name='inspectionresult', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('conclusion', sa.Text(), nullable=True),
    sa.Column('conduct_codes', sa.JSON(), nullable=False),
    sa.Column('concluded_by_id', sa.Integer(), nullable=True),
    sa.Column('concluded_on', sa.Date(), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('follow_up', sa.String(length=24), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('concluded', 'notified', 'published', 'recorded', 'told')) = (notice_number IS NOT NULL)", name=op.f('ck_inspection_notice_number')),
    sa.CheckConstraint("(status IN ('concluded', 'notified', 'published', 'recorded', 'told')) = (visit_on IS NOT NULL)", name=op.f('ck_inspection_visit_on')),
    sa.CheckConstraint("(status IN ('concluded', 'published', 'recorded', 'told')) = (recorded_by_id IS NOT NULL)", name=op.f('ck_inspection_recorded_by_id')),
    sa.CheckConstraint("(status IN ('concluded', 'published', 'told')) = (concluded_on IS NOT NULL)", name=op.f('ck_inspection_concluded_on')),
    sa.CheckConstraint("(status IN ('concluded', 'published', 'told')) = (result IS NOT NULL)", name=op.f('ck_inspection_result')),
    sa.CheckConstraint("(status IN ('published')) = (published_on IS NOT NULL)", name=op.f('ck_inspection_published_on')),
    sa.CheckConstraint("status NOT IN ('published', 'told') OR told_at IS NOT NULL", name=op.f('ck_inspection_told_at')),
    sa.CheckConstraint('concluded_by_id IS NULL OR concluded_by_id <> recorded_by_id', name=op.f('ck_inspection_two_people')),
    sa.CheckConstraint('first_officer_id <> second_officer_id', name=op.f('ck_inspection_pair')),
    sa.ForeignKeyConstraint(['concluded_by_id'], ['user.id'], name=op.f('fk_inspection_concluded_by_id')),
    sa.ForeignKeyConstraint(['draw_id'], ['draw.id'], name=op.f('fk_inspection_draw_id')),
    sa.ForeignKeyConstraint(['first_officer_id'], ['user.id'], name=op.f('fk_inspection_first_officer_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_inspection_license_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_inspection_organization_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_inspection_recorded_by_id')),
    sa.ForeignKeyConstraint(['second_officer_id'], ['user.id'], name=op.f('fk_inspection_second_officer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection')),
    sa.UniqueConstraint('notice_number', name=op.f('uq_inspection_notice_number')),
    sa.UniqueConstraint('reference', name=op.f('uq_inspection_reference'))
    )
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inspection_draw_id'), ['draw_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_license_id'), ['license_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inspection_status'), ['status'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_status'))
        batch_op.drop_index(batch_op.f('ix_inspection_organization_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_license_id'))
        batch_op.drop_index(batch_op.f('ix_inspection_draw_id'))

    op.drop_table('inspection')
    with op.batch_alter_table('rectification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rectification_status'))
        batch_op.drop_index(batch_op.f('ix_rectification_source'))
        batch_op.drop_index(batch_op.f('ix_rectification_organization_id'))
        batch_op.drop_index(batch_op.f('ix_rectification_license_id'))

    op.drop_table('rectification')
    op.drop_table('draw')
    with op.batch_alter_table('inspection_plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inspection_plan_year'))

    op.drop_table('inspection_plan')
