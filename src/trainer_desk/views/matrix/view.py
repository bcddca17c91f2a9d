"""The compliance matrix on the page of reports: asks for what is on show, and follows what others change (D3)."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.dashboard.matrix import load_ids, load_rows, load_screen
from trainer_desk.services.dashboard.matrix_counts import count_marks
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.matrix import MatrixAsked, MatrixPage, MatrixRow
from trainer_desk.services.rows.people import COMPLIANCE_TABLES
from trainer_desk.services.seats.enrolling import enroll
from trainer_desk.services.seats.picker import filter_values
from trainer_desk.texts.matrix import as_of_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.matrix.filters import MatrixFilters
from trainer_desk.views.matrix.foot import MatrixFoot
from trainer_desk.views.matrix.grid import MatrixGrid
from trainer_desk.views.matrix.model import MatrixModel
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.empty_state import EmptyState


class MatrixView(QWidget):
    """`add_wanted` carries a place of the screen where what can be done for the selection is to be offered."""

    add_wanted = Signal(QPoint)
    print_wanted = Signal()
    save_wanted = Signal()
    shown = Signal()
    """The first people of what was asked for are on show."""

    def __init__(self, desk: Desk, today: Callable[[], date], directory: Callable[[], Directory | None]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Compliance"))
        self._desk, self._today, self._directory = desk, today, directory
        self._is_stale = True
        self.page: MatrixPage | None = None
        self.model = MatrixModel()
        self.filters, self.foot = MatrixFilters(today), MatrixFoot()
        self.grid = MatrixGrid(self.model, self._hue)
        self.empty = EmptyState()
        self.tools = self._make_tools()
        self._stack = QStackedWidget()
        self._lay_out()
        self._join()

    @property
    def asked(self) -> MatrixAsked | None:
        """What is on show."""
        return None if self.page is None else self.page.asked

    def reload(self) -> None:
        """Ask for what is wanted now, or once it is on show."""
        if not self.isVisible():
            self._is_stale = True
            return
        self._is_stale = False
        read = self._desk.read
        read(self, filter_values, then=self.filters.offer, lane="values")
        directory = self._directory()
        if directory is not None:
            self.filters.offer_courses(directory)
        read(self, load_screen, self.filters.asked(), then=self._show_screen, lane="screen")

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was changed meanwhile."""
        super().showEvent(event)
        if self._is_stale or (self.page is not None and self.page.asked.today != self._today()):
            self.reload()

    def chosen_ids(self) -> list[int]:
        """Return the ids of the people who are selected, in order."""
        return [self.model.ids[place] for place in self.grid.chosen().places()]

    def _make_tools(self) -> QWidget:
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.filters.as_of)
        row.addWidget(self.filters.day)
        self.save, self.print = Button(_("Save…"), "file-down"), Button(_("Print…"), "printer")
        self.save.clicked.connect(lambda: self.save_wanted.emit())
        self.print.clicked.connect(lambda: self.print_wanted.emit())
        row.addWidget(self.save)
        row.addWidget(self.print)
        self.filters.day.set_value(self._today())
        return tools

    def _lay_out(self) -> None:
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def _join(self) -> None:
        self.filters.changed.connect(self.reload)
        self.model.rows_wanted.connect(self._ask_rows)
        self.grid.selection_changed.connect(self._show_chosen)
        self.grid.menu_wanted.connect(self.add_wanted)
        self.foot.wanted.connect(self._do)
        self._desk.changed.connect(self._follow)

    def _show_screen(self, page: MatrixPage) -> None:
        is_same = self.page is not None and (self.page.asked, self.page.courses) == (page.asked, page.courses)
        self.page = page
        if is_same:
            self.model.refresh(page)
        else:
            self.model.set_page(page)
            self.grid.scrollToTop()
        read, then = self._desk.read, partial(self._show_ids, page)
        if page.ids is None:
            read(self, load_ids, page.asked, page.courses, then=then, lane="ids")
        else:
            self._show_ids(page, page.ids)
        read(self, count_marks, page.asked, page.courses, then=self.model.set_counts, lane="counts")
        self.grid.corner.show_numbers(None if page.ids is None else len(page.ids), len(page.courses))
        self._show_emptiness()
        self._show_chosen()
        self.shown.emit()

    def _show_ids(self, page: MatrixPage, ids: Sequence[int]) -> None:
        self.model.set_ids(ids)
        self.grid.corner.show_numbers(len(ids), len(page.courses))
        self._show_emptiness()

    def _ask_rows(self, ids: Sequence[int]) -> None:
        if self.page is not None:
            then = partial(self._take_rows, self.page.asked, ids)
            self._desk.read(self, load_rows, ids, self.page.asked, self.page.courses, then=then, lane="rows")

    def _take_rows(self, asked: MatrixAsked, ids: Sequence[int], rows: Sequence[MatrixRow]) -> None:
        if asked == self.asked:
            self.model.add_rows(rows, ids)
            self.grid.viewport().update()
            self.grid.names.viewport().update()
            self.grid.look_for_rows()

    def _show_emptiness(self) -> None:
        is_empty = not (self.model.ids and self.model.courses)
        self._stack.setCurrentWidget(self.empty if is_empty else self.grid)
        if not is_empty:
            return
        if self.model.courses and self.filters.only_lacking():
            self.empty.say(_("Nobody lacks anything on that day."), (_("Show everybody"), self.filters.clear_all))
        elif self.filters.is_on():
            self.empty.say(_("Nobody matches."), (_("Clear the filters"), self.filters.clear_all))
        else:
            self.empty.say(
                _("Nothing is asked of anybody yet. Say who must hold which course on the page Requirements.")
            )

    def _show_chosen(self) -> None:
        chosen, asked = self.grid.chosen(), self.asked
        titles = tuple(self.model.courses[column].title for column in chosen.columns)
        note = "" if asked is None else as_of_text(asked.day, asked.today)
        self.foot.show_chosen(chosen.people, titles, note, may_add=self.may_add())

    def may_add(self) -> bool:
        """Whether people may be added from what is on show: not by what was asked on a day that is past."""
        asked = self.asked
        return asked is not None and asked.day >= asked.today and self._desk.may(enroll)

    def _do(self, what: str) -> None:
        if what == "copy":
            self.grid.copy_chosen()
        else:
            self.add_wanted.emit(self.foot.add.mapToGlobal(QPoint(0, 0)))

    def _hue(self, course_id: int) -> int:
        directory = self._directory()
        course = None if directory is None else directory.courses.get(course_id)
        return 0 if course is None else course.hue

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*COMPLIANCE_TABLES):
            self.reload()
