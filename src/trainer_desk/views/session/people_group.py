"""One part of the session's people: a heading, the list, and below it the details of whom one chose, with the deeds."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.buttons import Button, literal
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.deeds import Deed, deeds_for
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.flow import FlowLayout
from trainer_desk.views.session.people_list import PeopleList
from trainer_desk.views.session.people_rows import PersonRow

FIRST = 4
"""How many people show before a list is unfolded."""
TAKING_OUT = ("withdraw", "decline")


class PeopleGroup(QWidget):
    """`first` lines show before the list is unfolded (0: none); hidden while it is empty."""

    deed_wanted = Signal(object, object)
    """A Deed and the PersonRows it is for."""
    chosen_here = Signal()
    """Somebody was chosen in this part."""

    def __init__(self, name: str, *, heading: str = "", first: int = FIRST) -> None:
        super().__init__()
        self._heading, self._first, self._unfolded = heading, first, False
        self._rows: tuple[PersonRow, ...] = ()
        self._deeds: tuple[Deed, ...] = ()
        self._facts: Facts | None = None
        self.head = PlainLabel("", "field")
        self.list = PeopleList(name)
        self.more = Button("", kind="small")
        self.details = PlainLabel("", "small", wrap=True)
        self.buttons: list[Button] = []
        self._chosen = QWidget()
        self._flow = FlowLayout(4)
        self.more.clicked.connect(self._unfold)
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.take_out_wanted.connect(self._take_out)
        self.list.menu_wanted.connect(self._open_menu)
        self._lay_out()

    def show_rows(self, rows: Sequence[PersonRow], facts: Facts) -> None:
        """Show these people."""
        self._rows, self._facts = tuple(rows), facts
        self.head.setText(self._heading.format(n=len(rows)))
        self.head.setVisible(bool(self._heading and rows))
        self.list.show_lines(rows, None if self._unfolded else self._first)
        hidden = len(rows) - self._first
        self.more.setVisible(hidden > 0)
        folded = plural("and {n} more", "and {n} more", hidden) if self._first else _("Show")
        self.more.set_words(_("Show fewer") if self._unfolded else folded)
        self.more.setAccessibleName(f"{self.head.text()}: {self.more.words()}" if self._heading else self.more.words())
        self.setVisible(bool(rows))
        self._show_chosen()

    def reset(self) -> None:
        """Fold the list for another session, nobody chosen."""
        self._unfolded = False
        self.list.clearSelection()

    def button(self, verb: str) -> Button:
        """Return the button of a verb for whom one chose. Raises LookupError when there is none."""
        return next(button for deed, button in zip(self._deeds, self.buttons, strict=True) if deed.verb == verb)

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        if self._facts is not None:
            self.show_rows(self._rows, self._facts)

    def _show_chosen(self) -> None:
        people = self.list.people()
        self._chosen.setVisible(bool(people))
        deeds = deeds_for(people, self._facts) if self._facts is not None else []
        self._show_deeds(tuple(deeds), people)
        if len(people) == 1:
            self.details.setText(people[0].details)
        elif people:
            self.details.setText(plural("{n} person chosen", "{n} people chosen", len(people)))
        if people:
            self.chosen_here.emit()

    def _show_deeds(self, deeds: tuple[Deed, ...], people: Sequence[PersonRow]) -> None:
        if deeds != self._deeds:
            self._build_buttons(deeds)
        for deed, button in zip(self._deeds, self.buttons, strict=True):
            name = people[0].name if len(people) == 1 else ""
            button.setAccessibleName(f"{deed.text}: {name}" if name else deed.text)

    def _build_buttons(self, deeds: tuple[Deed, ...]) -> None:
        if any(button.hasFocus() for button in self.buttons):
            self.list.setFocus()
        empty(self._flow)
        self._deeds, self.buttons = deeds, []
        for deed in deeds:
            button = Button(deed.text, deed.icon, size=14)
            button.setProperty("dense", True)
            button.clicked.connect(self._doer(deed))
            self._flow.addWidget(button)
            self.setTabOrder(self.buttons[-1] if self.buttons else self.more, button)
            self.buttons.append(button)

    def _doer(self, deed: Deed) -> Callable[[], None]:
        return lambda: self._do(deed)

    def _do(self, deed: Deed) -> None:
        people = self.list.people()
        if people:
            self.deed_wanted.emit(deed, people)

    def _take_out(self) -> None:
        deed = next((deed for deed in self._deeds if deed.verb in TAKING_OUT), None)
        if deed is not None:
            self._do(deed)

    def _open_menu(self, at: QPoint) -> None:
        if not self._deeds:
            return
        menu = Menu(self, _("People"))
        for deed in self._deeds:
            menu.addAction(literal(deed.text)).triggered.connect(self._doer(deed))
        menu.popup(at)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.head)
        fold = QHBoxLayout()
        fold.addWidget(self.more)
        fold.addStretch(1)
        if not self._first:
            head.addWidget(self.more)
        head.addStretch(1)
        flow = QWidget()
        flow.setLayout(self._flow)
        chosen = QVBoxLayout(self._chosen)
        chosen.setContentsMargins(0, 2, 0, 4)
        chosen.setSpacing(4)
        chosen.addWidget(self.details)
        chosen.addWidget(flow)
        self._chosen.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.list)
        if self._first:
            column.addLayout(fold)
        column.addWidget(self._chosen)
