"""The sheet of those who have to be told: by session, with phone and manager, ticked as one calls (D7)."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.notices.telling import tell, untell
from trainer_desk.services.rows.tellings import ToTell
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.tellings import occasion_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.telling.facts import TellingFacts, by_session, gather, is_soon, table
from trainer_desk.views.telling.paper import TellingPaper
from trainer_desk.views.telling.person_line import PersonLine

WIDTH, HEIGHT = 940, 640
MOST = 150
"""People shown at a time; whoever begins soonest comes first."""
TABLES = ("enrollments", "sessions", "tellings", "people", "accounts")


class TellingSheet(Sheet):
    """Of all sessions, or of these; a tick is kept at once, and its row stays in sight until the sheet is closed."""

    def __init__(self, over: MainWindow, desk: Desk, clock: Clock, session_ids: Collection[int] | None = None) -> None:
        super().__init__(over, _("To tell"), width=WIDTH, height=HEIGHT, widest=WIDTH, subtitle=" ")
        self._desk, self._clock, self._session_ids = desk, clock, session_ids
        self.facts: TellingFacts | None = None
        self.ticked: set[int] = set()
        self._touched: dict[int, ToTell] = {}
        self._saving: set[int] = set()
        self.lines: dict[int, PersonLine] = {}
        self.range = Segment((("soon", _("Next 14 days")), ("all", _("All"))), _("Which sessions"), narrow=0)
        self.trouble = Alert("danger")
        self.nothing = PlainLabel(_("Everybody has been told."), "muted")
        self.more = PlainLabel("", "small")
        self.done = PlainLabel("", "small")
        self.copy_all = Button(_("Copy"), "copy")
        self.print_all = Button(_("Print…"), "printer")
        self.close_it = Button(_("Close"), kind="primary")
        self.paper = TellingPaper(over, desk, clock)
        self._lay_out_sheet()
        self._connect_sheet()
        self.reload()

    def reload(self) -> None:
        """Read anew who has to be told."""
        asked = self._clock.now(), self._session_ids
        self._desk.read(self, gather, *asked, then=self._show, failed=self._refused, lane="to tell")

    def rows(self) -> list[ToTell]:
        """Return who is on show, those that were ticked here included."""
        if self.facts is None:
            return []
        known = self._touched | {row.enrollment_id: row for row in self.facts.rows}
        found = sorted(known.values(), key=_order)
        now = self.facts.now
        return found if self._shows_all() else [row for row in found if is_soon(row, now)]

    def copy(self) -> None:
        """Put everybody who is still to be told on the clipboard, as a table."""
        rows = self._to_tell()
        if self.facts is not None and rows:
            QGuiApplication.clipboard().setText(table(rows, self.facts.zone, self.facts.now))
            self._say(plural("Copied {n} row.", "Copied {n} rows.", len(rows)))

    def print(self) -> None:
        """Show on paper everybody who is still to be told; from there it is printed."""
        if self.facts is not None:
            self.paper.print(self._to_tell(), self.facts.zone)

    def _to_tell(self) -> list[ToTell]:
        return [row for row in self.rows() if row.enrollment_id not in self.ticked]

    def _shows_all(self) -> bool:
        return self._session_ids is not None or self.range.current == "all"

    def _show(self, facts: TellingFacts) -> None:
        self.facts = facts
        for row in facts.rows:
            if row.enrollment_id not in self._saving:  # it has changed since, or the tick was taken back
                self.ticked.discard(row.enrollment_id)
        self._draw()

    def _draw(self) -> None:
        rows = self.rows()
        shown_rows = rows[:MOST]
        if shown_rows != [line.row for line in self.lines.values()]:
            self._fill(shown_rows)
        for key, line in self.lines.items():
            line.show_ticked(key in self.ticked)
        left = len(self._to_tell())
        self.subtitle.set_whole(
            _("{people} still to be told").format(people=people_text(left)) if left else _("Nobody is left to be told")
        )
        self.nothing.setVisible(not rows)
        self.nothing.setText(self._nothing_words())
        hidden = len(rows) - len(shown_rows)
        self.more.setVisible(hidden > 0)
        self.more.setText(plural("{n} more person comes later.", "{n} more people come later.", hidden))
        for button in (self.copy_all, self.print_all):
            button.setEnabled(left > 0)

    def _nothing_words(self) -> str:
        later = 0 if self.facts is None or self._shows_all() else len(self.facts.rows)
        if later:
            return _("Nobody has to be told of the next 14 days. Of later sessions: {people}.").format(
                people=people_text(later)
            )
        return _("Everybody has been told. Whoever is enrolled, moved or cancelled from now on will stand here.")

    def _fill(self, rows: Sequence[ToTell]) -> None:
        assert self.facts is not None
        focus = next((key for key, line in self.lines.items() if line.tick.hasFocus()), None)
        place = self.area.verticalScrollBar().value()
        inside = QWidget()
        inside.setObjectName("Page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        self.lines = {}
        for first, people in by_session(rows):
            column.addWidget(self._heading(first, people))
            for row in people:
                line = self.lines[row.enrollment_id] = PersonLine(row, self.facts.zone, self.facts.now)
                line.ticked.connect(lambda on, row=row: self._tick([row], on=on))
                column.addWidget(line)
        column.addStretch(1)
        before = self.area.takeWidget()
        self.area.setWidget(inside)
        if before is not None:
            before.deleteLater()  # one of its boxes may be telling of its tick
        if focus in self.lines:
            self.lines[focus].tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(place)

    def _heading(self, first: ToTell, people: Sequence[ToTell]) -> QWidget:
        assert self.facts is not None
        heading = QWidget()
        row = QHBoxLayout(heading)
        row.setContentsMargins(4, 14, 0, 4)
        row.setSpacing(8)
        title = PlainLabel(shown(first.title), "strong")
        row.addWidget(title)
        row.addWidget(ElidedLabel(occasion_text(first, self.facts.zone, self.facts.now), "muted"), 1)
        if len(people) > 1:
            every = Button(_("All were told"), "check-check", "link", size=14)
            every.setAccessibleName(_("All of {title} were told").format(title=shown(first.title)))
            every.clicked.connect(lambda: self._tick(self._open_of(first.session_id), on=True))
            row.addWidget(every)
        return heading

    def _open_of(self, session_id: int) -> list[ToTell]:
        return [row for row in self._to_tell() if row.session_id == session_id]

    def _tick(self, rows: Sequence[ToTell], *, on: bool) -> None:
        if not rows:
            return
        self.trouble.say("")
        keys = {row.enrollment_id for row in rows}
        words = {"whom": _whom(rows), "title": shown(rows[0].title)}
        self._saving |= keys
        self._touched |= {row.enrollment_id: row for row in rows}
        if on:
            self.ticked |= keys
            told = [(row.enrollment_id, row.facts) for row in rows]
            self._write(_("Tell {whom} of {title}").format_map(words), tell, told, keys)
        else:
            self.ticked -= keys
            self._write(_("Take back that {whom} heard of {title}").format_map(words), untell, sorted(keys), keys)
        self._draw()

    def _write(self, label: str, verb: Callable[..., object], what: object, keys: Collection[int]) -> None:
        self._desk.write(
            self,
            label,
            verb,
            what,
            then=lambda _done: self._saving.difference_update(keys),
            refused=lambda error: self._not_kept(keys, error),
        )

    def _not_kept(self, keys: Collection[int], error: DeskError) -> None:
        """Show what is so, with why the tick was refused."""
        self._saving.difference_update(keys)
        self.ticked.difference_update(keys)
        self._refused(error)
        self.reload()

    def _refused(self, error: DeskError) -> None:
        self.trouble.say(error_text(error, None if self.facts is None else self.facts.zone), tone="danger")

    def _say(self, sentence: str) -> None:
        self.done.setText(sentence)
        announce(self, sentence)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*TABLES):
            self.reload()

    def _lay_out_sheet(self) -> None:
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        top = QHBoxLayout()
        top.addWidget(self.range)
        top.addStretch(1)
        if self._session_ids is not None:
            self.range.hide()
        self.nothing.setWordWrap(True)
        self.body.addLayout(top)
        for part in (self.trouble, self.nothing):
            self.body.addWidget(part)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.more)
        for hidden in (self.nothing, self.more):
            hidden.hide()
        self.foot.addWidget(self.copy_all)
        self.foot.addWidget(self.print_all)
        self.foot.addWidget(self.done)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_it)

    def _connect_sheet(self) -> None:
        self.range.chosen.connect(lambda _which: self._draw())
        self.copy_all.clicked.connect(self.copy)
        self.print_all.clicked.connect(self.print)
        self.close_it.clicked.connect(self.dismiss)
        self._desk.changed.connect(self._follow)


def _order(row: ToTell) -> tuple[str, int, str, int]:
    """By start, as the list is read; what has no date stands where it was told to be."""
    start = row.facts.starts_at or (row.told.starts_at if row.told is not None else None)
    return (start.isoformat() if start is not None else "", row.session_id, row.name, row.enrollment_id)


def _whom(rows: Sequence[ToTell]) -> str:
    return shown(rows[0].name) if len(rows) == 1 else people_text(len(rows))
