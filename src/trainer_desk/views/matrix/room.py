"""Makes the compliance matrix for the page of reports, and does what is pressed there (D3)."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.orchestration.drafting import Drafted, draft_for
from trainer_desk.services.rows.matrix import MatrixCourse
from trainer_desk.services.rows.seats import Candidate, Outcome
from trainer_desk.services.rules.times import local
from trainer_desk.services.seats.next_date import enroll_next
from trainer_desk.services.seats.picker import pick_these
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.matrix.adding import Offer, drafted_text, heading_of, offer_for, session_words, undated_text
from trainer_desk.views.matrix.printing import MatrixPrinting
from trainer_desk.views.matrix.saving import MatrixSaving
from trainer_desk.views.matrix.view import MatrixView
from trainer_desk.views.parts.buttons import literal
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.picker.doing import Done
from trainer_desk.views.picker.sheet import PickerSheet
from trainer_desk.views.picker.told_words import dated_text
from trainer_desk.views.room import Room
from trainer_desk.views.theme import look

MOST = 500
"""People who are added at once."""


class MatrixRoom(Room):
    """The view is made when it is first wanted."""

    session_wanted = Signal(int)
    thing_wanted = Signal(str, int)

    view: MatrixView | None = None
    menu: Menu | None = None
    sheet: PickerSheet | None = None

    def _furnish(self) -> None:
        self.printing = MatrixPrinting(*self._shared)
        self.saving = MatrixSaving(*self._shared)

    def make(self) -> tuple[QWidget, QWidget]:
        """Return the view, and the tools that stand in the bar over it."""
        view = self.view = MatrixView(self._desk, self._today, self._directory)
        self.printing.view = self.saving.view = view
        view.save_wanted.connect(self.saving.save)
        view.add_wanted.connect(self.offer)
        view.grid.person_opened.connect(lambda key: self.thing_wanted.emit("people", key))
        view.grid.course_opened.connect(lambda key: self.thing_wanted.emit("courses", key))
        view.print_wanted.connect(self.printing.print)
        view.grid.copied.connect(self._tell_copied)
        return view, view.tools

    def offer(self, at: QPoint) -> None:
        """Offer what can be done for the selected people; with several courses, first say for which."""
        view = self.view
        if view is None or view.asked is None or not view.may_add():
            return
        courses = [view.model.courses[column] for column in view.grid.chosen().columns]
        if len(courses) == 1:
            self._ask(courses[0], at)
        elif courses:
            menu = self._menu(_("Course"))
            for course in courses:
                menu.addAction(literal(course.title)).triggered.connect(
                    lambda _on=False, course=course: self._ask(course, at)
                )
            menu.popup(at)

    def _ask(self, course: MatrixCourse, at: QPoint) -> None:
        view = self.view
        if view is not None and view.asked is not None:
            then, ids = partial(self._show_offer, at), view.chosen_ids()
            self._desk.read(self, offer_for, view.asked, course, ids, now=self._clock.now(), then=then, lane="offer")

    def _show_offer(self, at: QPoint, offer: Offer) -> None:
        directory = self._directory()
        if directory is None:
            return
        if len(offer.people) > MOST:
            told = _("{heading}: choose at most {most} at once, or narrow the list.")
            self._tell(told.format(heading=heading_of(offer), most=MOST), False)
            return
        menu = self._menu(heading_of(offer))
        menu.addSection(literal(heading_of(offer)))
        zone = directory.settings.zone
        for one in offer.sessions:
            action = menu.addAction(look().icon("calendar-days"), literal(session_words(one, zone)))
            action.triggered.connect(lambda _on=False, key=one.session_id: self._pick(key, offer))
        menu.addSeparator()
        if offer.sessions and self._desk.may(enroll_next):
            action = menu.addAction(look().icon("calendar-check"), _("Everybody on their next date"))
            action.triggered.connect(lambda: self._find_dates(offer))
        if self._desk.may(draft_for):
            words = _("New draft with {people}").format(people=people_text(len(offer.people)))
            menu.addAction(look().icon("plus"), words).triggered.connect(lambda: self._draft(offer))
        menu.popup(at)

    def _pick(self, session_id: int, offer: Offer) -> None:
        """Open the picker of a session, and tick these people once it knows them."""
        directory = self._directory()
        if directory is None:
            return
        sheet = self.sheet = PickerSheet(self._desk, session_id, directory, self._window, self._clock)
        sheet.added.connect(self._tell_added)
        sheet.open()

        def tick(people: Sequence[Candidate]) -> None:
            sheet.model.choose(list(people))

        self._desk.read(sheet, pick_these, session_id, offer.people, now=self._clock.now(), then=tick)

    def _find_dates(self, offer: Offer) -> None:
        people, course = people_text(len(offer.people)), offer.course
        label = _("Enroll {people} on the next date of {title}").format(people=people, title=course.title)

        def told(outcomes: Sequence[Outcome]) -> None:
            said = " ".join(filter(None, (dated_text(outcomes), undated_text(outcomes))))
            self._tell(said, any(one.outcome == "enrolled" for one in outcomes))

        self._desk.write(self, label, enroll_next, course.id, offer.people, then=told)

    def _draft(self, offer: Offer) -> None:
        course = offer.course
        label = _("New draft of {title} with {people}").format(
            title=course.title, people=people_text(len(offer.people))
        )

        def told(made: Drafted) -> None:
            self._tell(drafted_text(course.title, len(made.session_ids), made.outcomes), True)
            self.session_wanted.emit(made.session_ids[0])

        self._desk.write(self, label, draft_for, course.id, offer.people, then=told)

    def _menu(self, name: str) -> Menu:
        menu = self.menu = Menu(self._window, name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _tell_added(self, done: Done) -> None:
        if done.sentence:
            self._tell(done.sentence, True)

    def _tell_copied(self, rows: int) -> None:
        self._tell(_("{people} copied as a table.").format(people=people_text(rows)), False)

    def _today(self) -> dt.date:
        directory, now = self._directory(), self._clock.now()
        return now.date() if directory is None else local(now, directory.settings.zone).date()
