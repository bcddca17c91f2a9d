"""A table of sessions that sorts and searches what it was given: the list view and the page Sessions use it (V3)."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QSignalBlocker, Signal

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.row_model import Column, Row
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.schedule import session_rows


class SessionTable(RowTable):
    """Rows are cards; all choosing, opening and copying is by session id.

    `queued` narrows them to sessions for which people wait; it is there while there are any.
    """

    open_requested = Signal(int, bool)
    ids_chosen = Signal(list)
    context_menu_requested = Signal(int, QPoint)
    filled = Signal()
    """The rows on show are others."""

    def __init__(self, name: str, columns: Sequence[Column] = ()) -> None:
        super().__init__(columns or session_rows.columns(), name, search_hint=_("Search sessions"))
        self._cards: tuple[SessionCard, ...] = ()
        self._shown: tuple[Directory, datetime] | None = None
        self.queued = Button(_("With a waitlist"), "clock", "chip", on_token="accent", size=14)
        self.queued.setCheckable(True)
        self.queued.hide()
        self.bar.insertWidget(1, self.queued)
        self.queued.toggled.connect(lambda _on: self._fill())
        self.search_changed.connect(lambda _text: self._fill())
        self.sort_changed.connect(lambda _column, _down: self._fill())
        self.opened.connect(lambda key: self.open_requested.emit(key, True))
        self.selection_changed.connect(lambda keys: self.ids_chosen.emit(list(keys)))
        self.menu_wanted.connect(self._ask_menu)
        bind(self.table, {"copy_rows": self.copy_rows})

    def show_cards(self, cards: Sequence[SessionCard], directory: Directory, now: datetime) -> None:
        """Show these sessions; `now` (UTC) tells what is over."""
        self._cards, self._shown = tuple(cards), (directory, now)
        self._fill()

    def row_of(self, card: SessionCard, directory: Directory, now: datetime) -> Row:
        """Return the key and one text per column; a table with columns of its own overrides this."""
        return session_rows.row_of(card, directory, now)

    def in_order(self, cards: Sequence[SessionCard], directory: Directory, now: datetime) -> list[SessionCard]:
        """Return the sessions in the order in which they are shown."""
        return session_rows.in_order(cards, directory, now, self.sort())

    @property
    def shown(self) -> tuple[Directory, datetime] | None:
        """Names and time (UTC) of the rows on show, None before the first."""
        return self._shown

    def card(self, session_id: int) -> SessionCard | None:
        """Return a session of the list."""
        return next((card for card in self._cards if card.id == session_id), None)

    def selected_ids(self) -> list[int]:
        """Return the ids of the selected rows, or of the one with the cursor."""
        keys = self.selected_keys()
        return [key for key in keys if isinstance(key, int)]

    def select_ids(self, session_ids: Sequence[int]) -> None:
        """Select the rows of these sessions and scroll to the first."""
        self.table.clearSelection()
        keys = self.model.keys()
        rows = [keys.index(session_id) for session_id in session_ids if session_id in keys]
        self._select(list(session_ids), session_ids[0] if rows else None)
        if rows:
            self.table.scrollTo(self.model.index(rows[0], 0))

    def _fill(self) -> None:
        if self._shown is None:
            return
        directory, now = self._shown
        found = session_rows.matching(self._narrowed(), directory, self.search_text())
        self.set_rows([self.row_of(card, directory, now) for card in self.in_order(found, directory, now)])
        self.filled.emit()

    def _narrowed(self) -> tuple[SessionCard, ...]:
        waited_for = tuple(card for card in self._cards if card.waiting)
        self.queued.setVisible(bool(waited_for))
        if not waited_for:
            with QSignalBlocker(self.queued):
                self.queued.setChecked(False)
        return waited_for if self.queued.isChecked() else self._cards

    def _ask_menu(self, at: QPoint) -> None:
        ids = self.selected_ids()
        if ids:
            self.context_menu_requested.emit(ids[0], at)
