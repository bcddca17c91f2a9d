"""The chart and its numbers side by side; one above the other where the window is narrow (D2)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from trainer_desk.services.rows.reports import Report
from trainer_desk.texts.reports import left_out_text, title_of
from trainer_desk.texts.translate import _
from trainer_desk.views.charts.chart import Chart
from trainer_desk.views.charts.figure import figure_of
from trainer_desk.views.charts.numbers import columns_of, rows_of
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.theme import look

NARROW = 820
"""Below so many pixels at 100 % text size the numbers stand under the chart."""


class Sides(QWidget):
    """Shows a report; the table is made anew where another report has other columns."""

    def __init__(self) -> None:
        super().__init__()
        self.chart, self.left_out = Chart(), PlainLabel("", "small")
        self.table: RowTable | None = None
        area = QScrollArea()
        area.setWidget(self._chart_and_note())
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(24)
        self._row.addWidget(area, 4)

    def show_report(self, report: Report) -> None:
        """Paint a report and list its numbers."""
        figure, title = figure_of(report), title_of(report.name)
        self.chart.show_figure(figure, title)
        self.left_out.setText(left_out_text(figure.left_out) if figure.left_out else "")
        self.left_out.setVisible(bool(figure.left_out))
        columns = tuple(columns_of(report))
        if self.table is None or self.table.model.columns != columns:
            self._make_table(columns)
        assert self.table is not None
        self.table.set_rows(rows_of(report))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers under the chart where there is no room beside it."""
        super().resizeEvent(event)
        is_narrow, way = event.size().width() < look().px(NARROW), QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def _chart_and_note(self) -> QWidget:
        whole = QWidget()
        whole.setObjectName("Page")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.chart, 1)
        column.addWidget(self.left_out)
        return whole

    def _make_table(self, columns: tuple[Column, ...]) -> None:
        if self.table is not None:
            self._row.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self.table = RowTable(columns, _("Numbers"))
        for part in (self.table.search, self.table.columns_button):
            part.hide()
        self.table.bar.setContentsMargins(10, 0, 0, 4)
        self.table.setMinimumWidth(look().px(300))
        self._row.addWidget(self.table, 3)
