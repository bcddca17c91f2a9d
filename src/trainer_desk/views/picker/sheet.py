"""Add people: search, choose, see what it does to the capacity, add; all with the search field in focus (P1–P5)."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.intakes import record_intakes
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.people import COMPLIANCE_TABLES
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.seats import Candidate, PickerPage
from trainer_desk.services.rules.pasting import entries_of
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.picker.choosing import SIDE, Choosing
from trainer_desk.views.picker.doing import Doing, Done
from trainer_desk.views.picker.footer import NOBODY, PickerFoot
from trainer_desk.views.picker.intake_sheet import IntakeSheet
from trainer_desk.views.picker.match import words_of
from trainer_desk.views.picker.model import PickModel
from trainer_desk.views.picker.paste_sheet import PasteSheet
from trainer_desk.views.picker.prospect import Prospect
from trainer_desk.views.picker.questions import Questions
from trainer_desk.views.picker.report import Report
from trainer_desk.views.picker.words import subtitle_of
from trainer_desk.views.theme import look

DEBOUNCE = 60
"""Milliseconds without a key before the database is asked."""

JUMP = 8
"""People that Page Up and Page Down pass."""

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: JUMP, Qt.Key.Key_PageUp: -JUMP}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TOUCHING = ("sessions", "enrollments", "seat_holds", "runs", "venues", *COMPLIANCE_TABLES)


class PickerSheet(Sheet):
    """Over the window of `parent`; `added` carries what came of a choice (`Done`) once the change is made.

    It closes itself when all went well and tells, person by person, where somebody was refused or waits for a reason.
    Call `open`.
    """

    added = Signal(object)

    def __init__(
        self,
        desk: Desk,
        session_id: int,
        directory: Directory,
        parent: QWidget,
        clock: Clock | None = None,
        *,
        title: str = "",
        verb: Callable[..., Any] = enroll,
    ) -> None:
        """`verb` adds the people and answers as `enroll`; with another one no further dates are offered."""
        super().__init__(parent, title or _("Add people"), width=680, height=760, subtitle=" ")
        self._desk, self._session_id, self._directory = desk, session_id, directory
        self._clock = clock or Clock()
        self._zone = directory.settings.zone
        self._card: SessionCard | None = None
        self._without_intake: dict[int, str] = {}
        self._enter_waits = False
        self.questions = Questions(desk, session_id, self._clock, self)
        self.model = PickModel(self._zone)
        self.report, self.choosing = Report(), Choosing(self.model, self._zone)
        self.search, self.chips, self.list = self.choosing.search, self.choosing.chips, self.choosing.list
        self.filters, self.funnel = self.choosing.filters, self.choosing.funnel
        self.foot_part = PickerFoot(directory, has_dates=verb is enroll)
        self.prospect = Prospect(desk, session_id, self._clock, self)
        self.doing = Doing(desk, session_id, directory, self, verb)
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
        self.prospect.ask([])
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Ctrl+Enter from wherever the focus is, or find the next dates with Shift as well."""
        if event.key() not in ENTER:
            super().keyPressEvent(event)
            return
        self._act(event.modifiers())
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list out of the search field."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def add_chosen(self) -> None:
        """Enroll everybody who is chosen, in the order of choosing."""
        if self._begin():
            self.doing.add(self._card, list(self.model.chosen.values()))

    def find_dates(self) -> None:
        """Enroll each who is chosen on the next date of the course that fits, instead of in this session (K14)."""
        if self.foot_part.has_dates and self._card is not None and self._begin():
            self.doing.find_dates(self._card, list(self.model.chosen.values()))

    def paste_list(self) -> None:
        """Match the names and numbers of the clipboard with people, and choose those who are meant (K11)."""
        sheet = PasteSheet(self._desk, self._session_id, self, self._clock, self._zone)
        sheet.taken.connect(self._take_listed)
        sheet.open_with(QGuiApplication.clipboard().text())

    def record_intakes(self) -> None:
        """Put the missing intakes on file, and try again to add those people (K12)."""
        today = local(self._clock.now(), self._zone).date()
        sheet = IntakeSheet(self._desk, [*self._without_intake.items()], self, today, self._zone)
        sheet.recorded.connect(self._try_again)
        sheet.ask()

    def choose_others(self) -> None:
        """Go back from the report to choosing; who was refused is still chosen."""
        self._show_report(is_told=False)
        self.search.setFocus()
        self._ask()

    def toggle_group(self, group: int) -> None:
        """Choose everybody of a group under the filter, also those further down; if all are, none of them."""
        self.search.setFocus()
        known = self.model.people_of(group)
        if known is None:
            self.questions.ask_group(group)
        else:
            self._take_group(known)

    def _build(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.choosing, 1)
        self.body.addWidget(self.report, 1)
        self.report.hide()
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
        self.choosing.paste.clicked.connect(self.paste_list)
        self.funnel.toggled.connect(self._show_filters)
        self.filters.changed.connect(self._ask)
        foot = self.foot_part
        foot.cancel.clicked.connect(self.dismiss)
        foot.add.clicked.connect(self.add_chosen)
        foot.next_date.clicked.connect(self.find_dates)
        foot.intake.clicked.connect(self.record_intakes)
        foot.back.clicked.connect(self.choose_others)
        foot.done.clicked.connect(self.finish)
        self.report.left.connect(self.finish)

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
        self.prospect.came.connect(self._show_prospect)
        self.doing.done.connect(self._show_done)
        self.doing.refused.connect(self._show_refusal)
        self._desk.changed.connect(self._changed)
        look().changed.connect(self._show_choice)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in ENTER:
            if not self._act(held):
                self._enter()
            return True
        if event.matches(QKeySequence.StandardKey.Paste) and len(entries_of(QGuiApplication.clipboard().text())) > 1:
            self.paste_list()
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

    def _act(self, held: Qt.KeyboardModifier) -> bool:
        """Carry out what Enter with these keys means; returns whether that is anything."""
        if not held & Qt.KeyboardModifier.ControlModifier:
            return False
        if held & Qt.KeyboardModifier.ShiftModifier:
            self.find_dates()
        elif self.report.isHidden():
            self.add_chosen()
        return True

    def _begin(self) -> bool:
        """Show that a change is on its way; returns whether there is anybody to change anything for."""
        if not self.model.chosen or self.foot_part.is_adding:
            return False
        self.foot_part.trouble.say("")
        self.foot_part.show_adding(True)
        return True

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

    def _take_listed(self, people: list[Candidate]) -> None:
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
        self.choosing.by_whole_name = page.by_whole_name
        self.list.scrollToTop()
        self._go_to(None)
        self.choosing.show_emptiness()
        if self._enter_waits:
            self._enter_waits = False
            self._enter()

    def _show_again(self, page: PickerPage) -> None:
        at, person = self.list.verticalScrollBar().value(), self.model.row_at(self.list.currentIndex().row())
        self.model.set_page(page, words_of(self.questions.asked.search))
        self.choosing.show_emptiness()
        self._go_to(self.model.row_of(person.person_id) if isinstance(person, Candidate) else None)
        self.list.verticalScrollBar().setValue(at)

    def _show_choice(self) -> None:
        self.choosing.show_chosen([*self.model.chosen.values()], self.frame.width() - 2 * SIDE)
        self.prospect.ask([*self.model.chosen])
        self._show_prospect()

    def _show_prospect(self) -> None:
        """Show what the choice would come to, as far as that is known."""
        chosen = [*self.model.chosen]
        seen = NOBODY if self._card is None else self.prospect.seen(self._card, chosen)
        self.foot_part.show_choice(self._card, seen, len(chosen))

    def _show_filters(self, is_shown: bool) -> None:
        self.filters.setVisible(is_shown)
        if is_shown:
            self.questions.ask_values()
        elif self.filters.is_on():
            self.choosing.clear_filters()
        self.search.setFocus()

    def _changed(self, changes: Changes) -> None:
        """Look again when anybody changed what is shown, without losing the place."""
        if not self.isVisible() or self.foot_part.is_adding or not changes.touch(*TOUCHING):
            return
        self.questions.ask_card()
        self.prospect.ask([*self.model.chosen], anew=True)
        if self.is_settled:
            self.questions.ask_again(self.model.rowCount())

    def _show_card(self, card: SessionCard) -> None:
        self._card = card
        today = local(self._clock.now(), self._zone).date()
        self.subtitle.set_whole(subtitle_of(card, self._directory, today))
        self._show_choice()

    def _show_done(self, done: Done) -> None:
        self.foot_part.show_adding(False)
        self.added.emit(done)
        if not done.is_worth_telling:
            self.finish()
            return
        self.model.leave_out(set(self.model.chosen) - done.refused)
        self._without_intake = done.without_intake
        self._show_report(is_told=True)
        self.report.tell(done.heading, done.lines)

    def _try_again(self) -> None:
        people = [self.model.chosen[key] for key in self._without_intake if key in self.model.chosen]
        if people and self._begin():
            self.doing.add(self._card, people)

    def _show_report(self, *, is_told: bool) -> None:
        self.report.setVisible(is_told)
        self.choosing.setVisible(not is_told)
        can_record = self._desk.may(record_intakes)
        self.foot_part.show_told(is_told=is_told, has_way_out=can_record and bool(self._without_intake))
        if not is_told:
            self._show_prospect()

    def _show_refusal(self, error: DeskError) -> None:
        self.foot_part.show_adding(False)
        self._show_trouble(error)

    def _show_trouble(self, error: DeskError) -> None:
        self.foot_part.trouble.say(error_text(error, self._zone), tone="danger")
