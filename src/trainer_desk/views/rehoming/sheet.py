"""The sheet that cancels sessions, or lowers a capacity, and finds everybody another date in the same step (R7, K6)."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError, Refused, Stale
from trainer_desk.services.orchestration.lowering import lower_and_rehome, propose_lowering
from trainer_desk.services.orchestration.rehoming import cancel_and_rehome, propose
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.rehoming import Rehomed, Rehoming
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.reason_sheet import LONGEST
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.rehoming import words
from trainer_desk.views.rehoming.lines import PeopleLines
from trainer_desk.views.rehoming.words import Task

NowAsked = Callable[[], dt.datetime]
WIDTH, TALL = 800, 600
FEW = 5
"""Up to so many people the sheet is as high as its content."""


class RehomeSheet(Sheet):
    """Shows itself at once and asks for proposals meanwhile; `settled` carries the sentence for a toast with Undo."""

    settled = Signal(str)

    def __init__(self, over: QWidget, desk: Desk, task: Task, directory: Directory, clock: NowAsked) -> None:
        super().__init__(over, words.title(task), width=WIDTH, widest=WIDTH)
        self._desk, self._task, self._directory, self._clock = desk, task, directory, clock
        self._found: Rehoming | None = None
        self._is_wanted = False
        self._told = ""  # why it was refused, until the next try
        self.reason = QLineEdit()
        self.missing = PlainLabel(_("Give a reason, so that people can be told."), "small", tone="danger")
        self.counts = PlainLabel("", "medium")
        self.for_all = QComboBox()
        self.people = PeopleLines(task, directory)
        self.nowhere = PlainLabel("", "muted", wrap=True)
        self.trouble = Alert("danger")
        self.back = Button(_("Keep it") if task.cancels else _("Cancel"))
        self.go = Button(self._verb(), kind="primary")
        self._fill()
        self._connect()

    def ask(self) -> None:
        """Show the sheet with the cursor in the reason, and look for other dates."""
        self.open()
        (self.reason if self._task.cancels else self.go).setFocus()
        self._look()

    def _look(self) -> None:
        now, task = self._clock().astimezone(dt.UTC), self._task
        if task.capacity is None:
            self._desk.read(
                self, propose, task.session_ids, now=now, then=self._show, failed=self._refused, lane="rehoming"
            )
        else:
            self._desk.read(
                self,
                propose_lowering,
                task.session_ids[0],
                task.capacity,
                now=now,
                then=self._show,
                failed=self._refused,
                lane="rehoming",
            )

    def _show(self, found: Rehoming) -> None:
        self._found = found
        gone = self.people.show_people(found)
        has_dates = any(one.options for one in found.people)
        self.people.setVisible(has_dates)
        self._above.setVisible(has_dates)
        self.nowhere.setText(words.no_dates(found, self._directory))
        self.nowhere.setVisible(bool(found.people) and not has_dates)
        self.set_height(TALL if has_dates and len(found.people) > FEW else 0)
        if gone:
            self._told = words.moved_on(gone)
            self._show_choices()
        if self._is_wanted:
            self._is_wanted = False
            self._go()

    def _follow(self, changes: Changes) -> None:
        """Look again when somebody changed a place or a date meanwhile."""
        if self.isVisible() and self.go.isEnabled() and changes.touch("enrollments", "sessions", "seat_holds"):
            self._look()

    def _show_choices(self) -> None:
        people = [line.person for line in self.people.lines]
        self.counts.setText(words.counts(people, self.people.places(), self._task))
        self.for_all.setCurrentIndex(self.people.shared_choice())
        full = self.people.overfull()
        if self._found is not None:
            self.trouble.say(words.too_many(full, self._found, self._directory) if full else self._told)

    def _choose_for_all(self, place: int) -> None:
        self.people.choose_for_all(proposed=place == 0)

    def _go(self) -> None:
        if self._task.cancels and not self.reason.text().strip():
            self.missing.show()
            self.reason.setFocus()
            return
        self.missing.hide()
        if self._found is None:  # proposals are on their way
            self._is_wanted = True
            return
        if self.people.overfull():
            return
        self._told = ""
        self.trouble.say("")
        self.go.setEnabled(False)
        task, places, label = self._task, dict(self.people.places()), words.label(self._task)
        if task.capacity is None:
            self._desk.write(
                self,
                label,
                cancel_and_rehome,
                task.session_ids,
                self.reason.text(),
                places,
                then=self._done,
                refused=self._refused,
            )
        else:
            self._desk.write(
                self,
                label,
                lower_and_rehome,
                task.session_ids[0],
                task.capacity,
                places,
                then=self._done,
                refused=self._refused,
            )

    def _done(self, rehomed: Rehomed) -> None:
        self.finish()
        self.settled.emit(words.done(self._task, rehomed))

    def _refused(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self._told = error_text(error, self._directory.settings.zone)
        self.trouble.say(self._told)
        if isinstance(error, (Stale, Refused)):
            self._look()

    def _verb(self) -> str:
        if not self._task.cancels:
            return _("Lower the capacity")
        return _("Cancel session") if len(self._task.session_ids) == 1 else _("Cancel sessions")

    def _fill(self) -> None:
        self.body.addWidget(PlainLabel(words.question(self._task), "muted", wrap=True))
        self.reason.setMaxLength(LONGEST)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why, in a few words"))
        if self._task.cancels:
            self.body.addWidget(PlainLabel(_("Reason"), "field"))
            self.body.addWidget(self.reason)
            self.body.addWidget(self.missing)
        self.missing.hide()
        self._above = QWidget()
        above = QHBoxLayout(self._above)
        above.setContentsMargins(0, 4, 8, 0)
        label = PlainLabel(_("For all"), "field")
        label.setBuddy(self.for_all)
        self.for_all.setAccessibleName(_("For all people"))
        self.for_all.setPlaceholderText(_("As chosen"))
        self.for_all.addItem(_("As proposed"))
        self.for_all.addItem(words.nowhere(self._task))
        for part in (self.counts, label, self.for_all):
            above.addWidget(part, int(part is self.counts))
        self.body.addWidget(self._above)
        self.body.addWidget(self.people, 1)
        for quiet in (self._above, self.people, self.nowhere):
            quiet.hide()
        self.body.addWidget(self.nowhere)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)

    def _connect(self) -> None:
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._go)
        self.reason.returnPressed.connect(self._go)
        self.people.changed.connect(self._show_choices)
        self.for_all.activated.connect(self._choose_for_all)
        self._desk.changed.connect(self._follow)
