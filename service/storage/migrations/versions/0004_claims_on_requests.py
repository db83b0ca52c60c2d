"""claims on requests, and the run that a call belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Applies the step."""
    with op.batch_alter_table("llm_call", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("holder", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("run", sa.String(length=32), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_llm_call_run"), ["run"], unique=False)


def downgrade() -> None:
    """Takes the step back."""
    with op.batch_alter_table("llm_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_llm_call_run"))
        batch_op.drop_column("run")
        batch_op.drop_column("until")
        batch_op.drop_column("holder")
        batch_op.drop_column("most")
