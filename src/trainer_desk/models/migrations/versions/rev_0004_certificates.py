"""From request to certificate: requests, results, certificates, checklists of sessions, notices and who was told."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables and columns."""
    run_frozen(revision)
