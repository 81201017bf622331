"""An inspection keeps who stood back, so that the draw still tells who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inspection") as batch_op:
        # The default fills the rows that are there; the application always writes a list.
        batch_op.add_column(sa.Column("recused", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("inspection") as batch_op:
        batch_op.alter_column("recused", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("inspection") as batch_op:
        batch_op.drop_column("recused")
