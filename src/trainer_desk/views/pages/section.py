"""One section of a page: a heading, and a table that is as tall as its rows; Enter or a double click follows a row."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.pages.content import Link, Section
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.cell_painter import paint_cells
from trainer_desk.views.parts.column_widths import ColumnWidths
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_model import RowModel
from trainer_desk.views.theme import look

FIRST = 8
"""Rows that show before a section is unfolded."""
ROW_HEIGHT, FRAME = 34, 4
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SectionTable(QTableView):
    """Never scrolls up and down by itself: the page does. Rows with a link emit `followed` with their number."""

    followed = Signal(int)
    reached = Signal(QRect)
    """The rectangle of the row that the cursor came to, inside this table."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.lines = RowModel(section.columns)
        self.setModel(self.lines)
        self.setAccessibleName(section.title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        paint_cells(self, section.columns)
        self._widths = ColumnWidths(self, self.lines)
        self.doubleClicked.connect(lambda index: self.followed.emit(index.row()))
        self.horizontalScrollBar().rangeChanged.connect(lambda *_range: self._fit())
        look().changed.connect(self._fit)

    def show_rows(self, rows: list[tuple[object, ...]]) -> None:
        """Show these rows; the cursor stays on its row."""
        row = self.currentIndex().row()
        self.lines.set_rows(rows)
        if 0 <= row < len(rows):
            self.setCurrentIndex(self.lines.index(row, 0))
        self._widths.fit()
        self._fit()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell the page what to bring into view."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.reached.emit(self.visualRect(current).translated(self.viewport().pos()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first row when one comes by Tab and none was current."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the row with Enter."""
        if event.key() in ENTER and not event.modifiers() and self.currentIndex().isValid():
            self.followed.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, unless it goes sideways."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Fit the columns to the font, which is known once the style is there."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.FontChange):
            self._widths.fit()
            self._fit()
        return done

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().px(ROW_HEIGHT))
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        rows = self.lines.rowCount() * look().px(ROW_HEIGHT)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + FRAME + below)


class SectionView(QWidget):
    """`link_wanted` carries the Link of the row that was followed, `reached` a rectangle inside this section."""

    link_wanted = Signal(object)
    reached = Signal(QRect)
    action_wanted = Signal(str)
    """The button beside the heading was pressed: the id of this section."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section, self._unfolded = section, False
        self.head = PlainLabel("", "h3")
        self.count = PlainLabel("", "count")
        self.table = SectionTable(section)
        self.empty = PlainLabel("", "muted", wrap=True)
        self.more = Button("", kind="small")
        self.action = Button(section.action, "plus", "small")
        self._lay_out()
        self.more.clicked.connect(self._unfold)
        self.action.clicked.connect(lambda: self.action_wanted.emit(self.section.id))
        self.table.followed.connect(self._follow)
        self.table.reached.connect(self._reach)
        self.show_section(section)

    def fits(self, section: Section) -> bool:
        """Whether that section has the same columns, so that it can be shown here."""
        names = [column.id for column in section.columns]
        return section.id == self.section.id and names == [column.id for column in self.section.columns]

    def show_section(self, section: Section) -> None:
        """Show other rows of the same columns."""
        self.section = section
        self.table.lines.use_marks(section.columns)
        self.head.setText(section.title)
        self.table.setAccessibleName(section.title)
        count = len(section.lines)
        self.count.setText(f"{count:,}")
        self.count.setVisible(bool(count) and section.counted)
        shown = section.lines if self._unfolded else section.lines[:FIRST]
        self.table.show_rows([(place, *line.cells) for place, line in enumerate(shown)])
        self.table.setVisible(bool(count))
        self.empty.setText(section.empty)
        self.empty.setVisible(not count)
        self.more.setVisible(count > FIRST)
        words = _("Show fewer") if self._unfolded else plural("Show all {n}", "Show all {n}", count)
        self.more.set_words(words)
        self.more.setAccessibleName(f"{section.title}: {words}")

    def offer_action(self, offered: bool) -> None:
        """Show the button beside the heading, if the section has one."""
        self.action.setVisible(offered and bool(self.section.action))

    def links(self) -> list[Link | None]:
        """Return where each row leads."""
        return [line.link for line in self.section.lines]

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self.show_section(self.section)

    def _follow(self, row: int) -> None:
        link = self.section.lines[row].link
        if link is not None:
            self.link_wanted.emit(link)

    def _reach(self, area: QRect) -> None:
        self.reached.emit(area.translated(self.table.pos()))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.head)
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self.action)
        self.action.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.table)
        column.addWidget(self.empty)
        column.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeft)
