"""All sessions as a table: coming, drafts, past, cancelled and the trash, between two days (V3, S7)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.planning.shelves import Shelf, ShelfPage, load_shelf
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind, use_keys
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import leave_focus
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule.board_source import BOARD_TABLES, DIRECTORY_TABLES, BoardSource
from trainer_desk.views.schedule.cell_editing import CellEditing
from trainer_desk.views.schedule.cell_saving import CellSaving
from trainer_desk.views.schedule.selection_bar import RestoreBar, SelectionBar
from trainer_desk.views.schedule.session_actions import SessionActions
from trainer_desk.views.schedule.session_menu import session_menu, trash_menu
from trainer_desk.views.schedule.session_table import SessionTable
from trainer_desk.views.theme import look

STATE = "sessions/table"


def shelf_words() -> tuple[tuple[str, str], ...]:
    """Return id and word of each shelf."""
    return (
        (Shelf.COMING, _("Coming")),
        (Shelf.DRAFTS, _("Drafts")),
        (Shelf.PAST, _("Past")),
        (Shelf.CANCELLED, _("Cancelled")),
        (Shelf.TRASH, _("Trash")),
    )


class SessionsPage(QWidget):
    """`bar` stands over it; names come from the schedule's source."""

    panel_wanted = Signal(int, str)
    session_chosen = Signal(object)
    new_wanted = Signal()
    calendar_wanted = Signal(int, object)
    """A session is to be shown in the calendar, and its day."""

    def __init__(
        self, desk: Desk, memory: Memory, toasts: Toasts, clock: Callable[[], datetime], source: BoardSource
    ) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(_("Sessions"))
        self._desk, self._memory, self._toasts, self._clock, self._source = desk, memory, toasts, clock, source
        self._cards: dict[int, SessionCard] = {}
        self._stale = True
        self.shelf = Shelf.COMING
        self.table = SessionTable(_("Sessions"))
        self.foot = SelectionBar()
        self.actions_of = SessionActions(desk, toasts, self, self._cards.get, lambda: source.directory)
        self.editing = CellEditing(
            self.table, desk, CellSaving(desk, toasts, self.actions_of), lambda: self.shelf is Shelf.TRASH
        )
        self.bar = self._make_bar()
        self._lay_out()
        self._connect()
        names = ("schedule", "add_people", "export_roster", "duplicate", "remove")
        handlers: dict[str, Callable[[], object]] = {name: partial(self.act, name) for name in names}
        self.keys: dict[str, QAction] = bind(self, {**handlers, "search": self.table.search.setFocus})

    def show_shelf(self, shelf: Shelf) -> None:
        """Show another list."""
        self.shelf = shelf
        self.segment.choose(shelf)
        self.reload()

    def reload(self) -> None:
        """Ask again, at once if the page is on show, else when it is shown next."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._desk.read(
            self,
            load_shelf,
            self.shelf,
            now=self._clock(),
            first=self.first.value,
            last=self.last.value,
            then=self._take,
            failed=self._fail,
            lane="shelf",
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the table, and load what changed while the page was hidden."""
        self.table.table.setFocus()
        if self._stale:
            self.reload()

    def set_single_keys(self, on: bool) -> None:
        """Switch the keys of one character on or off."""
        use_keys(self.keys, single_keys=on)

    def act(self, name: str, session_ids: Sequence[int] | None = None) -> None:
        """Carry out an action on the selected sessions, or on these."""
        ids = list(session_ids if session_ids is not None else self.table.selected_ids())
        if self.shelf is Shelf.TRASH:
            name = "restore" if name in ("restore", "schedule", "remove") else ""
        if name:
            self.actions_of.act(name, ids)

    def _take(self, page: ShelfPage) -> None:
        directory = self._source.directory
        if directory is None:
            self._stale = True
            return
        self._cards.clear()
        self._cards.update({card.id: card for card in page.cards})
        self._say_empty()
        self.table.show_cards(page.cards, directory, self._clock())
        if page.total > len(page.cards):
            said = _("The first {n} of {total} sessions. Set the days to see others.")
            self.table.count.setText(said.format(n=len(page.cards), total=page.total))

    def _say_empty(self) -> None:
        said = {
            Shelf.COMING: _("No session is coming."),
            Shelf.DRAFTS: _("There are no drafts."),
            Shelf.PAST: _("No session has ended yet."),
            Shelf.CANCELLED: _("No session is cancelled."),
            Shelf.TRASH: _("The trash is empty."),
        }[self.shelf]
        if self.first.value or self.last.value:
            self.table.set_empty(_("No session in these days."), (_("Show all days"), self._clear_days))
        elif self.shelf in (Shelf.COMING, Shelf.DRAFTS):
            self.table.set_empty(said, (_("New session"), self.new_wanted.emit))
        else:
            self.table.set_empty(said)

    def _clear_days(self) -> None:
        self.first.set_value(None)
        self.last.set_value(None)
        self.reload()

    def _fail(self, error: DeskError) -> None:
        zone = self._source.directory.settings.zone if self._source.directory else None
        self._toasts.show(error_text(error, zone), "block", _("Try again"), self.reload)

    def _chosen(self, session_ids: list[int]) -> None:
        self.foot.show_count(len(session_ids) if self.shelf is not Shelf.TRASH else 0)
        self.restore.setVisible(self.shelf is Shelf.TRASH and bool(session_ids))
        if self.shelf is not Shelf.TRASH:
            self.session_chosen.emit(session_ids[0] if len(session_ids) == 1 else None)

    def _open(self, session_id: int, _first_empty: bool) -> None:
        if self.shelf is not Shelf.TRASH:
            self.panel_wanted.emit(session_id, "title")

    def _ask_menu(self, session_id: int, at: QPoint) -> None:
        ids = self.table.selected_ids()
        cards = [self._cards[key] for key in ids if key in self._cards]
        if self.shelf is Shelf.TRASH:
            trash_menu(self, lambda name: self.act(name, ids)).popup(at)
        elif cards:
            edit = self.editing.offer(session_id)
            menu = session_menu(self, cards, lambda name: self.act(name, ids), edit)
            if len(cards) == 1 and cards[0].starts_at is not None:
                self._offer_calendar(menu, cards[0].id, cards[0].starts_at)
            menu.popup(at)

    def _offer_calendar(self, menu: Menu, session_id: int, starts_at: datetime) -> None:
        show = QAction(look().icon("calendar-days"), _("Show in the calendar"), menu)
        day = self._source.zone_now(starts_at).date()
        show.triggered.connect(lambda: self.calendar_wanted.emit(session_id, day))
        menu.insertAction(menu.actions()[1], show)

    def _directory_changed(self, _directory: Directory) -> None:
        self.reload()

    def _today(self) -> date:
        return self._source.zone_now(self._clock()).date()

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        bar.setAccessibleName(_("Sessions"))
        self.segment = Segment(shelf_words(), _("Which sessions"))
        for button in self.segment.buttons.values():
            leave_focus(button)
        self.segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.first, self.last = DateField(_("From"), self._today), DateField(_("To"), self._today)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(_("Sessions"), "h2"))
        row.addStretch()
        row.addWidget(self.segment)
        for name, field in ((_("From"), self.first), (_("To"), self.last)):
            label = PlainLabel(name, "field")
            label.setBuddy(field)
            field.setFixedWidth(138)
            row.addWidget(label)
            row.addWidget(field)
        return bar

    def _lay_out(self) -> None:
        self.restore = RestoreBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        column.addWidget(self.restore)
        remembered = self._memory.get(STATE, {})
        if remembered:
            self.table.restore(remembered)

    def _connect(self) -> None:
        table = self.table
        self.segment.chosen.connect(lambda shelf: self.show_shelf(Shelf(shelf)))
        self.first.changed.connect(lambda _day: self.reload())
        self.last.changed.connect(lambda _day: self.reload())
        table.open_requested.connect(self._open)
        table.ids_chosen.connect(self._chosen)
        table.copied.connect(self.actions_of.tell_copied)
        table.context_menu_requested.connect(self._ask_menu)
        table.columns_changed.connect(lambda: self._memory.put(STATE, table.state()))
        table.sort_changed.connect(lambda *_sort: self._memory.put(STATE, table.state()))
        self.actions_of.opened.connect(self.panel_wanted)
        self.foot.wanted.connect(self.act)
        self.foot.cleared.connect(table.table.clearSelection)
        self.restore.button.clicked.connect(lambda: self.act("restore"))
        self._desk.changed.connect(
            lambda changes: self.reload() if changes.touch(*BOARD_TABLES, *DIRECTORY_TABLES) else None
        )
        self._source.directory_changed.connect(self._directory_changed)
