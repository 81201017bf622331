"""Numbers given out, and forms that were handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("counter",
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('last', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('kind', 'year', name=op.f('pk_counter'))
    )
    op.create_table("used_form",
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('location', sa.String(length=500), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_used_form'))
    )
    op.create_index(op.f('ix_used_form_at'), 'used_form', ['at'], unique=False)


def downgrade() -> None:
    op.drop_table("used_form")
    op.drop_table("counter")
