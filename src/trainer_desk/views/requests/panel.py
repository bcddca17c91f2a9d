"""The panel of one booking request: what is asked for, what became of it, and what can be done (Q1, Q3)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trainer_desk.services.orchestration.accepting import accept
from trainer_desk.services.requests.filing import edit_request
from trainer_desk.services.rows.requests import RequestCard
from trainer_desk.services.rules.transitions import moves_for
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import request_word
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.emptying import empty
from trainer_desk.views.parts.panel_frame import foot_of, frame, head_of
from trainer_desk.views.parts.pill import Pill
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.requests.facts import Inbox
from trainer_desk.views.requests.words import TONES, asked_text, decision_text, session_lines, title_of, wish_lines

DEEDS = ("accept", "decline", "change", "withdraw", "start")


class FactLines(QWidget):
    """Lines of icon and text, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.texts: list[str] = []

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these instead."""
        empty(self._column)
        self.texts = [text for _icon, text in lines]
        for icon, text in lines:
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(IconLabel(icon, "text2", 15), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(text, wrap=True), 1)
            self._column.addWidget(box)


class RequestPanel(QWidget):
    """`wanted` carries the deed (accept, decline, change, withdraw, start) whose button was pressed."""

    wanted = Signal(str)
    session_wanted = Signal(int)
    closed = Signal()
    history_wanted = Signal(int, str)
    """The history of a request, by id and title, is to be shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(_("Booking request"))
        self._desk = desk
        self.card: RequestCard | None = None
        self.state = Pill()
        self.title, self.about = PlainLabel("", "h2", wrap=True), PlainLabel("", "small", wrap=True)
        self.wish, self.became = FactLines(), FactLines()
        self.reason, self.decision = PlainLabel("", wrap=True), PlainLabel("", wrap=True)
        self.open_session = Button(_("Open the session"), "square-arrow-out-up-right", "link")
        self.buttons = {
            "accept": Button(_("Accept…"), "check", "primary"),
            "decline": Button(_("Decline…"), "ban"),
            "change": Button(_("Change…"), "pencil-line"),
            "withdraw": Button(_("Withdraw"), "undo-2"),
            "start": Button(_("Start session"), kind="primary"),
        }
        self.history_button = IconButton("history", _("History"))
        self.close_button = IconButton("x", _("Close"))
        self._lay_out()
        self.close_button.clicked.connect(self.closed)
        self.history_button.clicked.connect(self._want_history)
        self.open_session.clicked.connect(self._open_session)
        for deed, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, deed=deed: self.wanted.emit(deed))

    def show_card(self, card: RequestCard, inbox: Inbox) -> None:
        """Show a request as it stands."""
        self.card = card
        request, directory = card.request, inbox.directory
        icon, tone = TONES[request.status]
        self.state.show_pill(request_word(request.status), tone, icon)
        self.title.setText(title_of(request, directory))
        self.about.setText(asked_text(card, directory, inbox.now))
        self.wish.show_lines(wish_lines(card, directory, inbox.now))
        self.reason.setText(request.wish.reason or "")
        self._reason_box.setVisible(bool(request.wish.reason))
        self.decision.setText(decision_text(request, directory))
        self._decision_box.setVisible(not request.is_open)
        self._show_session(card, inbox)
        self._show_buttons(card)

    def may(self, deed: str) -> bool:
        """Whether the request shown, or the session that it made, lets who looks do a deed (Q1, S4)."""
        if self.card is None:
            return False
        if deed == "start":
            return self._may_start(self.card)
        if not self.card.request.is_open:
            return False
        if deed in ("accept", "decline"):
            return self._desk.may(accept)
        is_own = self.card.request.requested_by == self._desk.actor
        return self._desk.may(edit_request) and (is_own or self._desk.may(accept))

    def _may_start(self, card: RequestCard) -> bool:
        """Whether the session may begin by who asked for it, as the table of moves has it."""
        is_own = card.made and card.request.requested_by == self._desk.actor
        if card.session is None or card.session_deleted or not is_own:
            return False
        moves = moves_for(self._desk.role, card.session.status, is_own=is_own, is_over=False)
        return any(move.verb == "start" for move in moves)

    def _want_history(self) -> None:
        if self.card is not None:
            self.history_wanted.emit(self.card.request.id, self.title.text())

    def _show_session(self, card: RequestCard, inbox: Inbox) -> None:
        self._session_box.setVisible(card.session is not None)
        if card.session is None:
            return
        lines = session_lines(card.session, inbox.directory, inbox.now)
        if card.session_deleted:
            lines.append(("trash-2", _("It lies in the trash.")))
        self.became.show_lines(lines)
        self.open_session.setVisible(self._desk.may(accept) and not card.session_deleted)

    def _show_buttons(self, card: RequestCard) -> None:
        for deed, button in self.buttons.items():
            button.setVisible(self.may(deed))
        self._foot.setVisible(any(self.may(deed) for deed in DEEDS))

    def _open_session(self) -> None:
        if self.card is not None and self.card.session is not None:
            self.session_wanted.emit(self.card.session.id)

    def _lay_out(self) -> None:
        self._reason_box = _titled(_("Reason"), self.reason)
        self._decision_box = _titled(_("Decision"), self.decision)
        self._session_box = _titled(_("Session"), self.became, self.open_session)
        self._foot = foot_of([self.buttons[deed] for deed in DEEDS])
        head = head_of(self.state, (self.history_button, self.close_button), (self.title, self.about))
        frame(self, head, (self.wish, self._reason_box, self._decision_box, self._session_box), self._foot)


def _titled(title: str, *parts: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(PlainLabel(title, "caption"))
    for part in parts:
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, Button) else Qt.AlignmentFlag(0))
    return box
