"""The go / no-go list: sessions to come that may not fill, with who is missing and by when it is decided (S10)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.minimum import days_left, decided_by, decision_key, missing_people
from trainer_desk.texts import day_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.row_model import Column, Mark, Row
from trainer_desk.views.schedule import session_rows
from trainer_desk.views.schedule.session_table import SessionTable

SOON = 2
"""With so many days left or fewer, a decision is marked."""
COUNTS: dict[str, Callable[[SessionCard], int]] = {
    "people": lambda card: card.enrolled,
    "minimum": lambda card: card.minimum or 0,
    "missing": missing_people,
}
"""The columns that are sorted by number."""


class UndecidedTable(SessionTable):
    """The next decision first, unless a column was chosen to sort by."""

    def __init__(self) -> None:
        marks: dict[str, Mark] = {}
        super().__init__(_("Go / no-go"), columns(marks))
        self._marks = marks

    def row_of(self, card: SessionCard, directory: Directory, now: datetime) -> Row:
        """Return the key and one text per column; `now` is UTC."""
        zone = directory.settings.zone
        names = [each.id for each in session_rows.columns()]
        own = dict(zip(names, session_rows.row_of(card, directory, now)[1:], strict=True))
        left = days_left(card, now, zone)
        said = left_text(left)
        if left is not None and left <= SOON:
            self._marks[said] = ("triangle-alert", "warn")
        return (
            card.id,
            self._decided(card, directory),
            said,
            *(own[name] for name in ("day", "time", "title", "trainer")),
            *(str(count(card)) for count in COUNTS.values()),
            own["state"],
            own["ref"],
        )

    def in_order(self, cards: Sequence[SessionCard], directory: Directory, now: datetime) -> list[SessionCard]:
        """Return the sessions by decision, or by the column that was chosen."""
        zone = directory.settings.zone
        by_decision = sorted(cards, key=lambda card: decision_key(card, zone))
        column, descending = self.sort() or ("decide", False)
        if column in ("decide", "left"):
            return by_decision[::-1] if descending else by_decision
        if column in COUNTS:
            return sorted(by_decision, key=COUNTS[column], reverse=descending)
        return super().in_order(cards, directory, now)

    def _decided(self, card: SessionCard, directory: Directory) -> str:
        day = decided_by(card, directory.settings.zone)
        if day is None:
            return ""
        said = day_text(day)
        return said if day == card.decision_on else _("{day} (start)").format(day=said)


def left_text(days: int | None) -> str:
    """Return `in 3 days`, `today` or `2 days ago` for the days that are left."""
    if days is None:
        return ""
    if days == 0:
        return _("today")
    if days < 0:
        return plural("{n} day ago", "{n} days ago", -days)
    return plural("in {n} day", "in {n} days", days)


def columns(marks: Mapping[str, Mark]) -> tuple[Column, ...]:
    """Return the columns; `marks` are those of the words in `left`."""
    return (
        Column("decide", _("Decide by"), 110, fixed=True, fits=True),
        Column("left", _("Left"), 90, mark=marks.get, fits=True),
        Column("day", _("Day"), 96, fits=True),
        Column("time", _("Time"), 104, fits=True),
        Column("title", _("Session"), 180, fixed=True, wide=True),
        Column("trainer", _("Trainer"), 132),
        Column("people", _("People"), 72, right=True, fits=True),
        Column("minimum", _("Minimum"), 84, right=True, fits=True),
        Column("missing", _("Missing"), 84, right=True, fits=True),
        Column("state", _("State"), 112, mark=session_rows.state_mark, fits=True),
        Column("ref", _("Ref"), 96, shown=False),
    )
