"""The page of reports: one of a few views under one bar, each made when it is first wanted (D2, D3, D4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.segment import Segment

SHOWN = "reports/view"


@dataclass(frozen=True, slots=True)
class ReportView:
    """One view: its id, its word in the bar, and what makes it with the tools that stand beside the word."""

    name: str
    title: str
    make: Callable[[], tuple[QWidget, QWidget]]


class ReportsPage(QWidget):
    """`bar` stands over it; the view of last time comes first."""

    shown = Signal(str)
    """The id of the view that is on show now."""

    def __init__(self, views: Sequence[ReportView], memory: Memory) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Reports"))
        self._memory = memory
        self._views = {view.name: view for view in views}
        self.made: dict[str, QWidget] = {}
        self._stack, self._tools = QStackedWidget(), QStackedWidget()
        self.segment = Segment([(view.name, view.title) for view in views], _("Report"))
        self.bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.segment.chosen.connect(self.show_view)
        remembered = memory.get(SHOWN, "")
        self.show_view(remembered if remembered in self._views else views[0].name)

    def show_view(self, name: str) -> None:
        """Show a view, made now if it is new. Raises KeyError for one that there is not."""
        view = self._views[name]
        if name not in self.made:
            widget, tools = view.make()
            self._stack.addWidget(widget)
            self._tools.addWidget(tools)
            self.made[name] = widget
        place = self._stack.indexOf(self.made[name])
        self._tools.setCurrentIndex(place)
        self._stack.setCurrentIndex(place)
        self.segment.choose(name)
        self._memory.put(SHOWN, name)
        self.shown.emit(name)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.segment)
        row.addWidget(self._tools, 1)
        return bar
