"""Edits a cell of a list in its place: F2, Enter saves, Esc leaves, Tab goes on to the next one (ux 4.8)."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QRect, Slot
from PySide6.QtWidgets import QApplication, QWidget

from trainer_desk.services.errors import DeskError, NotFound
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.workload import trainer_minutes
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.load import LoadMinutes
from trainer_desk.services.rules.times import iso_week_bounds
from trainer_desk.services.rules.transitions import require_editable
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.wall_clock import Unreadable
from trainer_desk.views.schedule.cell_choice import ChoiceEditor
from trainer_desk.views.schedule.cell_editors import Cell, CellEditor, DayEditor, TimeEditor
from trainer_desk.views.schedule.cell_saving import CellSaving
from trainer_desk.views.schedule.session_table import SessionTable
from trainer_desk.views.theme import look

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("starts_at",),
    "time": ("ends_at",),
    "trainer": ("trainer_id",),
    "venue": ("venue_id",),
}
"""The columns that can be edited, each with the field that its session's state must leave open."""


class CellEditing(QObject):
    """At most one editor at a time, over the cell of a session; it follows its row, and closes if that goes away."""

    def __init__(
        self, table: SessionTable, desk: Desk, saving: CellSaving, in_trash: Callable[[], bool] = lambda: False
    ) -> None:
        super().__init__(table)
        self._table, self._desk, self._saver, self._in_trash = table, desk, saving, in_trash
        self._next: tuple[int, str] | None = None
        self._saving: set[int] = set()
        self.editor: CellEditor | None = None
        self.column = ""
        bind(table.table, {"edit_here": self.edit_current})
        table.filled.connect(self._follow)
        view = table.table
        for moved in (view.verticalScrollBar().valueChanged, view.horizontalScrollBar().valueChanged):
            moved.connect(self._place)
        view.horizontalHeader().sectionResized.connect(self._place)
        view.horizontalHeader().sectionMoved.connect(self._place)
        look().changed.connect(self._place)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def edit_current(self) -> None:
        """Edit the cell with the cursor, or the day where that column cannot be edited."""
        index = self._table.table.currentIndex()
        if index.isValid() and self.editor is None:
            column = self._table.model.columns[index.column()].id
            key = self._table.model.key(index.row())
            assert isinstance(key, int)
            self.edit(key, column if column in COLUMNS else "day")

    def offer(self, session_id: int) -> Callable[[], object] | None:
        """Return what edits the cell with the cursor, for the menu of this session; None if that is another one."""
        table = self._table.table
        if not self._desk.may(edit_session):
            return None
        return self.edit_current if table.hasFocus() and self._table.current_key() == session_id else None

    def edit(self, session_id: int, column: str) -> None:
        """Open the editor of a cell; a draft without a date gets its day first. Says why it cannot be edited."""
        cell = self._cell(session_id)
        if cell is None or not self._desk.may(edit_session):
            return
        if session_id in self._saving and self._desk.is_busy:
            self._next = (session_id, column)  # once the row shows what was just saved
            return
        if column == "time" and cell.card.starts_at is None:
            column = "day"
        try:
            self._require(cell.card, column)
        except DeskError as error:
            self._saver.refuse(cell.card, error, cell.directory)
            return
        self.column = column
        self.editor = make_editor(column, self._table.table.viewport(), cell)
        self.editor.entered.connect(self._enter)
        self.editor.left.connect(self._leave)
        self._place()
        self.editor.show()
        self.editor.begin()
        if isinstance(self.editor, ChoiceEditor):
            self.editor.unmatched.connect(self._say_unmatched)
            self._ask_loads(self.editor)

    def _cell(self, session_id: int) -> Cell | None:
        card, shown = self._table.card(session_id), self._table.shown
        return None if card is None or shown is None else Cell(card, *shown)

    def _require(self, card: SessionCard, column: str) -> None:
        if self._in_trash():
            raise NotFound(kind="session", key=card.ref, why="in_trash")
        require_editable(card.status, COLUMNS[column], ref=card.ref)

    def _ask_loads(self, editor: ChoiceEditor) -> None:
        """Ask for the hours of the session's week; the names are there at once."""
        if editor.column != "trainer":
            return
        cell = editor.cell
        week = iso_week_bounds(cell.card.starts_at or cell.now, cell.directory.settings.zone)
        self._desk.read(editor, trainer_minutes, *week, then=self._learn, lane="loads")

    def _learn(self, loads: Mapping[int, LoadMinutes]) -> None:
        if self.editor is not None:
            self.editor.learn(loads)
            self._place()

    @Slot(int)
    def _enter(self, step: int) -> None:
        """Save with Enter or Tab; what cannot be read stays open with its reason."""
        editor = self.editor
        if editor is None:
            return
        try:
            fields = dict(editor.fields())
        except Unreadable as reason:
            self._saver.refuse_value(str(reason))
            editor.begin()
            return
        following = self._following(editor.cell.card.id, step)
        self._close(focus=True)
        if not self._save(editor.cell, fields, following) and following is not None:
            self.edit(*following)

    @Slot()
    def _leave(self) -> None:
        self._close(focus=True)

    def _save(self, cell: Cell, fields: Mapping[str, object], following: tuple[int, str] | None) -> bool:
        """Write what differs from what stood there when the edit began; return whether anything does."""
        card = cell.card
        if all(getattr(card, name) == value for name, value in fields.items()):
            return False

        def go_on() -> None:
            self._next = following or self._next

        self._saving.add(card.id)
        self._saver.save(card, fields, cell.directory, then=go_on, refused=self._open_next)
        return True

    def _following(self, session_id: int, step: int) -> tuple[int, str] | None:
        """Return the next cell that can be edited in the same row, None at its end."""
        columns, view = self._table.model.columns, self._table.table
        places = sorted(range(len(columns)), key=view.horizontalHeader().visualIndex)
        visible = [columns[place].id for place in places if not view.isColumnHidden(place)]
        shown = [column for column in visible if column in COLUMNS]
        place = shown.index(self.column) + step if step and self.column in shown else -1
        return (session_id, shown[place]) if 0 <= place < len(shown) else None

    def _close(self, *, focus: bool) -> None:
        editor, self.editor = self.editor, None
        if editor is None:
            return
        if focus:
            self._stand_on(self._index(editor.cell.card.id, self.column))
            self._table.table.setFocus()
        editor.hide()
        editor.deleteLater()

    def _stand_on(self, index: QModelIndex) -> None:
        if index.isValid():
            selection = self._table.table.selectionModel()
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _index(self, session_id: int, column: str) -> QModelIndex:
        keys = self._table.model.keys()
        if session_id not in keys:
            return QModelIndex()
        place = next(place for place, each in enumerate(self._table.model.columns) if each.id == column)
        return self._table.model.index(keys.index(session_id), place)

    @Slot()
    def _follow(self) -> None:
        """Stay with the row when the list was filled anew, and open the cell that Tab asked for."""
        if self.editor is not None:
            if self._index(self.editor.cell.card.id, self.column).isValid():
                self._place()
            else:
                self._close(focus=True)
            return
        self._open_next()

    def _open_next(self) -> None:
        self._saving.clear()
        following, self._next = self._next, None
        if following is not None and self._table.table.hasFocus():
            self.edit(*following)

    @Slot()
    def _place(self) -> None:
        if self.editor is None:
            return
        view = self._table.table
        index = self._index(self.editor.cell.card.id, self.column)
        if not index.isValid():
            return
        if self.editor.isHidden():
            view.scrollTo(index)
        cell = view.visualRect(index)
        width = min(max(cell.width(), self.editor.width_needed()), view.viewport().width())
        left = max(0, min(cell.left(), view.viewport().width() - width))
        self.editor.setGeometry(QRect(left, cell.top(), width, cell.height()))

    @Slot("QWidget*", "QWidget*")
    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Save when the user goes elsewhere in the window; another program or a list of the field is not elsewhere."""
        editor = self.editor
        if editor is None or now is None or QApplication.activePopupWidget() is not None or _is_in(now, editor):
            return
        try:
            fields = dict(editor.fields())
        except Unreadable as reason:
            self._saver.refuse_value(str(reason))
            fields = {}
        self._close(focus=False)
        self._save(editor.cell, fields, None)

    @Slot(str)
    def _say_unmatched(self, typed: str) -> None:
        said = _("“{typed}” matches none of the list, or several. Type more of the name, or choose with the arrows.")
        self._saver.refuse_value(said.format(typed=typed))


def make_editor(column: str, viewport: QWidget, cell: Cell) -> CellEditor:
    """Return the editor of a column; raises KeyError for one that has none."""
    if column in ("trainer", "venue"):
        return ChoiceEditor(viewport, cell, column)
    makers: dict[str, type[CellEditor]] = {"day": DayEditor, "time": TimeEditor}
    return makers[column](viewport, cell)


def _is_in(widget: QWidget, editor: QWidget) -> bool:
    """Whether a widget belongs to the editor, its lists and calendars included, which are windows of their own."""
    above: QWidget | None = widget
    while above is not None and above is not editor:
        above = above.parentWidget()
    return above is editor
