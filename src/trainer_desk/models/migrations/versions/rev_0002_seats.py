"""Every seat counted once: runs, held seats, queues with offers, groups, presences and waivers."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables and columns, and count what is there already."""
    run_frozen(revision)
