"""The first schema: people, catalogue, sessions, claims, seats and the journal."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make everything."""
    run_frozen(revision)
