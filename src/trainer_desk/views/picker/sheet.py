"""Add people: search, choose, see what it does to the capacity, add; all with the search field in focus (P1–P5)."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Candidate, Outcome, PickerPage
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.chips import Chips
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.picker.filters import FilterRow
from trainer_desk.views.picker.footer import PickerFoot
from trainer_desk.views.picker.match import words_of
from trainer_desk.views.picker.model import PickModel
from trainer_desk.views.picker.people_list import PeopleList
from trainer_desk.views.picker.questions import Questions
from trainer_desk.views.picker.words import chip_of, refused_text, subtitle_of, title_of
from trainer_desk.views.theme import look

DEBOUNCE = 60
"""Milliseconds without a key before the database is asked."""

JUMP = 8
"""People that Page Up and Page Down pass."""

SIDE, CHIP_HEIGHT = 20, 28
LONGEST_SEARCH = 200
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: JUMP, Qt.Key.Key_PageUp: -JUMP}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TOUCHING = ("sessions", "enrollments", "people", "compliance_items", "courses", "venues")


class PickerSheet(Sheet):
    """Over the window of `parent`; `added` carries what became of each person once the change is made.

    It closes itself when everybody was added and stays with those who were refused. Call `open`.
    """

    added = Signal(object)

    def __init__(
        self, desk: Desk, session_id: int, directory: Directory, parent: QWidget, clock: Clock | None = None
    ) -> None:
        super().__init__(parent, _("Add people"), width=680, height=760, subtitle=" ")
        self._desk, self._session_id, self._directory = desk, session_id, directory
        self._clock = clock or Clock()
        self._zone = directory.settings.zone
        self._card: SessionCard | None = None
        self._enter_waits = False
        self.questions = Questions(desk, session_id, self._clock, self)
        self.model = PickModel(self._zone)
        self.search = QLineEdit()
        self.chips, self.hint = Chips(), PlainLabel(_("Enter chooses a person, Ctrl+Enter adds."), "small")
        self.filters, self.funnel = FilterRow(), IconButton("funnel", _("Filter"), size=18)
        self.list = PeopleList(self.model, self._zone)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.foot_part = PickerFoot(directory)
        self._timer = QTimer(self)
        self._build()
        self._join_keys()
        self._join_answers()

    @property
    def is_settled(self) -> bool:
        """Whether the list answers what stands in the search field."""
        return not (self._timer.isActive() or self.questions.is_asking)

    def open(self) -> None:
        """Show the sheet, ask for the first people and wait for words."""
        super().open()
        self.search.setFocus()
        self.questions.ask_card()
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Ctrl+Enter from wherever the focus is."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.add_chosen()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list out of the search field."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def add_chosen(self) -> None:
        """Enroll everybody who is chosen, in the order of choosing."""
        chosen = list(self.model.chosen)
        if not chosen or self.foot_part.is_adding:
            return
        title = title_of(self._card, self._directory) if self._card else ""
        label = _("Add {people} to {title}").format(people=people_text(len(chosen)), title=title)
        self.foot_part.trouble.say("")
        self.foot_part.show_adding(True, len(chosen))
        then = partial(self._show_added, chosen)
        self._desk.write(self, label, enroll, self._session_id, chosen, then=then, refused=self._show_refusal)

    def toggle_group(self, group: int) -> None:
        """Choose everybody of a group under the filter, also those further down; if all are, none of them."""
        self.search.setFocus()
        known = self.model.people_of(group)
        if known is None:
            self.questions.ask_group(group)
        else:
            self._take_group(known)

    def _build(self) -> None:
        self.search.setProperty("kind", "big")
        self.search.setMaxLength(LONGEST_SEARCH)
        self.search.setPlaceholderText(_("Search by name, department or number"))
        self.search.setAccessibleName(_("Search people"))
        glass = look().icon("search", "text3", 18)
        self._glass = self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.funnel.setCheckable(True)
        self.filters.hide()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        chosen = QHBoxLayout()
        chosen.addWidget(self.chips)
        chosen.addWidget(self.hint, 1)
        search = QHBoxLayout()
        search.setSpacing(8)
        search.addWidget(self.search, 1)
        search.addWidget(self.funnel)
        top = QVBoxLayout()
        top.setContentsMargins(SIDE, 0, SIDE, 10)
        top.setSpacing(10)
        top.addLayout(search)
        top.addWidget(self.filters)
        top.addLayout(chosen)
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(top)
        self.body.addWidget(rule)
        self.body.addWidget(self.stack, 1)
        self.foot.addWidget(self.foot_part)

    def _join_keys(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._ask)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.installEventFilter(self)
        self.list.person_clicked.connect(self._toggle)
        self.list.group_clicked.connect(self.toggle_group)
        self.chips.removed.connect(self._drop)
        self.funnel.toggled.connect(self._show_filters)
        self.filters.changed.connect(self._ask)
        self.foot_part.cancel.clicked.connect(self.dismiss)
        self.foot_part.add.clicked.connect(self.add_chosen)

    def _join_answers(self) -> None:
        questions = self.questions
        questions.page_came.connect(self._show_page)
        questions.page_came_again.connect(self._show_again)
        questions.next_page_came.connect(self.model.append_page)
        questions.counts_came.connect(self.model.set_counts)
        questions.group_came.connect(self._take_group)
        questions.values_came.connect(self.filters.offer)
        questions.card_came.connect(self._show_card)
        questions.refused.connect(self._show_trouble)
        self.model.more_wanted.connect(lambda: questions.ask_more(self.model.next_key))
        self.model.chosen_changed.connect(self._show_choice)
        self._desk.changed.connect(self._changed)
        look().changed.connect(self._restyle)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in ENTER:
            if held & Qt.KeyboardModifier.ControlModifier:
                self.add_chosen()
            else:
                self._enter()
            return True
        if key in STEPS:
            self._move(STEPS[key])
            return True
        if key == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier:
            row = self.model.row_at(self.list.currentIndex().row())
            if isinstance(row, Candidate):
                self.toggle_group(row.group)
            return True
        return False

    def _enter(self) -> None:
        """Toggle the current person; typed ahead of the answer, Enter waits for it instead of taking somebody else."""
        if not self.is_settled:
            self._enter_waits = True
            return
        self._toggle(self.list.currentIndex().row())
        self.search.selectAll()

    def _move(self, by: int) -> None:
        row = self.model.step(self.list.currentIndex().row(), by)
        if row is not None:
            self._go_to(row)
            announce(self.search, self.list.currentIndex().data())

    def _go_to(self, row: int | None) -> None:
        place = self.model.step(-1, 1) if row is None else row
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))

    def _toggle(self, row: int) -> None:
        self.search.setFocus()
        if isinstance(self.model.row_at(row), Candidate):
            self._go_to(row)
            self.model.toggle(row)
            announce(self.search, self.list.currentIndex().data())

    def _take_group(self, people: list[Candidate]) -> None:
        ids = [person.person_id for person in people]
        if all(person_id in self.model.chosen for person_id in ids):
            self.model.leave_out(ids)
        else:
            self.model.choose(people)
        announce(self.search, _("{people} chosen").format(people=people_text(len(self.model.chosen))))

    def _drop(self, person_id: int) -> None:
        self.model.leave_out([person_id])
        self.search.setFocus()

    def _ask(self) -> None:
        self._timer.stop()
        self.questions.ask(self.filters.filter(self.search.text()))

    def _show_page(self, page: PickerPage) -> None:
        self.model.set_page(page, words_of(self.questions.asked.search))
        self.list.scrollToTop()
        self._go_to(None)
        self._show_emptiness()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _show_again(self, page: PickerPage) -> None:
        at, person = self.list.verticalScrollBar().value(), self.model.row_at(self.list.currentIndex().row())
        self.model.set_page(page, words_of(self.questions.asked.search))
        self._show_emptiness()
        self._go_to(self.model.row_of(person.person_id) if isinstance(person, Candidate) else None)
        self.list.verticalScrollBar().setValue(at)

    def _show_emptiness(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.stack.setCurrentWidget(self.empty if is_empty else self.list)
        if not is_empty:
            return
        text = self.questions.asked.search.strip()
        if text:
            self.empty.say(_("No one matches “{text}”.").format(text=text), (_("Clear search"), self._clear_search))
        elif self.filters.is_on():
            self.empty.say(_("No one matches these filters."), (_("Clear filters"), self._clear_filters))
        else:
            self.empty.say(_("There is nobody left to add. Import people to see them here."))
        announce(self.search, self.empty.sentence())

    def _show_choice(self) -> None:
        people = list(self.model.chosen.values())
        self.chips.show_chips([chip_of(person) for person in people], self.frame.width() - 2 * SIDE)
        self.hint.setVisible(not people)
        # As high as chips, so that the list does not jump at the first choice.
        self.hint.setMinimumHeight(look().px(CHIP_HEIGHT))
        self.foot_part.show_choice(self._card, len(people))

    def _show_filters(self, is_shown: bool) -> None:
        self.filters.setVisible(is_shown)
        if is_shown:
            self.questions.ask_values()
        elif self.filters.is_on():
            self._clear_filters()
        self.search.setFocus()

    def _clear_search(self) -> None:
        self.search.clear()
        self.search.setFocus()

    def _clear_filters(self) -> None:
        self.filters.clear()
        self.search.setFocus()
        self._ask()

    def _changed(self, changes: Changes) -> None:
        """Look again when anybody changed what is shown, without losing the place."""
        if not self.isVisible() or self.foot_part.is_adding or not changes.touch(*TOUCHING):
            return
        self.questions.ask_card()
        if self.is_settled:
            self.questions.ask_again(self.model.rowCount())

    def _show_card(self, card: SessionCard) -> None:
        self._card = card
        today = local(self._clock.now(), self._zone).date()
        self.subtitle.set_whole(subtitle_of(card, self._directory, today))
        self._show_choice()

    def _show_added(self, asked: list[int], outcomes: list[Outcome]) -> None:
        refused = [person for person, outcome in zip(asked, outcomes, strict=True) if outcome.outcome == "refused"]
        self.foot_part.show_adding(False, len(refused))
        self.added.emit(outcomes)
        if not refused:
            self.finish()
            return
        self.model.leave_out(set(asked) - set(refused))
        self.foot_part.trouble.say(refused_text(outcomes), tone="danger")

    def _show_refusal(self, error: DeskError) -> None:
        self.foot_part.show_adding(False, len(self.model.chosen))
        self._show_trouble(error)

    def _show_trouble(self, error: DeskError) -> None:
        self.foot_part.trouble.say(error_text(error, self._zone), tone="danger")

    def _restyle(self) -> None:
        self._glass.setIcon(look().icon("search", "text3", 18))
        self._show_choice()
