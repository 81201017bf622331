"""Files of cases; their bytes are in the store."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('document',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('subject', sa.String(length=80), nullable=False),
        sa.Column('slot', sa.String(length=60), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('media_type', sa.Enum('application/pdf', 'image/png', 'image/jpeg', name='mediatype', native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
        sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_document_sha256')),
        sa.CheckConstraint('size > 0', name=op.f('ck_document_size')),
        sa.ForeignKeyConstraint(['uploaded_by_id'], ['user.id'], name=op.f('fk_document_uploaded_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_document'))
    )
    op.create_index(op.f('ix_document_sha256'), "document", ['sha256'], unique=False)
    op.create_index('ix_document_subject', "document", ['subject', 'slot'], unique=False)


def downgrade() -> None:
    op.drop_table('document')
