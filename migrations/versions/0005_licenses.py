"""Licenses."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('license',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=19), nullable=False),
    sa.Column('status', sa.Enum('active', 'suspended', 'expired', 'withdrawn', 'annulled', 'revoked', 'cancelled', name='licensestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('regime', sa.String(length=60), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(length=20), nullable=False),
    sa.Column('holder_name', sa.String(length=100), nullable=False),
    sa.Column('holder_name_en', sa.String(length=200), nullable=True),
    sa.Column('uscc', sa.String(length=18), nullable=False),
    sa.Column('legal_representative', sa.String(length=100), nullable=True),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('region_code', sa.String(length=6), nullable=False),
    sa.Column('broker_type', sa.String(length=10), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=False),
    sa.Column('scope', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('suspended_until', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status IN ('annulled', 'cancelled', 'expired', 'revoked', 'withdrawn')) = (ended_on IS NOT NULL)", name=op.f('ck_license_ended_on')),
    sa.CheckConstraint("suspended_until IS NULL OR status = 'suspended'", name=op.f('ck_license_suspended_until')),
    sa.CheckConstraint('valid_to > valid_from', name=op.f('ck_license_term')),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_license_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_license')),
    sa.UniqueConstraint('decision', name=op.f('uq_license_decision')),
    sa.UniqueConstraint('number', name=op.f('uq_license_number'))
    )
    with op.batch_alter_table('license', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_license_broker_type'), ['broker_type'], unique=False)
        batch_op.create_index(batch_op.f('ix_license_grade'), ['grade'], unique=False)
        batch_op.create_index(batch_op.f('ix_license_organization_id'), ['organization_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_license_region_code'), ['region_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_license_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_license_uscc'), ['uscc'], unique=False)
        batch_op.create_index(batch_op.f('ix_license_valid_to'), ['valid_to'], unique=False)
        batch_op.create_index('uq_license_live', ['organization_id'], unique=True, sqlite_where=sa.text("status IN ('active', 'suspended')"), postgresql_where=sa.text("status IN ('active', 'suspended')"))

    op.create_table('certificate_issue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_certificate_issue_document_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_certificate_issue_license_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_issue'))
    )
    with op.batch_alter_table('certificate_issue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_issue_sha256'), ['sha256'], unique=False)
        batch_op.create_index('uq_certificate_issue', ['license_id', 'edition'], unique=True)

    op.create_table('standing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('active', 'suspended', 'expired', 'withdrawn', 'annulled', 'revoked', 'cancelled', name='licensestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('true_from', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('known_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('case', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_standing_actor_id')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_standing_license_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing'))
    )
    with op.batch_alter_table('standing', schema=None) as batch_op:
        batch_op.create_index('ix_standing_license_id', ['license_id', 'id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('standing', schema=None) as batch_op:
        batch_op.drop_index('ix_standing_license_id')

    op.drop_table('standing')
    with op.batch_alter_table('certificate_issue', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_issue')
        batch_op.drop_index(batch_op.f('ix_certificate_issue_sha256'))

    op.drop_table('certificate_issue')
    with op.batch_alter_table('license', schema=None) as batch_op:
        batch_op.drop_index('uq_license_live', sqlite_where=sa.text("status IN ('active', 'suspended')"), postgresql_where=sa.text("status IN ('active', 'suspended')"))
        batch_op.drop_index(batch_op.f('ix_license_valid_to'))
        batch_op.drop_index(batch_op.f('ix_license_uscc'))
        batch_op.drop_index(batch_op.f('ix_license_status'))
        batch_op.drop_index(batch_op.f('ix_license_region_code'))
        batch_op.drop_index(batch_op.f('ix_license_organization_id'))
        batch_op.drop_index(batch_op.f('ix_license_grade'))
        batch_op.drop_index(batch_op.f('ix_license_broker_type'))

    op.drop_table('license')
