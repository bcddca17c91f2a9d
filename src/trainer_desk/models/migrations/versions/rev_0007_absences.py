"""Of which event of a calendar an absence was made, so that the event moves it when it was moved."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; absences that are there already have none: nobody knows which of them were typed in."""
    run_frozen(revision)
