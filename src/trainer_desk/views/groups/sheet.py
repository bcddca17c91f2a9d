"""Groups of a session side by side: people are put into them by number or menu, or spread evenly (K10)."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.groups import GroupOutcome
from trainer_desk.services.rows.seats import GroupRow
from trainer_desk.services.seats.groups import assign, edit_group, make_group, remove_group, spread, unassign
from trainer_desk.texts import error_text, people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.groups import words
from trainer_desk.views.groups.column import KEYS, Column, GroupColumn, RestColumn
from trainer_desk.views.groups.facts import GroupFacts, load_facts
from trainer_desk.views.groups.group_form import GroupForm
from trainer_desk.views.groups.member_list import MemberList
from trainer_desk.views.parts.announce import announce
from trainer_desk.views.parts.buttons import Button, leave_focus, literal
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.theme import look

TOUCHING = ("sessions", "enrollments", "people", "groups", "group_members")
WIDE, HIGH, HINT_WIDTH = 1000, 640, 380


class GroupsSheet(Sheet):
    """Over the window of `parent`; whatever is done is saved at once and can be undone. Call `open`."""

    def __init__(self, desk: Desk, session_id: int, directory: Directory, parent: QWidget) -> None:
        super().__init__(parent, _("Groups"), width=WIDE, widest=WIDE, height=HIGH, subtitle=" ")
        self._desk, self._session_id, self._directory = desk, session_id, directory
        self.facts: GroupFacts | None = None
        self.notice = NoticeBar()
        self._told_now = False
        self.rest = RestColumn()
        self.columns: dict[int, GroupColumn] = {}
        self.new = GroupForm(_("Add"), _("Name of the new group"), _("New group"))
        self.hint = PlainLabel(_("Make a group or two, then spread people over them evenly."), "muted", wrap=True)
        self.board = QScrollArea()
        self.chosen = PlainLabel(words.chosen_text(0), "small", wrap=True)
        self.put = Button(_("Put into a group"), "users")
        self.out = Button(_("Take out"), "user-x")
        self.even = Button(_("Spread evenly"), "columns-3")
        self.done = Button(_("Close"))
        self._lay_out_columns()
        self._lay_out_foot()
        self._join(self.rest.list)
        self.new.submitted.connect(self._make)
        self.new.left.connect(self.dismiss)
        desk.changed.connect(self._changed)

    def open(self) -> None:
        """Show the sheet and ask for the groups."""
        super().open()
        self._ask()

    @property
    def lists(self) -> list[MemberList]:
        """The lists of people from left to right: who is in none, then group by group."""
        return [self.rest.list, *(column.list for column in self.columns.values())]

    def chosen_list(self) -> MemberList | None:
        """Return the list in which people are chosen."""
        return next((each for each in self.lists if each.chosen_ids()), None)

    def put_into(self, number: int) -> None:
        """Put the chosen people into the group of that number (1 is first); 0 takes them out."""
        groups = self.facts.groups if self.facts else ()
        if number > len(groups):
            self.notice.say(_("There is no group {n}.").format(n=number))
        elif number:
            self._assign(groups[number - 1])
        else:
            self._take_out()

    def spread_evenly(self) -> None:
        """Put everybody who is in no group into the groups."""
        label = _("Spread people over groups")
        self._write(label, spread, self._session_id, then=self._show_spread)

    def _assign(self, group: GroupRow) -> None:
        source = self.chosen_list()
        if source is None:
            self.notice.say(words.chosen_text(0))
            return
        ids = source.chosen_ids()
        source.goes_on = True
        label = _("Put {people} into {group}").format(people=people_text(len(ids)), group=group.name)
        self._write(label, assign, group.id, ids, then=partial(self._show_assigned, group))

    def _take_out(self) -> None:
        source = self.chosen_list()
        if source is None or source is self.rest.list:
            return
        ids = source.chosen_ids()
        source.goes_on = True
        label = _("Take {people} out of a group").format(people=people_text(len(ids)))
        self._write(label, unassign, self._session_id, ids, then=self._show_taken_out)

    def _make(self, name: str, places: str) -> None:
        label = _("Add the group {group}").format(group=name.strip())
        self._write(label, make_group, self._session_id, name, places, then=self._show_made, form=self.new)

    def _edit(self, column: GroupColumn, name: str, places: str) -> None:
        label = _("Change the group {group}").format(group=column.group.name)
        changes = {"name": name, "capacity": places}
        self._write(
            label, edit_group, column.group.id, then=lambda _none: column.end_edit(), form=column.form, **changes
        )

    def _remove(self, column: GroupColumn) -> None:
        group = column.group
        label = _("Remove the group {group}").format(group=group.name)
        said = partial(self._tell_undoable, words.removed_text(group), "muted")
        self._write(label, remove_group, group.id, then=lambda _none: said())

    def _write(
        self,
        label: str,
        verb: Callable[..., Any],
        *arguments: Any,
        then: Callable[[Any], object],
        form: GroupForm | None = None,
        **named: Any,
    ) -> None:
        self.notice.hide()
        refused = partial(self._refuse, form)
        self._desk.write(self, label, verb, *arguments, then=then, refused=refused, **named)

    def _refuse(self, form: GroupForm | None, error: DeskError) -> None:
        self.notice.say(error_text(error, self._directory.settings.zone), "danger")
        if form is not None:
            form.refuse(error)
        self._ask()

    def _show_assigned(self, group: GroupRow, outcomes: Sequence[GroupOutcome]) -> None:
        stay = words.stay_text(outcomes, self.facts, group.name) if self.facts else ""
        if stay:
            self.notice.say(stay, "danger")
        else:
            announce(self, words.put_text(outcomes, group.name))
        self._ask()

    def _show_taken_out(self, outcomes: Sequence[GroupOutcome]) -> None:
        self._ask()
        announce(self, _("{people} taken out.").format(people=people_text(len(outcomes))))

    def _show_spread(self, outcomes: Sequence[GroupOutcome]) -> None:
        self._ask()
        said, tone = words.spread_text(outcomes)
        if any(not outcome.is_refused for outcome in outcomes):
            self._tell_undoable(said, tone)
        else:
            self.notice.say(said, tone)

    def _show_made(self, _group_id: int) -> None:
        self.new.name.clear()

    def _tell_undoable(self, said: str, tone: str) -> None:
        self.notice.say(said, tone, (_("Undo"), self._undo))
        self._told_now = True

    def _undo(self) -> None:
        self.notice.hide()
        self._desk.apply(self, undo_last, refused=partial(self._refuse, None))

    def _ask(self) -> None:
        self._desk.read(self, load_facts, self._session_id, then=self._show, failed=self._say_gone, lane="groups")

    def _say_gone(self, error: DeskError) -> None:
        self.notice.say(error_text(error, self._directory.settings.zone), "danger")

    def _changed(self, changes: Changes) -> None:
        if not self.isVisible() or not changes.touch(*TOUCHING):
            return
        if self.notice.buttons and not self._told_now:  # its Undo would by now take back something else
            self.notice.hide()
        self._told_now = False
        self._ask()

    def _show(self, facts: GroupFacts) -> None:
        is_first, self.facts = self.facts is None, facts
        self.subtitle.set_whole(words.subtitle_of(facts, self._directory))
        self._fit_columns(facts)
        self.rest.show_people(facts.without_group(), len(facts.people))
        for place, group in enumerate(facts.groups, 1):
            self.columns[group.id].show_group(group, place, facts.members(group), is_open=facts.is_open)
        self.new.setVisible(facts.is_open)
        self.hint.setVisible(facts.is_open and not facts.groups)
        if not self.new.name.text().strip():
            self.new.propose(words.next_name(facts))
        self._show_choice()
        if is_first:
            self._begin(facts)

    def _begin(self, facts: GroupFacts) -> None:
        """Go to what is done first: choosing people, or making a group for them."""
        if facts.is_open and not facts.groups:
            self.new.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.new.name.selectAll()
        else:
            self.rest.list.take_focus()
        if not facts.is_open:
            self.notice.say(words.closed_text(facts))

    def _fit_columns(self, facts: GroupFacts) -> None:
        """Have a column for each group, in their order; Tab goes through them in that order, too."""
        wanted = {group.id: group for group in facts.groups}
        for group_id in self.columns.keys() - wanted.keys():
            gone = self.columns.pop(group_id)
            focus = QApplication.focusWidget()
            if focus is not None and gone.isAncestorOf(focus):
                self.rest.list.setFocus()
            gone.hide()
            gone.deleteLater()
        kept = self.columns
        self.columns = {key: kept.get(key) or self._make_column(group) for key, group in wanted.items()}
        if list(kept) == list(self.columns):
            return
        for place, column in enumerate(self.columns.values()):
            self._row.insertWidget(place, column)
            column.raise_()

    def _make_column(self, group: GroupRow) -> GroupColumn:
        column = GroupColumn(group)
        self._join(column.list)
        column.edited.connect(partial(self._edit, column))
        column.remove_wanted.connect(partial(self._remove, column))
        column.list.entered.connect(partial(self._bring, column))
        return column

    def _bring(self, column: Column) -> None:
        self.board.ensureWidgetVisible(column, look().px(10), 0)

    def _join(self, people: MemberList) -> None:
        people.chosen.connect(partial(self._choose_in, people))
        people.number_typed.connect(self.put_into)
        people.step_wanted.connect(partial(self._step, people))
        people.menu_wanted.connect(self._open_menu)

    def _choose_in(self, people: MemberList) -> None:
        """Let people be chosen in one column at a time."""
        if people.chosen_ids():
            for other in self.lists:
                if other is not people:
                    other.clearSelection()
        self._show_choice()

    def _step(self, people: MemberList, by: int) -> None:
        place = self.lists.index(people) + by
        if 0 <= place < len(self.lists):
            self.lists[place].take_focus()

    def _show_choice(self) -> None:
        source, is_open = self.chosen_list(), self.facts is not None and self.facts.is_open
        groups = self.facts.groups if self.facts else ()
        rest = self.facts.without_group() if self.facts else ()
        self.chosen.setText(words.chosen_text(len(source.chosen_ids()) if source else 0))
        self.put.setEnabled(is_open and source is not None and bool(groups))
        self.out.setEnabled(is_open and source is not None and source is not self.rest.list)
        self.even.setEnabled(is_open and bool(groups) and bool(rest))

    def _open_menu(self, place: QPoint) -> None:
        """Offer every group with its places, and to take people out."""
        source = self.chosen_list()
        if self.facts is None or not self.facts.is_open or source is None:
            return
        menu = Menu(self, _("Put into a group"))
        for number, group in enumerate(self.facts.groups, 1):
            key = f"\t{number}" if number <= KEYS else ""
            action = menu.addAction(literal(words.choice_of(group)) + key)
            is_full = group.capacity is not None and len(group.members) >= group.capacity
            action.setEnabled(not is_full and self.columns[group.id].list is not source)
            action.triggered.connect(partial(self._assign_chosen, group))
        if source is not self.rest.list:
            menu.addSeparator()
            menu.addAction(_("Take out of the group") + "\t0").triggered.connect(lambda: self._take_out())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _assign_chosen(self, group: GroupRow, _checked: bool = False) -> None:
        self._assign(group)

    def _lay_out_columns(self) -> None:
        inside = QWidget()
        inside.setObjectName("Scrolled")
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self.hint.setMinimumWidth(look().px(HINT_WIDTH))
        self._row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        self.board.setWidget(inside)
        self.board.setWidgetResizable(True)
        self.board.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.board.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side_by_side = QHBoxLayout()
        side_by_side.setSpacing(10)
        side_by_side.addWidget(self.rest)
        side_by_side.addWidget(self.board, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self.notice)
        whole.addWidget(self.new)
        whole.addLayout(side_by_side, 1)
        self.body.addLayout(whole, 1)

    def _lay_out_foot(self) -> None:
        for button in (self.put, self.out):
            leave_focus(button)
        self.put.clicked.connect(lambda: self._open_menu(self.put.mapToGlobal(QPoint(0, self.put.height()))))
        self.out.clicked.connect(self._take_out)
        self.even.clicked.connect(self.spread_evenly)
        self.done.clicked.connect(self.dismiss)
        self.foot.addWidget(self.chosen, 1)
        for button in (self.put, self.out, self.even, self.done):
            self.foot.addWidget(button)
