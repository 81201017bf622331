"""People, organisations, signing in."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("user",
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=False),
        sa.Column('name', sa.String(length=100), nullable=False),
        sa.Column('language', sa.String(length=5), nullable=False),
        sa.Column('password_hash', sa.String(length=200), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('email_verified_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
        sa.UniqueConstraint('email', name=op.f('uq_user_email'))
    )
    op.create_table("organization",
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uscc', sa.String(length=18), nullable=False),
        sa.Column('name', sa.String(length=100), nullable=False),
        sa.Column('name_en', sa.String(length=200), nullable=True),
        sa.Column('region_code', sa.String(length=6), nullable=False),
        sa.Column('address', sa.String(length=200), nullable=False),
        sa.Column('contact_email', sa.String(length=254), nullable=True),
        sa.Column('contact_phone', sa.String(length=30), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_organization')),
        sa.UniqueConstraint('uscc', name=op.f('uq_organization_uscc'))
    )
    op.create_table("role_grant",
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('role', sa.Enum('intake_officer', 'reviewer', 'decider', 'legal_reviewer', 'enforcement_officer', 'supervision_officer', 'exam_admin', 'question_author', 'auditor', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('given_by_id', sa.Integer(), nullable=True),
        sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['given_by_id'], ['user.id'], name=op.f('fk_role_grant_given_by_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_role_grant_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
        sa.UniqueConstraint('user_id', 'role', name=op.f('uq_role_grant_user_id'))
    )
    op.create_table("membership",
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('organization_id', sa.Integer(), nullable=False),
        sa.Column('status', sa.Enum('asked', 'approved', 'declined', 'ended', name='membershipstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('administers', sa.Boolean(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint("(status IN ('approved', 'declined', 'ended')) = (decided_at IS NOT NULL)", name=op.f('ck_membership_decided_at')),
        sa.CheckConstraint("administers = false OR status = 'approved'", name=op.f('ck_membership_administers')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_membership_decided_by_id')),
        sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], name=op.f('fk_membership_organization_id')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    op.create_index(op.f('ix_membership_organization_id'), 'membership', ['organization_id'], unique=False)
    op.create_index('uq_membership_current', 'membership', ['user_id', 'organization_id'], unique=True, sqlite_where=sa.text("status IN ('asked', 'approved')"), postgresql_where=sa.text("status IN ('asked', 'approved')"))
    op.create_table("user_session",
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('agent', sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_session_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_user_session_token_hash'))
    )
    op.create_index(op.f('ix_user_session_user_id'), 'user_session', ['user_id'], unique=False)
    op.create_table("throttle",
        sa.Column('key', sa.String(length=120), nullable=False),
        sa.Column('window_began_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_throttle'))
    )
    op.create_table("used_link",
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_used_link'))
    )


def downgrade() -> None:
    op.drop_table("used_link")
    op.drop_table("throttle")
    op.drop_table("user_session")
    op.drop_table("membership")
    op.drop_table("role_grant")
    op.drop_table("organization")
    op.drop_table("user")
