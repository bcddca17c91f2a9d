"""The list of sessions on paper: a row each, day by day, with the columns' names on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import full_day_text, span_text, state_word
from trainer_desk.texts.translate import _
from trainer_desk.views.plans.facts import PlanFacts, Wanted, plain
from trainer_desk.views.plans.measures import LANE_NOTE, LINE, NAME, PAD, Texts, rule
from trainer_desk.views.plans.sheets import PlanSheet
from trainer_desk.views.printing.text import UNIT, Paragraph, Style
from trainer_desk.views.schedule import words

SHARES = (8, 11, 26, 20, 17, 7, 9, 7)
"""How wide the columns are beside each other."""
HEAD = Style(6.5, 600, "text2")
GAP = 5 * UNIT


@dataclass(frozen=True, slots=True)
class Row:
    """Texts side by side; a day's name stands alone."""

    parts: tuple[Paragraph, ...]

    @property
    def height(self) -> float:
        """How high it is."""
        return max(part.height for part in self.parts) + 2 * PAD


class ListSheet:
    """Rows under the names of their columns."""

    def __init__(self, head: Row, rows: Sequence[Row], lefts: Sequence[float], body: QRectF) -> None:
        self._rows, self._lefts, self._body = (head, *rows), lefts, body

    def paint(self, painter: QPainter) -> None:
        """Paint it where its body lies."""
        top = self._body.top()
        for row in self._rows:
            for left, part in zip(self._lefts, row.parts, strict=False):
                part.paint(painter, left, top + PAD)
            top += row.height
            rule(painter, QLineF(self._body.left(), top, self._body.right(), top))

    def texts(self) -> list[str]:
        """Return its words."""
        return [part.text for row in self._rows for part in row.parts]


def list_sheets(facts: PlanFacts, wanted: Wanted, body: QRectF, texts: Texts) -> list[PlanSheet]:
    """Return the pages of the list; a day that goes on says so again."""
    lefts, widths = _columns(body)
    names = (_("Number"), _("Time"), _("Session"), _("Trainer"), _("Venue"), _("Seats"), _("State"), _("Version"))
    head = _row([*names], [HEAD] * len(names), widths, texts)
    pages: list[list[Row]] = [[]]
    used, day = head.height, ""
    for card in facts.cards(wanted):
        said = full_day_text(day_of(card, facts), year=True)
        title = Row((texts.of(said, NAME, body.width()),))
        row = _row(cells_of(card, facts), [LANE_NOTE, LINE, NAME, LINE, LINE, LINE, LINE, LINE], widths, texts)
        needed = row.height + (title.height if said != day else 0)
        if pages[-1] and used + needed > body.height():
            pages.append([])
            used, day = head.height, ""
        if said != day:
            pages[-1].append(title)
            used, day = used + title.height, said
        pages[-1].append(row)
        used += row.height
    if not pages[0]:
        pages[0].append(Row((texts.of(_("Nothing is planned on these days."), LINE, body.width()),)))
    return [ListSheet(head, rows, lefts, body) for rows in pages]


def cells_of(card: SessionCard, facts: PlanFacts) -> list[str]:
    """Return the texts of a session's row: number, time, title, who, where, seats, state, version."""
    directory = facts.directory
    assert card.starts_at is not None
    assert card.ends_at is not None
    return [
        card.ref,
        span_text(card.starts_at, card.ends_at, directory.settings.zone),
        plain(words.title_of(card, directory)),
        plain(words.trainers_of(card, directory)),
        plain(words.venue_name(card.venue_id, directory)),
        words.seats_of(card, directory),
        state_word(card.status),
        str(card.version),
    ]


def day_of(card: SessionCard, facts: PlanFacts) -> date:
    """Return the day on which a session begins."""
    assert card.starts_at is not None
    return card.starts_at.astimezone(facts.directory.settings.zone).date()


def _columns(body: QRectF) -> tuple[list[float], list[float]]:
    part = (body.width() - GAP * (len(SHARES) - 1)) / sum(SHARES)
    widths = [share * part for share in SHARES]
    lefts, left = [], body.left()
    for width in widths:
        lefts.append(left)
        left += width + GAP
    return lefts, widths


def _row(said: Sequence[str], styles: Sequence[Style], widths: Sequence[float], texts: Texts) -> Row:
    return Row(tuple(texts.of(*cell) for cell in zip(said, styles, widths, strict=True)))
