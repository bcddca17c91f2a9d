"""A list page of the catalogue: what is in use or retired, searched and ordered by the database's answer (N3, V3)."""

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import DeskError
from trainer_desk.services.rows.catalogue import Asked, Found, Thing
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.actions import bind
from trainer_desk.views.catalogue.design import Design
from trainer_desk.views.catalogue.facts import Surroundings, look_around
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.list_sheet import ListSheet
from trainer_desk.views.export.shown_rows import listing_of
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button, leave_focus
from trainer_desk.views.parts.menu import Menu
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_table import MOST_KEPT, RowTable
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.session.resource_combo import Choice, ResourceCombo

ACTIVE, RETIRED = "active", "retired"


def find_as_many(db: Any, find: Callable[[Any, Asked], Found], asked: Asked, rows: int) -> Found:
    """Return a list from its beginning on, with at least so many rows if there are as many."""
    found = find(db, asked)
    while found.after is not None and len(found.things) < rows:
        more = find(db, replace(asked, after=found.after))
        found = replace(found, things=(*found.things, *more.things), after=more.after)
    return found


class CataloguePage(QWidget):
    """`bar` stands over it. Keys of the table are the ids of the things."""

    thing_chosen = Signal(int)
    """A thing was selected alone: the panel shows it."""
    panel_wanted = Signal(int)
    """The panel is to show a thing and take the focus."""
    page_wanted = Signal(str, int)
    """The page of a thing of a kind is to be opened."""
    new_wanted = Signal()
    import_wanted = Signal(str)
    retire_wanted = Signal(str, int)
    deed_wanted = Signal(str, object)
    """One of the design's deeds is to be done with things of these ids."""

    def __init__(self, desk: Desk, design: Design, memory: Memory, toasts: Toasts, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName(design.words.title)
        self._desk, self.design, self._memory, self._toasts, self._today = desk, design, memory, toasts, today
        self.now: Callable[[], datetime] | None = None
        """What tells the instant (UTC) as of which the list counts what is still to come."""
        self._state = f"{design.kind}/table"
        self._stale = self._names_stale = True
        self._chosen: tuple[Hashable, ...] = ()
        self.things: dict[int, Thing] = {}
        self.asked = Asked()
        self._next: object = None
        self._may_retire = True
        self._deeds: Collection[str] = ()
        self.table = RowTable(design.columns, design.words.title, search_hint=design.words.search)
        self.bar = self._make_bar()
        self._lay_out()
        self._connect()
        self.keys: dict[str, QAction] = bind(self, {"search": lambda: self.table.search.setFocus()})

    def show_shelf(self, shelf: str) -> None:
        """Show what is in use (`active`) or `retired`."""
        self.segment.choose(shelf)
        self.asked = replace(self.asked, retired=shelf == RETIRED)
        self.reload()

    def reload(self, *, keep: bool = False) -> None:
        """Ask again, at once if the page is on show, else when it is shown next; `keep`: as far as one has scrolled."""
        self._stale = not self.isVisible()
        if not self._stale:
            self._next = None  # what continues the old list must not overtake the new one
            rows = min(self.table.model.rowCount(), MOST_KEPT) if keep else 0
            asked = (self.design.find, self._question(), rows)
            self._desk.read(self, find_as_many, *asked, then=self._take, failed=self._fail, lane="list")
            if self.design.chosen and self._names_stale:
                self._names_stale = False
                self._desk.read(self, look_around, self.design, then=self._offer, lane="filters")

    def allow(self, *, make: bool, bring: bool, retire: bool, deeds: Collection[str] = ()) -> None:
        """Show only what somebody's role may do."""
        self._may_retire, self._deeds = retire, deeds
        self.new.setVisible(make)
        self.bring.setVisible(bring)
        self._say_empty()

    def select(self, thing_id: int) -> None:
        """Select a thing that is in the list."""
        keys = self.table.model.keys()
        if thing_id in keys:
            self.table.table.selectRow(keys.index(thing_id))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the table, and load what changed while the page was hidden."""
        self.table.table.setFocus()
        if self._stale:
            self.reload(keep=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the panel with Space, retire with Del."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        keys = self.table.selected_keys()
        if event.key() == Qt.Key.Key_Space and len(keys) == 1:
            self.panel_wanted.emit(keys[0])
            return True
        if event.key() == Qt.Key.Key_Delete and len(keys) == 1 and self._offers_retiring:
            self.retire_wanted.emit(self.design.kind, keys[0])
            return True
        return False

    def _take(self, found: Found) -> None:
        self.things = {thing.id: thing for thing in found.things}
        self._next = found.after
        self._say_empty()
        rows = [(thing.id, *self.design.cells(thing)) for thing in found.things]
        self.table.set_rows(rows, total=found.total, more=found.after is not None)

    def _question(self) -> Asked:
        sort, descending = self.table.sort() or ("", False)
        text = self.table.search_text()
        at = self.now() if self.now is not None else None
        return replace(self.asked, search=text, sort=sort, descending=descending, day=self._today(), at=at)

    def _more(self) -> None:
        if self._next is None:
            return
        asked = replace(self._question(), after=self._next)
        self._desk.read(self, self.design.find, asked, then=self._append, failed=self._fail, lane="list")

    def _append(self, found: Found) -> None:
        self.things |= {thing.id: thing for thing in found.things}
        self._next = found.after
        rows = [(thing.id, *self.design.cells(thing)) for thing in found.things]
        self.table.append_rows(rows, more=found.after is not None)

    def _offer(self, around: Surroundings) -> None:
        for filtered, (_column, _title, names) in zip(self.filters.values(), self.design.chosen, strict=True):
            filtered.offer([Choice(each.code, each.name) for each in around.names[names]])

    def _choose(self, column: str, value: object) -> None:
        self.asked = replace(self.asked, chosen=dict(self.asked.chosen) | {column: str(value or "")})
        self.reload()

    def _clear_filters(self) -> None:
        for combo in self.filters.values():
            combo.set_value(None)
        self.asked = replace(self.asked, chosen={})
        self.reload()

    def _say_empty(self) -> None:
        words = self.design.words
        if any(self.asked.chosen.values()):
            self.table.set_empty(
                _("Nobody and nothing has all that is chosen."), (_("Clear filters"), self._clear_filters)
            )
        elif self.asked.retired:
            self.table.set_empty(words.none_retired)
        else:
            make, bring = self.new.isVisibleTo(self.bar), self.bring.isVisibleTo(self.bar)
            choices = [(words.new, self.new_wanted.emit)] if make else []
            choices += [(_("Import…"), partial(self.import_wanted.emit, self.design.kind))] if bring else []
            self.table.set_empty(words.empty, *choices)

    @property
    def _offers_retiring(self) -> bool:
        return self._may_retire and not self.asked.retired

    def _fail(self, error: DeskError) -> None:
        self._toasts.show(error_text(error), "block", _("Try again"), self.reload)

    def _select(self, keys: tuple[Hashable, ...]) -> None:
        if keys == self._chosen:
            return
        self._chosen = keys
        if len(keys) == 1:
            self._show(keys[0])

    def _show(self, key: Hashable) -> None:
        if isinstance(key, int) and len(self.table.selected_keys()) == 1:
            self.thing_chosen.emit(key)

    def _ask_menu(self, at: QPoint) -> None:
        keys = self.table.selected_keys()
        deeds = [(deed, words) for deed, words, _verb in self.design.deeds if deed in self._deeds]
        if not keys or (len(keys) > 1 and not deeds):
            return
        menu = Menu(self, self.design.words.title)
        if len(keys) == 1:
            self._offer_one(menu, keys[0])
        for deed, words in deeds:
            menu.addAction(words).triggered.connect(lambda _on=False, deed=deed: self.deed_wanted.emit(deed, keys))
        if len(keys) == 1 and self._offers_retiring:
            key = keys[0]
            menu.addSeparator()
            retire = menu.addAction(self.design.words.retire)
            retire.triggered.connect(lambda: self.retire_wanted.emit(self.design.kind, key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _offer_one(self, menu: Menu, key: Hashable) -> None:
        kind = self.design.kind
        menu.addAction(_("Open the panel")).triggered.connect(lambda: self.panel_wanted.emit(key))
        menu.addAction(_("Open the page")).triggered.connect(lambda: self.page_wanted.emit(kind, key))

    def _make_bar(self) -> QWidget:
        words = self.design.words
        bar = QWidget()
        bar.setAccessibleName(words.title)
        self.segment = Segment(((ACTIVE, words.active), (RETIRED, words.retired)), _("Which ones"))
        for button in self.segment.buttons.values():
            leave_focus(button)
        self.segment.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.bring = Button(_("Import…"), "file-spreadsheet")
        self.new = Button(words.new, "plus", "primary")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(PlainLabel(words.title, "h2"))
        row.addStretch()
        self.export = Button(_("Export…"), "file-down")
        if not self.design.exports:
            self.export.hide()  # never shown by hand: without a parent yet it would be a window of its own
        self.export.clicked.connect(self._save_list)
        for part in (self.segment, self.export, self.bring, self.new):
            row.addWidget(part)
        return bar

    def _save_list(self) -> None:
        listing = listing_of(self.table, self.design.kind, self.design.words.title, self._pages(self._question()))
        self.saving = ListSheet(self, self._desk, self._memory, self._toasts, listing)
        self.saving.open()

    def _pages(self, asked: Asked) -> Callable[[Any], Iterator[list[tuple[Any, ...]]]]:
        """Return what reads every page of the list that was asked for."""
        find, cells = self.design.find, self.design.cells

        def pages(db: Any) -> Iterator[list[tuple[Any, ...]]]:
            found = find(db, asked)
            yield [(thing.id, *cells(thing)) for thing in found.things]
            while found.after is not None:
                found = find(db, replace(asked, after=found.after))
                yield [(thing.id, *cells(thing)) for thing in found.things]

        return pages

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        self.filters: dict[str, ResourceCombo] = {}
        for place, (name, title, _names) in enumerate(self.design.chosen, start=1):
            combo = self.filters[name] = ResourceCombo(title, hint=title)
            combo.setMinimumContentsLength(10)
            combo.chosen.connect(partial(self._choose, name))
            self.table.bar.insertWidget(place, combo)
        remembered = self._memory.get(self._state, {})
        if remembered:
            self.table.restore(remembered)

    def _connect(self) -> None:
        table, kind = self.table, self.design.kind
        self.segment.chosen.connect(self.show_shelf)
        self.new.clicked.connect(lambda: self.new_wanted.emit())
        self.bring.clicked.connect(lambda: self.import_wanted.emit(kind))
        table.search_changed.connect(lambda _text: self.reload())
        table.sort_changed.connect(lambda *_sort: self._sorted())
        table.columns_changed.connect(lambda: self._memory.put(self._state, table.state()))
        table.more_wanted.connect(self._more)
        table.selection_changed.connect(self._select)
        table.opened.connect(lambda key: self.page_wanted.emit(kind, key))
        table.menu_wanted.connect(self._ask_menu)
        table.table.clicked.connect(lambda index: self._show(table.model.key(index.row())))
        table.table.installEventFilter(self)
        self._desk.changed.connect(self._follow)

    def _follow(self, changes: Changes) -> None:
        if changes.touch(*self.design.tables):
            self._names_stale = True
            self.reload(keep=True)

    def _sorted(self) -> None:
        self._memory.put(self._state, self.table.state())
        self.reload()
