"""The columns of the sheet of groups: one for each group, and one for who is in none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.groups.facts import GroupPerson
from trainer_desk.views.groups.group_form import GroupForm
from trainer_desk.views.groups.member_list import MemberList
from trainer_desk.views.groups.words import fill_of
from trainer_desk.views.parts.buttons import IconButton
from trainer_desk.views.parts.meter import Meter
from trainer_desk.views.parts.plain_label import ElidedLabel, IconLabel, PlainLabel
from trainer_desk.views.theme import look

WIDTH = 212
KEYS = 9
"""Groups that have a key of their own."""


class Column(QFrame):
    """A card of a fixed width; what it holds goes into `column`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(10, 10, 10, 8)
        self.column.setSpacing(6)
        look().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(look().px(WIDTH))


class RestColumn(Column):
    """Who is confirmed and in no group yet."""

    def __init__(self) -> None:
        super().__init__()
        self.count = PlainLabel("", "small", wrap=True)
        self.list = MemberList()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(PlainLabel("0", "key"))
        head.addWidget(ElidedLabel(_("Without a group"), "strong"), 1)
        self.column.addLayout(head)
        self.column.addWidget(self.count)
        self.column.addWidget(self.list, 1)

    def show_people(self, people: Sequence[GroupPerson], everybody: int) -> None:
        """Show who is left of everybody."""
        if people:
            self.count.setText(people_text(len(people)))
        else:
            self.count.setText(_("Everybody is in a group.") if everybody else _("Nobody has a confirmed place yet."))
        self.list.setAccessibleName(_("People without a group: {n}").format(n=len(people)))
        self.list.show_people(people)


class GroupColumn(Column):
    """A group: its number and name, how full it is in figures and words, and its people."""

    edited = Signal(str, str)
    """A new name and capacity, as they were typed."""
    remove_wanted = Signal()

    def __init__(self, group: GroupRow) -> None:
        super().__init__()
        self.group = group
        self.key = PlainLabel("", "key")
        self.name = ElidedLabel("", "strong")
        self.pencil = IconButton("pencil-line", "", "tiny", size=14)
        self.remove = IconButton("trash-2", "", "tiny", size=14)
        self.form = GroupForm(_("Save"), _("Name of the group"))
        self.meter = Meter()
        self.fill = PlainLabel("", "small")
        self._icon = IconLabel("users", "text2", 14)
        self.list = MemberList()
        self._lay_out()
        self.pencil.clicked.connect(self._begin_edit)
        self.remove.clicked.connect(self.remove_wanted)
        self.form.submitted.connect(self.edited)
        self.form.left.connect(self.end_edit)

    def show_group(self, group: GroupRow, place: int, people: Sequence[GroupPerson], *, is_open: bool) -> None:
        """Show the group, which is the one at `place` (1 is first)."""
        self.group = group
        self.key.setText(str(place))
        self.key.setVisible(place <= KEYS)
        self.name.set_whole(group.name)
        self.pencil.set_name(_("Change {group}").format(group=group.name))
        self.remove.set_name(_("Remove {group}").format(group=group.name))
        self.meter.show_people(len(group.members), group.capacity)
        words, icon, tone = fill_of(group)
        self.fill.setText(words)
        self.fill.set_tone(tone)
        self._icon.show_icon(icon, "text2" if tone == "muted" else tone)
        self.list.setAccessibleName(f"{group.name}, {people_text(len(people))}, {words}")
        self.list.show_people(people)
        for button in (self.pencil, self.remove):
            button.setVisible(is_open)

    def end_edit(self) -> None:
        """Show the head again instead of the form."""
        if self.form.isHidden():
            return
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.form.isAncestorOf(focus)
        self.form.hide()
        self.head.show()
        if had_focus:
            self.pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_edit(self) -> None:
        self.head.hide()
        self.form.show()
        self.form.show_group(self.group)

    def _lay_out(self) -> None:
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.key)
        row.addWidget(self.name, 1)
        row.addWidget(self.pencil)
        row.addWidget(self.remove)
        fill = QHBoxLayout()
        fill.setSpacing(6)
        fill.addWidget(self._icon)
        fill.addWidget(self.fill, 1)
        self.form.hide()
        self.column.addWidget(self.head)
        self.column.addWidget(self.form)
        self.column.addWidget(self.meter)
        self.column.addLayout(fill)
        self.column.addWidget(self.list, 1)
