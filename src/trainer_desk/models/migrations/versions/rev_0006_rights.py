"""Who may do what, in a server itself: nothing of the tables changes, the objects laid after it do."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Run what little there is to change in tables."""
    run_frozen(revision)
