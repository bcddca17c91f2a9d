"""Leave or closures below the fields of a trainer, venue or piece of equipment: what is coming, and what is over."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from trainer_desk.services.changes import Changes
from trainer_desk.services.orchestration.absences import enter_absence
from trainer_desk.services.planning.absences import absences_of
from trainer_desk.services.rows.absences import Absence
from trainer_desk.services.rules.times import day_bounds
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.absences.words import span_words, standing_text
from trainer_desk.views.catalogue.facts import Facts
from trainer_desk.views.catalogue.more import MoreSection
from trainer_desk.views.catalogue.owned_row import OwnedRow
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel

TABLES = ("blocks", "sessions", "session_resources")
"""What a line depends on: when it is, and how many sessions stand in it."""


class AbsencesSection(MoreSection):
    """Past ones stay folded behind a button; whoever may not enter any only reads."""

    def __init__(self, desk: Desk, today: Callable[[], date], *, title: str, add: str, none: str) -> None:
        super().__init__(desk, today)
        self.facts: Facts | None = None
        self.absences: Sequence[Absence] = ()
        self.rows: list[OwnedRow] = []
        self._shows_past = False
        self.add = Button(add, "plus", "small", size=14)
        self.add.clicked.connect(self._add)
        self.past = Button("", kind="small")
        self.past.clicked.connect(self._fold)
        self._none = PlainLabel(none, "small", wrap=True)
        self._lines = QVBoxLayout()
        self._lay_out(title)
        desk.changed.connect(self._follow)

    def show_facts(self, facts: Facts) -> None:
        """Show the absences of a thing."""
        if self.facts is None or self.facts.thing.id != facts.thing.id:
            self._shows_past, self.absences = False, ()
            self._draw(facts.around.zone)
        self.facts = facts
        self._load()

    def _load(self) -> None:
        if self.facts is not None:
            self._desk.read(self, absences_of, self.facts.thing.id, then=self._take, lane="absences")

    def _take(self, found: Sequence[Absence]) -> None:
        self.absences = found
        if self.facts is not None:
            self._draw(self.facts.around.zone)

    def _draw(self, zone: ZoneInfo) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and any(row.isAncestorOf(focus) for row in self.rows)
        for row in self.rows:
            self._lines.removeWidget(row)
            row.deleteLater()
        begun = day_bounds(self._today(), zone)[0]
        past = [one for one in self.absences if one.is_over(begun)]
        coming = [one for one in self.absences if not one.is_over(begun)]
        shown = [*coming, *(reversed(past) if self._shows_past else ())]
        self.rows = [self._row(one, zone, is_past=one in past) for one in shown]
        for row in self.rows:
            self._lines.addWidget(row)
        self._none.setVisible(not coming)
        self.past.setVisible(bool(past))
        counted = plural("{n} past one", "{n} past ones", len(past))
        self.past.set_words(_("Hide past ones") if self._shows_past else _("Show {counted}").format(counted=counted))
        may = self._desk.may(enter_absence)
        self.add.setVisible(may)
        for row in self.rows:
            row.edit.setVisible(may)
            row.remove.setVisible(may)
        if had_focus:  # the button that was pressed is gone with its line
            self.add.setFocus()

    def _row(self, absence: Absence, zone: ZoneInfo, *, is_past: bool) -> OwnedRow:
        span = span_words(absence.starts_at, absence.ends_at, zone)
        row = OwnedRow(
            span,
            absence.reason,
            edit=_("Change {span}").format(span=span),
            remove=_("Take back {span}").format(span=span),
            history=_("History of {span}").format(span=span),
        )
        if is_past:
            row.mark(_("Over"), "muted", "clock")
        elif absence.standing:
            row.mark(standing_text(absence), "danger", "octagon-alert")
        if row.history is not None:
            row.history.clicked.connect(partial(self.history_wanted.emit, "absence", absence.id, span))
        row.edit.clicked.connect(partial(self.absence_wanted.emit, absence))
        row.remove.clicked.connect(partial(self.lift_wanted.emit, absence))
        return row

    def _add(self) -> None:
        if self.facts is not None:
            self.leave_wanted.emit(self.facts.thing.id)

    def _fold(self) -> None:
        self._shows_past = not self._shows_past
        self._take(self.absences)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES) and self.isVisible():
            self._load()

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 6, 0, 0)
        head.addWidget(PlainLabel(title, "h3"), 1)
        head.addWidget(self.add)
        self.column.addLayout(head)
        self.column.addWidget(self._none)
        self.column.addLayout(self._lines)
        past = QHBoxLayout()
        past.addWidget(self.past)
        past.addStretch(1)
        self.column.addLayout(past)
