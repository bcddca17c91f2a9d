"""The organisation: requirements, attestations, training records, intakes, attachments, checklists and accounts."""

from trainer_desk.models.migrations.frozen import run_frozen

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and columns; what compliance said so far becomes what was attested."""
    run_frozen(revision)
