"""What is said while the database is away, and when it is back (O3)."""

from datetime import datetime

from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _


def away_text(since: datetime, answered_at: datetime) -> str:
    """Return since when the database is away and as of when what is shown is (UTC), by this computer's clock."""
    said = _(
        "Not connected since {since}. What you see is as of {answered}. What you typed stays here; "
        "Trainer Desk goes on as soon as the database answers again."
    )
    return said.format(since=f"{since.astimezone():%H:%M}", answered=f"{answered_at.astimezone():%H:%M}")


def back_text() -> str:
    """Return that the database answers again."""
    return _("The database answers again. Everything on show was read anew.")


def known_text(label: str, *, is_saved: bool) -> str:
    """Return whether a change was saved of which that was not known while the database was away."""
    said = (
        _("The database answers again: “{label}” was saved.")
        if is_saved
        else _("The database answers again: “{label}” was not saved. Do it once more.")
    )
    return said.format(label=shown(label))
