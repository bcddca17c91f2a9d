"""Chooses somebody for a seat: those who wait first, then everybody else as the picker has them, found by typing."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.people import COMPLIANCE_TABLES
from trainer_desk.services.rows.seats import PickerFilter, PickerPage
from trainer_desk.services.seats.picker import pick
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.chips import Chip, Chips
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.session.facts import Facts, gather
from trainer_desk.views.session.lines import Line, LineList
from trainer_desk.views.session.person_lines import candidate_line, waiting_matching

PAGE = 60
"""People who are offered at once; whoever is not among them is found by typing."""
DEBOUNCE = 60
LONGEST_SEARCH = 200
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class PersonSheet(Sheet):
    """Over the panel's window; `taken` carries the lines of whom one chose, at most `most` of them.

    With one seat, Enter or a double click takes the current person; with several, Enter and clicks choose, and
    Ctrl+Enter takes all. It stays open until `finish` or `stay` answers what came of it.
    """

    taken = Signal(object)

    def __init__(
        self, desk: Desk, facts: Facts, over: QWidget, title: str, verb: str, *, clock: Clock, most: int = 1
    ) -> None:
        super().__init__(over, title, width=560, height=640, subtitle=facts.title)
        self._desk, self._facts, self._most, self._verb, self._clock = desk, facts, most, verb, clock
        self._is_asking, self._enter_waits, self._is_taking = False, False, False
        self._is_same_search = False
        self._lines: list[Line] = []
        self._chosen: dict[int, Line] = {}
        self._names: dict[str, str] = {}
        self.search = QLineEdit()
        self.chips = Chips()
        self.list = LineList(_("People"), scrolls=True)
        self.more = PlainLabel("", "small", wrap=True)
        self.trouble = Alert("danger")
        self.cancel, self.take = Button(_("Cancel")), Button(verb, kind="primary")
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._fill_body()
        self._connect()

    @property
    def is_settled(self) -> bool:
        """Whether the list answers what stands in the search field."""
        return not (self._timer.isActive() or self._is_asking)

    @property
    def names(self) -> dict[str, str]:
        """The names of all who were offered, by employee number."""
        return dict(self._names)

    def open(self) -> None:
        """Show the sheet, ask for the first people and wait for words."""
        super().open()
        self.search.setFocus()
        self._ask()

    def stay(self, sentence: str) -> None:
        """Say why it was not done; the choice stays."""
        self._is_taking = False
        self._enable()
        self.trouble.say(sentence, tone="danger")

    def keep_only(self, keys: Sequence[int]) -> None:
        """Leave only these chosen: the others are seated."""
        self._chosen = {key: line for key, line in self._chosen.items() if key in keys}
        self._show_choice()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list out of the search field."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def take_chosen(self) -> None:
        """Take whom one chose."""
        lines = list(self._chosen.values()) if self._most > 1 else self.list.chosen()
        if lines and not self._is_taking:
            self._is_taking = True
            self._enable()
            self.trouble.say("")
            self.taken.emit(lines)

    def _enable(self) -> None:
        self.take.setEnabled(not self._is_taking and bool(self._chosen if self._most > 1 else self._lines))

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.take_chosen()
            else:
                self._enter()
            return True
        if key in STEPS and self.list.lines.rowCount():
            row = max(0, min(self.list.lines.rowCount() - 1, self.list.currentIndex().row() + STEPS[key]))
            self.list.setCurrentIndex(self.list.lines.index(row))
            announce(self.search, self.list.lines.rows[row].spoken)
            return True
        return False

    def _enter(self) -> None:
        """Choose the current person; typed ahead of the answer, Enter waits for it."""
        if not self.is_settled:
            self._enter_waits = True
            return
        index = self.list.currentIndex()
        if index.isValid():
            self._choose(index)
            self.search.selectAll()
        if self._most == 1:
            self.take_chosen()

    def _choose(self, index: QModelIndex) -> None:
        self.search.setFocus()
        line = self.list.lines.rows[index.row()]
        if self._most == 1:
            return
        if self._chosen.pop(line.key, None) is None:
            self._chosen[line.key] = line
        self._show_choice()
        announce(self.search, _("{people} chosen").format(people=people_text(len(self._chosen))))

    def _double(self, index: QModelIndex) -> None:
        if self._most == 1:
            self._choose(index)
            self.take_chosen()

    def _drop(self, key: int) -> None:
        self._chosen.pop(key, None)
        self.search.setFocus()
        self._show_choice()

    def _show_choice(self) -> None:
        token = {"muted": "text2"}
        chips = [
            Chip(line.key, line.name, line.icon, token.get(line.tone, line.tone)) for line in self._chosen.values()
        ]
        self.chips.show_chips(chips, self.frame.width() - 40)
        count = len(self._chosen)
        if self._most > 1:
            self.take.set_words(f"{self._verb} ({count})" if count else self._verb)
        self._enable()
        self._draw()
        over = count - self._most
        if over > 0:
            self.trouble.say(
                _("More people than seats: {n} will be enrolled like everybody else.").format(n=over), tone="warn"
            )
        else:
            self.trouble.say("")

    def _search_anew(self) -> None:
        self._is_same_search = False
        self._timer.start()

    def _ask(self) -> None:
        self._timer.stop()
        self._is_asking = True
        wanted = PickerFilter(search=self.search.text())
        now, session_id = self._clock.now(), self._facts.card.id
        self._desk.read(
            self,
            pick,
            session_id,
            wanted,
            limit=PAGE,
            now=now,
            counted=False,
            then=self._show,
            failed=self._fail,
            lane="pick",
        )

    def _show(self, page: PickerPage) -> None:
        self._is_asking = False
        self._names |= {one.employee_no: one.name for one in page.people}
        waiting = waiting_matching(self._facts, self.search.text())
        lines = self._lines = [*waiting, *(candidate_line(one, page.on) for one in page.people)]
        current = {line.key for line in self.list.chosen()}
        self._draw()
        if lines:
            place = next((row for row, line in enumerate(lines) if line.key in current), 0)
            self.list.setCurrentIndex(self.list.lines.index(place if self._is_same_search else 0))
        self._is_same_search = True
        self._enable()
        self.more.setText(
            _("No one matches.") if not lines else _("Type a name to find others.") if page.next_key else ""
        )
        self.more.setVisible(bool(self.more.text()))
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _draw(self) -> None:
        """Show the lines, with a check before those who are chosen."""
        lines = self._lines
        if self._most > 1:
            lines = [replace(one, icon="check", tone="accent") if one.key in self._chosen else one for one in lines]
        self.list.show_lines(lines)

    def _fail(self, error: DeskError) -> None:
        self._is_asking = False
        self.stay(error_text(error, self._facts.directory.settings.zone))

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch("enrollments", *COMPLIANCE_TABLES):
            now, session_id = self._clock.now(), self._facts.card.id
            self._desk.read(self, gather, session_id, now=now, then=self._renew, failed=self._fail, lane="facts")

    def _renew(self, facts: Facts) -> None:
        self._facts = facts
        self._ask()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._ask)
        self.search.textChanged.connect(self._search_anew)
        self.search.installEventFilter(self)
        self.list.clicked.connect(self._choose)
        self.list.doubleClicked.connect(self._double)
        self.chips.removed.connect(self._drop)
        self.cancel.clicked.connect(self.dismiss)
        self.take.clicked.connect(self.take_chosen)
        self._desk.changed.connect(self._changed)

    def _fill_body(self) -> None:
        self.search.setMaxLength(LONGEST_SEARCH)
        self.search.setPlaceholderText(_("Search by name, department or number"))
        self.search.setAccessibleName(_("Search people"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take.setEnabled(False)
        hint = _("Enter takes the person.") if self._most == 1 else _("Enter chooses a person, Ctrl+Enter takes them.")
        for part in (self.search, self.chips):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.more)
        self.body.addWidget(self.trouble)
        self.foot.addWidget(PlainLabel(hint, "small", wrap=True), 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.take)
