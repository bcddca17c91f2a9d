"""The list of the next free times of a session, with who and where each is and why; one of them is taken (C7)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.slots import answer_slots
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rows.slots import Slot, SlotAnswer
from trainer_desk.texts import error_text
from trainer_desk.texts.slots import reasons_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.schedule.free_times import request_of
from trainer_desk.views.schedule.words import title_of
from trainer_desk.views.session.lines import EnteredList, Line
from trainer_desk.views.slots.calendar import TABLES
from trainer_desk.views.slots.words import slot_when, slot_who


class SlotsSheet(Sheet):
    """`taken` carries the sentence for a toast with Undo, `calendar_wanted` asks for the same on the calendar."""

    taken = Signal(str)
    calendar_wanted = Signal()

    def __init__(self, over: QWidget, desk: Desk, card: SessionCard, directory: Directory, clock: Clock) -> None:
        title = _("Free times for {title}").format(title=title_of(card, directory))
        super().__init__(over, title, width=640, height=520)
        self._desk, self._card, self._directory, self._clock = desk, card, directory, clock
        self.slots: tuple[Slot, ...] = ()
        self.list = EnteredList(_("Free times"))
        self.why = PlainLabel("", "small", wrap=True)
        self.empty, self.trouble = EmptyState(), Alert("danger")
        self.calendar = Button(_("Show on the calendar"), "calendar-days", "ghost")
        self.cancel, self.take = Button(_("Cancel")), Button(_("Take this time"), kind="primary")
        self._fill()
        self._connect()

    def open(self) -> None:
        """Show the sheet and look for free times."""
        super().open()
        self.list.setFocus()
        self._ask()

    def _ask(self) -> None:
        self._desk.read(
            self,
            answer_slots,
            self._card.id,
            now=self._clock.now(),
            then=self._show,
            failed=self._refused,
            lane="slots",
        )

    def _show(self, answer: SlotAnswer) -> None:
        self.slots = answer.slots
        self.list.show_lines([self._line(place, slot) for place, slot in enumerate(answer.slots)])
        self.list.setVisible(bool(answer.slots))
        self.why.setVisible(bool(answer.slots))
        self.empty.setVisible(not answer.slots)
        if not answer.slots:
            self.empty.say(reasons_text(answer.lacking))
            self.cancel.setFocus()
        elif not self.list.chosen():
            self.list.setCurrentIndex(self.list.lines.index(0))
        self._show_choice()

    def _line(self, place: int, slot: Slot) -> Line:
        why = reasons_text(slot.reasons)
        tone = "warn" if slot.is_over else "muted"
        return Line(place, slot_when(slot, self._directory), slot_who(slot), "calendar-check", tone, why)

    def _show_choice(self) -> None:
        slot = self._chosen()
        self.take.setEnabled(slot is not None)
        self.why.setText("" if slot is None else reasons_text(slot.reasons))

    def _chosen(self) -> Slot | None:
        chosen = self.list.chosen()
        return self.slots[chosen[0].key] if chosen and chosen[0].key < len(self.slots) else None

    def _take(self) -> None:
        slot = self._chosen()
        if slot is None or not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        self.trouble.say("")
        title = title_of(self._card, self._directory)
        said = _("{title} placed on {when}.").format(title=title, when=slot_when(slot, self._directory))
        self._desk.write(
            self,
            _("Move {title}").format(title=title),
            edit_session,
            self._card.id,
            request_of(self._card, slot).fields,
            then=lambda _found: self._done(said),
            refused=self._refused,
        )

    def _done(self, said: str) -> None:
        self.finish()
        self.taken.emit(said)

    def _refused(self, error: DeskError) -> None:
        self._show_choice()
        self.trouble.say(error_text(error, self._directory.settings.zone))

    def _changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(*TABLES):
            self._ask()

    def _fill(self) -> None:
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.why)
        self.body.addWidget(self.trouble)
        self.foot.addWidget(self.calendar)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.take)
        self.empty.hide()
        self.take.setEnabled(False)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.dismiss)
        self.take.clicked.connect(self._take)
        self.calendar.clicked.connect(self._to_calendar)
        self.list.entered_on.connect(self._take)
        self.list.doubleClicked.connect(lambda _index: self._take())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_choice())
        self._desk.changed.connect(self._changed)

    def _to_calendar(self) -> None:
        self.finish()
        self.calendar_wanted.emit()
