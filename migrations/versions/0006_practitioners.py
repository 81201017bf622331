"""Practitioners."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('practitioner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Enum('certified', 'lapsed', 'void', name='practitionerstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('identity', sa.Text(), nullable=False),
    sa.Column('identity_index', sa.String(length=64), nullable=False),
    sa.Column('certificate_number', sa.String(length=20), nullable=False),
    sa.Column('certified_on', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('valid_to > valid_from', name=op.f('ck_practitioner_term')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_practitioner_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practitioner')),
    sa.UniqueConstraint('certificate_number', name=op.f('uq_practitioner_certificate_number')),
    sa.UniqueConstraint('identity_index', name=op.f('uq_practitioner_identity_index')),
    sa.UniqueConstraint('reference', name=op.f('uq_practitioner_reference')),
    sa.UniqueConstraint('user_id', name=op.f('uq_practitioner_user_id'))
    )
    with op.batch_alter_table('practitioner', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_practitioner_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_practitioner_valid_to'), ['valid_to'], unique=False)

    op.create_table('employment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'confirmed', 'declined', 'ended', name='employmentstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('practitioner_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('confirmed', 'declined', 'ended')) = (answered_at IS NOT NULL)", name=op.f('ck_employment_answered_at')),
    sa.CheckConstraint("(status IN ('ended')) = (ended_on IS NOT NULL)", name=op.f('ck_employment_ended_on')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_employment_organization_id')),
    sa.ForeignKeyConstraint(['practitioner_id'], ['practitioner.id'], name=op.f('fk_employment_practitioner_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user.id'], name=op.f('fk_employment_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employment'))
    )
    with op.batch_alter_table('employment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employment_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employment_practitioner_id'), ['practitioner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employment_status'), ['status'], unique=False)
        batch_op.create_index('uq_employment_current', ['practitioner_id'], unique=True, sqlite_where=sa.text("status = 'confirmed'"), postgresql_where=sa.text("status = 'confirmed'"))



def downgrade() -> None:
    with op.batch_alter_table('employment', schema=None) as batch_op:
        batch_op.drop_index('uq_employment_current', sqlite_where=sa.text("status = 'confirmed'"), postgresql_where=sa.text("status = 'confirmed'"))
        batch_op.drop_index(batch_op.f('ix_employment_status'))
        batch_op.drop_index(batch_op.f('ix_employment_practitioner_id'))
        batch_op.drop_index(batch_op.f('ix_employment_organization_id'))

    op.drop_table('employment')
    with op.batch_alter_table('practitioner', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_practitioner_valid_to'))
        batch_op.drop_index(batch_op.f('ix_practitioner_status'))

    op.drop_table('practitioner')
