"""One thing to see to before a session: a box to tick, its words, and when it is due or who has done it."""

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.checklists import SessionItem
from trainer_desk.services.rules.preparing import is_late
from trainer_desk.services.rules.times import local
from trainer_desk.texts import day_text
from trainer_desk.texts.dossiers import errand_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel


class ChecklistRow(QWidget):
    """`ticked` says what the box was set to; the box shows it only once it is stored."""

    ticked = Signal(bool)

    def __init__(self, item: SessionItem) -> None:
        super().__init__()
        self.item = item
        self.box = QCheckBox()
        self.words = PlainLabel(item.words, "medium", wrap=True)
        self.about = PlainLabel("", "small", wrap=True)
        self.late = IconLabel("triangle-alert", "warn", 13, _("late"))
        self.remove = IconButton("x", _("Take “{words}” off the checklist").format(words=item.words), "tiny", size=14)
        self.box.clicked.connect(self._press)
        self._lay_out()

    def show_item(self, item: SessionItem, today: date, zone: ZoneInfo) -> None:
        """Show how it stands; days are those of `zone`."""
        self.item = item
        late = is_late(item.due_on, item.done_at, today)
        self.box.setChecked(item.done_at is not None)
        self.words.setText(item.words)
        said = about(item, today, zone)
        self.about.setText(said)
        self.about.set_tone("warn" if late else "")
        self.late.setVisible(late)
        self.box.setAccessibleName(f"{item.words}, {said}")

    def allow(self, *, tick: bool, plan: bool) -> None:
        """Let it be ticked and removed, or only be read."""
        self.box.setEnabled(tick)
        self.remove.setVisible(plan)

    def _press(self, wanted: bool) -> None:
        self.box.setChecked(self.item.done_at is not None)
        self.ticked.emit(wanted)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.late)
        below.addWidget(self.about, 1)
        side = QVBoxLayout()
        side.setContentsMargins(0, 3, 0, 3)
        side.setSpacing(0)
        side.addWidget(self.words)
        side.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)


def about(item: SessionItem, today: date, zone: ZoneInfo) -> str:
    """Return `Done by ana, Tue 24 Nov`, `Due Thu 26 Nov`, `Was due Mon 23 Nov`, or `3 days before` while undated."""
    if item.done_at is not None:
        day = day_text(local(item.done_at, zone).date())
        return _("Done by {who}, {day}").format(who=shown(item.done_by), day=day)
    if item.due_on is None:
        return errand_text(item.days_before)
    if item.due_on == today:
        return _("Due today")
    said = _("Was due {day}") if item.due_on < today else _("Due {day}")
    return said.format(day=day_text(item.due_on))
