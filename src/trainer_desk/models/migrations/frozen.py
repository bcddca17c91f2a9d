"""Runs the frozen statements of a revision: plain SQL per database, so that no later change of a model reaches it."""

from importlib.resources import files

from alembic import op


def run_frozen(revision: str) -> None:
    """Run the statements of a revision one by one, on the connection of the migration."""
    connection = op.get_bind()
    text = files(f"{__package__}.versions").joinpath(f"rev_{revision}_{connection.dialect.name}.sql")
    for statement in text.read_text(encoding="utf-8").split(";\n\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
