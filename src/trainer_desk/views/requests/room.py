"""Puts the page of booking requests into the window with its panel and sheets, and does what is pressed there."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.clock import Clock
from trainer_desk.services.orchestration.completing import start
from trainer_desk.services.orchestration.scheduling import unpublish
from trainer_desk.services.requests.deciding import decline
from trainer_desk.services.requests.filing import cancel_request
from trainer_desk.services.rows.requests import Accepted, RequestCard
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.reason_sheet import ReasonSheet
from trainer_desk.views.parts.side_panel import SESSION
from trainer_desk.views.requests.accept_sheet import AcceptSheet
from trainer_desk.views.requests.colliding_sheet import CollidingSheet
from trainer_desk.views.requests.file_sheet import FileSheet
from trainer_desk.views.requests.page import RequestsPage
from trainer_desk.views.requests.panel import RequestPanel

PAGE, PANEL = "requests", "request"


class RequestsRoom(QObject):
    """Everything that is done here can be undone, and the toast about it offers that to whoever may."""

    session_wanted = Signal(int, str)

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock = window, desk, clock
        self._shown: int | None = None
        self._wanted: int | None = None
        self.page = RequestsPage(desk, window.memory, clock.now)
        self.panel = RequestPanel(desk)
        window.add_page(PAGE, _("Requests"), "inbox", self.page, self.page.bar)
        window.add_panel(PANEL, self.panel, SESSION)
        self._connect()

    def open(self, request_id: int) -> None:
        """Go to the page and show a request there, once the list that has it is read."""
        self._window.go_to_page(PAGE)
        self._wanted = request_id
        self.page.reload()

    def ask_for(self, course_id: int | None = None) -> None:
        """Open the form for a new request, of a course if one is given."""
        sheet = FileSheet(self._window, self._desk, self._clock, course_id=course_id)
        sheet.filed.connect(self._filed)
        sheet.ask()

    def accept(self, request_id: int) -> None:
        """Open the sheet in which a request is completed and accepted."""
        sheet = AcceptSheet(self._window, self._desk, self._clock, request_id)
        sheet.accepted.connect(self._accepted)
        sheet.ask()

    def _connect(self) -> None:
        page, panel = self.page, self.panel
        page.chosen.connect(self._show)
        page.new_wanted.connect(lambda: self.ask_for())
        page.loaded.connect(self._refresh)
        panel.closed.connect(self._close)
        panel.wanted.connect(self._do)
        panel.session_wanted.connect(lambda session_id: self.session_wanted.emit(session_id, ""))
        self._window.page_changed.connect(self._leave)

    def _show(self, request_id: int) -> None:
        self._shown = request_id
        self._refresh()
        self._window.panel.open(PANEL)

    def _refresh(self) -> None:
        inbox = self.page.inbox
        if inbox is None:
            return
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.page.select(wanted)
            return
        card = inbox.find(self._shown)
        if card is not None:
            self.panel.show_card(card, inbox)
        elif self._window.panel.current == PANEL:
            self._close()

    def _close(self) -> None:
        self._shown = None
        self._window.panel.close_panel()
        self.page.table.table.clearSelection()

    def _leave(self, page: str) -> None:
        if page != PAGE and self._window.panel.current == PANEL:
            self._close()

    def _do(self, deed: str) -> None:
        card = self.panel.card
        if card is None or not self.panel.may(deed):
            return
        deeds = {"accept": lambda: self.accept(card.request.id), "decline": lambda: self._ask_why(card)}
        deeds |= {"change": lambda: self._change(card), "withdraw": lambda: self._withdraw(card)}
        deeds["start"] = lambda: self._start(card)
        deeds[deed]()

    def _change(self, card: RequestCard) -> None:
        sheet = FileSheet(self._window, self._desk, self._clock, changed=card)
        sheet.filed.connect(self._filed)
        sheet.ask()

    def _ask_why(self, card: RequestCard) -> None:
        sheet = ReasonSheet(
            self._window,
            _("Decline request {ref}").format(ref=card.request.ref),
            _("{who} reads the reason in the own list of requests.").format(who=card.requester),
            keep=_("Go back"),
            go=_("Decline"),
            missing=_("Say why. The reason is kept with the request."),
        )
        sheet.confirmed.connect(partial(self._decline, card))
        sheet.ask()

    def _decline(self, card: RequestCard, reason: str) -> None:
        ref = card.request.ref
        said, label = _("Declined {ref}.").format(ref=ref), _("Decline request {ref}").format(ref=ref)
        self._desk.write(
            self,
            label,
            decline,
            card.request.id,
            reason,
            version=card.request.version,
            then=lambda _none: self._tell(said),
        )

    def _withdraw(self, card: RequestCard) -> None:
        ref = card.request.ref
        said, label = _("Withdrew {ref}.").format(ref=ref), _("Withdraw request {ref}").format(ref=ref)
        self._desk.write(self, label, cancel_request, card.request.id, then=lambda _none: self._tell(said))

    def _start(self, card: RequestCard) -> None:
        """Let the session of a request begin; only those who plan can take that back."""
        if card.session is None:
            return
        ref = card.session.ref
        said, label = _("{ref} started.").format(ref=ref), _("Start {ref}").format(ref=ref)
        told = self._tell if self._desk.may(unpublish) else self._say
        self._desk.write(self, label, start, card.session.id, then=lambda _none: told(said))

    def _say(self, said: str) -> None:
        self._window.toasts.show(said, "ok")

    def _filed(self, request_id: int, said: str) -> None:
        self._tell(said)
        if self.page.isVisible():
            self._wanted = request_id
            self.page.reload()

    def _accepted(self, accepted: Accepted, said: str) -> None:
        self._tell(said)
        if accepted.colliding and self.page.inbox is not None:
            sheet = CollidingSheet(self._window, self._desk, accepted, self.page.inbox)
            sheet.declined.connect(self._tell)
            sheet.open()

    def _tell(self, said: str) -> None:
        self._window.toasts.show(said, "ok", _("Undo"), self._window.undo_wanted.emit)
