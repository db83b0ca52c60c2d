"""comparisons of documents with their relatives."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Applies the step; readings that are there get the columns from their JSON."""
    op.create_table(
        "comparison",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("relative_id", sa.Integer(), nullable=False),
        sa.Column("kinship", sa.String(length=16), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.ForeignKeyConstraint(["relative_id"], ["document.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("comparison", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comparison_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comparison_relative_id"), ["relative_id"], unique=False)

    with op.batch_alter_table("extraction_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("issuer", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("superior", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("fiscal_year", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_extraction_run_issuer"), ["issuer"], unique=False)
        batch_op.create_index(batch_op.f("ix_extraction_run_superior"), ["superior"], unique=False)

    runs = sa.table(
        "extraction_run",
        sa.column("issuer", sa.String()),
        sa.column("superior", sa.String()),
        sa.column("fiscal_year", sa.Integer()),
        sa.column("extraction", sa.JSON()),
    )
    head = runs.c.extraction["document"]
    op.execute(
        runs.update().values(
            issuer=head["issuer"].as_string(),
            superior=head["superior"].as_string(),
            fiscal_year=head["fiscal_year"].as_integer(),
        )
    )


def downgrade() -> None:
    """Takes the step back."""
    with op.batch_alter_table("extraction_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extraction_run_superior"))
        batch_op.drop_index(batch_op.f("ix_extraction_run_issuer"))
        batch_op.drop_column("fiscal_year")
        batch_op.drop_column("superior")
        batch_op.drop_column("issuer")

    with op.batch_alter_table("comparison", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comparison_relative_id"))
        batch_op.drop_index(batch_op.f("ix_comparison_document_id"))

    op.drop_table("comparison")
