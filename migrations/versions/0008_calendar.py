"""Calendar."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('imported_by_id', sa.Integer(), nullable=False),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['imported_by_id'], ['user.id'], name=op.f('fk_calendar_notice_imported_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_notice'))
    )
    with op.batch_alter_table('calendar_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calendar_notice_year'), ['year'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('calendar_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calendar_notice_year'))

    op.drop_table('calendar_notice')
