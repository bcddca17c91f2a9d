"""All sessions as a table: coming, drafts, go / no-go, past, cancelled and trash, between two days (V3, S7, S10)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.scheduling import restore_session
from trainer_desk.services.planning.drafts import create_draft
from trainer_desk.services.planning.shelves import Shelf, ShelfPage, load_shelf
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind, use_keys
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.list_sheet import ListSheet
from trainer_desk.views.export.shown_rows import listing_of
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button, leave_focus
from trainer_desk.views.parts.date_field import DateField
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.schedule.allowed import allow_buttons, allow_keys
from trainer_desk.views.schedule.board_source import BOARD_TABLES, DIRECTORY_TABLES, BoardSource
from trainer_desk.views.schedule.cell_editing import CellEditing
from trainer_desk.views.schedule.cell_saving import CellSaving
from trainer_desk.views.schedule.possible import possible
from trainer_desk.views.schedule.selection_bar import RestoreBar, SelectionBar
from trainer_desk.views.schedule.session_actions import SessionActions
from trainer_desk.views.schedule.session_menu import KEYS, session_menu, trash_menu
from trainer_desk.views.schedule.session_table import SessionTable
from trainer_desk.views.sessions.decision_bar import DecisionBar
from trainer_desk.views.sessions.undecided_table import UndecidedTable
from trainer_desk.views.theme import look

STATE, UNDECIDED_STATE = "sessions/table", "sessions/undecided"


def shelf_words() -> tuple[tuple[str, str], ...]:
    """Return id and word of each shelf."""
    return (
        (Shelf.COMING, _("Coming")),
        (Shelf.DRAFTS, _("Drafts")),
        (Shelf.UNDECIDED, _("Go / no-go")),
        (Shelf.PAST, _("Past")),
        (Shelf.CANCELLED, _("Cancelled")),
        (Shelf.TRASH, _("Trash")),
    )


class SessionsPage(QWidget):
    """`bar` stands over it; names come from the schedule's source."""

    panel_wanted = Signal(int, str)
    session_chosen = Signal(object)
    new_wanted = Signal()
    past_wanted = Signal()
    """A session that was held already is to be recorded."""
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
        self.table, self.undecided = SessionTable(_("Sessions")), UndecidedTable()
        self.foot, self.decision = SelectionBar(), DecisionBar()
        self.actions_of = SessionActions(desk, toasts, self, self._cards.get, lambda: source.directory, clock)
        self.editing = CellEditing(
            self.table, desk, CellSaving(desk, toasts, self.actions_of), lambda: self.shelf is Shelf.TRASH
        )
        self.bar = self._make_bar()
        self._lay_out()
        self._connect()
        handlers: dict[str, Callable[[], object]] = {name: partial(self.act, name) for name in KEYS}
        self.keys: dict[str, QAction] = bind(self, {**handlers, "search": lambda: self.on_show.search.setFocus()})

    @property
    def on_show(self) -> SessionTable:
        """The table that is on show: what may not fill has columns of its own."""
        return self.undecided if self.shelf is Shelf.UNDECIDED else self.table

    def show_shelf(self, shelf: Shelf) -> None:
        """Show another list."""
        self.shelf = shelf
        self.segment.choose(shelf)
        self.places.setVisible(shelf is Shelf.COMING)
        self._tables.setCurrentWidget(self.on_show)
        self._chosen(self.on_show.selected_ids())
        self.reload()

    def reload(self) -> None:
        """Ask again, at once if the page is on show, else when it is shown next."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._desk.read(
            self,
            load_shelf,
            self._asked_for(),
            now=self._clock(),
            first=self.first.value,
            last=self.last.value,
            then=self._take,
            failed=self._fail,
            lane="shelf",
        )

    def _asked_for(self) -> Shelf:
        """Return the list that is wanted: of what is coming perhaps only what has a free place (R6)."""
        wants_places = self.shelf is Shelf.COMING and self.places.isChecked()
        return Shelf.AVAILABLE if wants_places else self.shelf

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the table, and load what changed while the page was hidden."""
        self.on_show.table.setFocus()
        if self._stale:
            self.reload()

    def set_single_keys(self, on: bool) -> None:
        """Switch the keys of one character on or off."""
        use_keys(self.keys, single_keys=on)

    def follow_role(self) -> None:
        """Take away what whoever works here may not do."""
        allow_keys(self._desk, self.keys)
        for bar in (self.foot, self.decision):
            allow_buttons(self._desk, bar.buttons)
        self.reload()

    def act(self, name: str, session_ids: Sequence[int] | None = None) -> None:
        """Carry out an action on the selected sessions, or on these."""
        ids = list(session_ids if session_ids is not None else self.on_show.selected_ids())
        if self.shelf is Shelf.TRASH:
            if not self._desk.may(restore_session):
                return
            name = "restore" if name in ("restore", "schedule", "remove") else ""
        if name == "cancel":
            self.actions_of.cancel(ids)
        elif name:
            self.actions_of.act(name, ids)

    def _take(self, page: ShelfPage) -> None:
        directory = self._source.directory
        if directory is None:
            self._stale = True
            return
        self._cards.clear()
        self._cards.update({card.id: card for card in page.cards})
        self._say_empty()
        self.on_show.show_cards(page.cards, directory, self._clock())
        if page.total > len(page.cards):
            said = _("The first {n} of {total} sessions. Set the days to see others.")
            self.on_show.count.setText(said.format(n=len(page.cards), total=page.total))

    def _say_empty(self) -> None:
        said = {
            Shelf.COMING: _("No session is coming."),
            Shelf.AVAILABLE: _("No coming session has a free place."),
            Shelf.DRAFTS: _("There are no drafts."),
            Shelf.UNDECIDED: _("Every session to come has the people it needs."),
            Shelf.PAST: _("No session has ended yet."),
            Shelf.CANCELLED: _("No session is cancelled."),
            Shelf.TRASH: _("The trash is empty."),
        }[self._asked_for()]
        if self._asked_for() is Shelf.AVAILABLE:
            self.table.set_empty(said, (_("Show all that is coming"), lambda: self.places.setChecked(False)))
        elif self.first.value or self.last.value:
            self.on_show.set_empty(_("No session in these days."), (_("Show all days"), self._clear_days))
        elif self.shelf in (Shelf.COMING, Shelf.DRAFTS) and self._desk.may(create_draft):
            self.table.set_empty(said, (_("New session"), self.new_wanted.emit))
        elif self.shelf is Shelf.PAST and self.past.isVisibleTo(self.table):
            self.table.set_empty(said, (_("Record a past session…"), self.past_wanted.emit))
        else:
            self.on_show.set_empty(said)

    def _clear_days(self) -> None:
        self.first.set_value(None)
        self.last.set_value(None)
        self.reload()

    def _fail(self, error: DeskError) -> None:
        zone = self._source.directory.settings.zone if self._source.directory else None
        self._toasts.show(error_text(error, zone), "block", _("Try again"), self.reload)

    def _chosen(self, session_ids: list[int]) -> None:
        is_undecided = self.shelf is Shelf.UNDECIDED
        self.decision.show_count(len(session_ids) if is_undecided else 0)
        self.foot.show_count(0 if is_undecided or self.shelf is Shelf.TRASH else len(session_ids))
        in_trash = self.shelf is Shelf.TRASH and bool(session_ids)
        self.restore.setVisible(in_trash and self._desk.may(restore_session))
        if self.shelf is not Shelf.TRASH:
            self.session_chosen.emit(session_ids[0] if len(session_ids) == 1 else None)

    def _open(self, session_id: int, _first_empty: bool) -> None:
        if self.shelf is not Shelf.TRASH:
            self.panel_wanted.emit(session_id, "title")

    def _ask_menu(self, session_id: int, at: QPoint) -> None:
        ids = self.on_show.selected_ids()
        cards = [self._cards[key] for key in ids if key in self._cards]
        if self.shelf is Shelf.TRASH and not self._desk.may(restore_session):
            return
        if self.shelf is Shelf.TRASH:
            trash_menu(self, lambda name: self.act(name, ids)).popup(at)
        elif cards:
            edit = self.editing.offer(session_id) if self.on_show is self.table else None
            can = possible(self._desk, cards, self._clock())
            menu = session_menu(self, cards, lambda name: self.act(name, ids), can, edit)
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
        self.past = Button(_("Record a past session…"), "history")
        self.past.clicked.connect(self.past_wanted)
        self.export = Button(_("Export…"), "file-down")
        self.export.clicked.connect(self._save_list)
        self.table.bar.insertWidget(self.table.bar.count() - 1, self.export)
        self.table.bar.insertWidget(self.table.bar.count() - 1, self.past)
        self.places = Button(_("With places"), "circle-check", "chip", on_token="accent", size=14)
        self.places.setCheckable(True)
        self.table.bar.insertWidget(1, self.places)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._tables = QStackedWidget()
        for table, state in ((self.table, STATE), (self.undecided, UNDECIDED_STATE)):
            self._tables.addWidget(table)
            remembered = self._memory.get(state, {})
            if remembered:
                table.restore(remembered)
        column.addWidget(self._tables, 1)
        for bar in (self.foot, self.decision, self.restore):
            column.addWidget(bar)

    def _save_list(self) -> None:
        listing = listing_of(self.on_show, "sessions_page", _("Sessions"))
        ListSheet(self, self._desk, self._memory, self._toasts, listing).open()

    def _connect(self) -> None:
        self.segment.chosen.connect(lambda shelf: self.show_shelf(Shelf(shelf)))
        self.places.toggled.connect(lambda _on: self.reload())
        self.first.changed.connect(lambda _day: self.reload())
        self.last.changed.connect(lambda _day: self.reload())
        for table, state in ((self.table, STATE), (self.undecided, UNDECIDED_STATE)):
            self._connect_table(table, state)
        self.actions_of.opened.connect(self.panel_wanted)
        self.foot.wanted.connect(self.act)
        self.foot.cleared.connect(self.table.table.clearSelection)
        self.decision.wanted.connect(self.act)
        self.restore.button.clicked.connect(lambda: self.act("restore"))
        self._desk.changed.connect(
            lambda changes: self.reload() if changes.touch(*BOARD_TABLES, *DIRECTORY_TABLES) else None
        )
        self._source.directory_changed.connect(self._directory_changed)

    def _connect_table(self, table: SessionTable, state: str) -> None:
        table.open_requested.connect(self._open)
        table.ids_chosen.connect(self._chosen)
        table.copied.connect(self.actions_of.tell_copied)
        table.context_menu_requested.connect(self._ask_menu)
        table.columns_changed.connect(lambda: self._memory.put(state, table.state()))
        table.sort_changed.connect(lambda *_sort: self._memory.put(state, table.state()))
