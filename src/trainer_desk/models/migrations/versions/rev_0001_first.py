"""The first schema: people, catalogue, sessions, claims, seats and the journal."""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the frozen statements of this revision, one by one."""
    dialect = op.get_bind().dialect.name
    text = files(__package__ or "trainer_desk.models.migrations.versions").joinpath(f"rev_0001_{dialect}.sql")
    for statement in text.read_text(encoding="utf-8").split(";\n\n"):
        if statement.strip():
            op.get_bind().exec_driver_sql(statement)
