"""Sessions that recur, the days that were left out, and who is on a run."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables and columns; whoever has a seat in a run is on it."""
    run_frozen(revision)
