"""The picker's filters: department, site, job role and group, each a small menu in which several can be ticked (P2)."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.rules.compliance import GROUPS
from trainer_desk.services.seats.picker import FilterValues
from trainer_desk.texts import group_word
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button, literal
from trainer_desk.views.parts.menu import Menu

LONGEST = 18
"""Letters of a chosen value that its button repeats."""


class TickMenu(Menu):
    """A menu that stays open while its lines are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the line under the mouse and stay."""
        action: QAction | None = self.actionAt(event.position().toPoint())
        if action is None:
            super().mouseReleaseEvent(event)
        else:
            action.trigger()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the current line with Space or Enter and stay."""
        action: QAction | None = self.activeAction()
        if action is None or event.key() not in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        else:
            action.trigger()


class FilterButton(Button):
    """One filter; its text names what is ticked: `Department: Lab`, `Department: 2`."""

    ticked = Signal()

    def __init__(self, word: str) -> None:
        super().__init__(word, "chevron-down", "chip", size=14)
        self._word = word
        self._actions: list[QAction] = []
        self._menu = TickMenu(self, word)
        self.setMenu(self._menu)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def offer(self, values: Sequence[tuple[Hashable, str]]) -> None:
        """Offer these values instead; what was ticked stays so if it is still offered."""
        before = set(self.values())
        self._menu.clear()
        self._actions = []
        for value, text in values:
            action = QAction(literal(text), self._menu)
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value in before)
            action.toggled.connect(self._show)
            action.triggered.connect(lambda _checked=False: self.ticked.emit())
            self._menu.addAction(action)
            self._actions.append(action)
        self.setEnabled(bool(values))
        self._show()

    def values(self) -> tuple[Hashable, ...]:
        """Return what is ticked."""
        return tuple(action.data() for action in self._actions if action.isChecked())

    def clear_ticks(self) -> None:
        """Tick nothing, without telling anybody."""
        for action in self._actions:
            action.setChecked(False)

    def _show(self) -> None:
        texts = [action.text().replace("&&", "&") for action in self._actions if action.isChecked()]
        if not texts:
            self.set_words(self._word)
            return
        only = texts[0] if len(texts[0]) <= LONGEST else texts[0][: LONGEST - 1] + "…"
        self.set_words(f"{self._word}: {only if len(texts) == 1 else len(texts)}")


class FilterRow(QWidget):
    """The four filters in a row; `changed` fires when somebody ticks."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.departments, self.sites = FilterButton(_("Department")), FilterButton(_("Site"))
        self.job_roles, self.groups = FilterButton(_("Job role")), FilterButton(_("Group"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in self._buttons():
            button.ticked.connect(self.changed)
            row.addWidget(button)
        row.addStretch()
        self.groups.offer([(group, group_word(group)) for group in GROUPS])

    def offer(self, values: FilterValues) -> None:
        """Offer what the people of this database have."""
        lists = (values.departments, values.sites, values.job_roles)
        for button, texts in zip(self._buttons(), lists, strict=False):
            button.offer([(text, text) for text in texts])

    def filter(self, search: str) -> PickerFilter:
        """Return what is ticked, together with a search text."""
        return PickerFilter(
            search=search,
            departments=tuple(map(str, self.departments.values())),
            sites=tuple(map(str, self.sites.values())),
            job_roles=tuple(map(str, self.job_roles.values())),
            groups=tuple(group for group in GROUPS if group in self.groups.values()),
        )

    def is_on(self) -> bool:
        """Whether anything is ticked."""
        return any(button.values() for button in self._buttons())

    def clear(self) -> None:
        """Tick nothing, without telling anybody."""
        for button in self._buttons():
            button.clear_ticks()

    def _buttons(self) -> tuple[FilterButton, ...]:
        return self.departments, self.sites, self.job_roles, self.groups
