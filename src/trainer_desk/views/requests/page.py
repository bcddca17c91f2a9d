"""The page of booking requests: the inbox of those who decide, the own requests of those who ask (Q3)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.accepting import accept
from trainer_desk.services.requests.filing import file_request
from trainer_desk.services.rows.requests import RequestCard
from trainer_desk.services.rules.names import search_key
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.list_page import ListPage, ListParts
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.parts.row_table import RowTable
from trainer_desk.views.parts.segment import Segment
from trainer_desk.views.requests.facts import TABLES, Inbox, gather
from trainer_desk.views.requests.words import SORTED, mark_of, row_of

STATE = "requests/table"
OPEN, DECIDED, ALL = "open", "decided", "all"


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("request", "", 56, fixed=True, fits=True),
        Column("course", _("Course"), 190, fixed=True, wide=True),
        Column("when", _("Wished for"), 170, fits=True),
        Column("people", _("People"), 86, fits=True),
        Column("trainer", _("Trainer"), 130, sortable=False, shown=False),
        Column("venue", _("Venue"), 140, sortable=False, shown=False),
        Column("by", _("Asked by"), 120, fits=True, fixed=True),
        Column("age", _("Age"), 74),
        Column("state", _("State"), 108, fixed=True, mark=mark_of),
        Column("became", _("What came of it"), 170, sortable=False, fixed=True),
    )


class RequestsPage(ListPage):
    """`bar` stands over it; `chosen` carries the id of the request to be shown beside it."""

    def __init__(self, desk: Desk, memory: Memory, now: Callable[[], datetime]) -> None:
        table = RowTable(columns(), _("Booking requests"), search_hint=_("Search requests"))
        segment = Segment(((OPEN, _("Open")), (DECIDED, _("Decided")), (ALL, _("All"))), _("Which requests"))
        parts = ListParts(table, segment, Button(_("New request"), "plus", "primary"), STATE, TABLES)
        super().__init__(desk, memory, _("Requests"), parts)
        self._now = now
        self.inbox: Inbox | None = None
        self.bar = self._make_bar()

    @property
    def decides(self) -> bool:
        """Whether who looks decides about requests, and so sees those of everybody."""
        return self._desk.may(accept)

    def follow_role(self) -> None:
        """Begin with what the role comes for: what is open to decide, or all that was asked."""
        self.segment.choose(OPEN if self.decides else ALL)
        self.new.setVisible(self._desk.may(file_request))
        self.reload()

    def reload(self) -> None:
        """Ask again, if the page is on show; else it is read when it shows next."""
        if not self.isVisible():
            return
        self._desk.read(
            self, gather, self._desk.actor, now=self._now(), then=self._take, failed=self._fail, lane="requests"
        )

    def select(self, request_id: int) -> None:
        """Show a request beside the list, whichever list it stands in."""
        card = self.inbox and self.inbox.find(request_id)
        if card is None:
            return
        if card not in self._shown():
            self.segment.choose(ALL)
            self._show()
        self._select_row(request_id)
        self.chosen.emit(request_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Ages go on by themselves."""
        super().showEvent(event)
        self.reload()

    def _take(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self._show()
        self.loaded.emit()

    def _fail(self, error: DeskError) -> None:
        self.table.set_empty(error_text(error, None))

    def _show(self) -> None:
        inbox = self.inbox
        if inbox is None:
            return
        is_open = self.segment.current == OPEN
        for column, hidden in (("by", not self.decides), ("state", is_open), ("became", is_open)):
            self.table.table.setColumnHidden(self._place(column), hidden)
        self._say_empty()
        self.table.set_rows([row_of(card, inbox.directory, inbox.now) for card in self._shown()])

    def _shown(self) -> list[RequestCard]:
        inbox = self.inbox
        if inbox is None:
            return []
        shelf, asked = self.segment.current, search_key(self.table.search_text())
        found = [card for card in inbox.cards if shelf == ALL or card.request.is_open == (shelf == OPEN)]
        if asked:
            found = [
                card
                for card in found
                if asked in search_key(*(str(text) for text in row_of(card, inbox.directory, inbox.now)[1:]))
            ]
        sort = self.table.sort()
        if sort is not None and sort[0] in SORTED:
            found.sort(key=lambda card: SORTED[sort[0]](card, inbox.directory), reverse=sort[1])
        return found

    def _say_empty(self) -> None:
        new = (_("New request"), self.new_wanted.emit)
        if self.decides:
            said = {OPEN: _("Nothing waits for a decision."), DECIDED: _("Nothing was decided yet.")}
            self.table.set_empty(said.get(self.segment.current, _("Nobody has asked for a session yet.")))
        elif self.segment.current == ALL:
            self.table.set_empty(_("You have not asked for a session yet."), new)
        else:
            said = {OPEN: _("None of your requests is open."), DECIDED: _("None of your requests was decided yet.")}
            self.table.set_empty(said[self.segment.current], new)

    def _place(self, column: str) -> int:
        return next(place for place, each in enumerate(self.table.model.columns) if each.id == column)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        title = PlainLabel(_("Requests"), "h2")
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(title)
        row.addWidget(self.segment)
        row.addStretch(1)
        row.addWidget(self.new)
        return bar
