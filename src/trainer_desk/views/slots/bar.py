"""The bar at the foot of the calendar while free times are shown: which one is looked at, why, and what takes it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.slots import Reason
from trainer_desk.texts.slots import reasons_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.plain_label import ElidedLabel, PlainLabel
from trainer_desk.views.schedule.free_times import FreeTimes
from trainer_desk.views.slots.words import slot_text


class FreeTimesBar(QFrame):
    """Follows `times`; hidden while nothing is shown. `lacking` says why there is no free time."""

    def __init__(self, times: FreeTimes) -> None:
        super().__init__()
        self._times = times
        self.setObjectName("Notice")
        self.setAccessibleName(_("Free times"))
        self.count = PlainLabel("", "small")
        self.slot, self.why = ElidedLabel("", "strong"), ElidedLabel("", "small", tone="muted")
        self.previous = IconButton("chevron-left", _("Previous free time"))
        self.next = IconButton("chevron-right", _("Next free time"))
        self.take = Button(_("Take this time"), "calendar-check", "primary")
        self.cross = IconButton("x", _("Hide the free times"))
        self._lay_out()
        self.previous.clicked.connect(lambda: times.step(-1))
        self.next.clicked.connect(lambda: times.step(1))
        self.take.clicked.connect(lambda: times.take())
        self.cross.clicked.connect(lambda: times.stop())
        self.hide()

    def show_current(self, title: str, directory: Directory, lacking: tuple[Reason, ...]) -> None:
        """Say which free time of which session is looked at, or why there is none."""
        slot = self._times.current
        several = len(self._times.slots) > 1
        for button in (self.previous, self.next):
            button.setVisible(several)
        self.take.setVisible(slot is not None)
        if slot is None:
            self._say(_("No free time for {title}").format(title=title), "", reasons_text(lacking))
        else:
            counted = _("{place} of {count}").format(place=self._times.place + 1, count=len(self._times.slots))
            self._say(f"{title}: {slot_text(slot, directory)}", counted, reasons_text(slot.reasons))
        self.show()

    def _say(self, said: str, counted: str, why: str) -> None:
        is_new = (said, why) != (self.slot.whole(), self.why.whole())
        self.slot.set_whole(said)
        self.count.setText(counted)
        self.count.setVisible(bool(counted))
        self.why.set_whole(why)
        if is_new or not self.isVisible():
            announce(self, ". ".join(part for part in (said, counted, why) if part))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.slot)
        words.addWidget(self.why)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 12, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for part in (self.count, self.previous, self.next, self.take, self.cross):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
