"""Offers to decline the open requests that want the trainer or room that an accepted one has taken (Q2)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.requests.deciding import decline_all
from trainer_desk.services.rows.requests import Accepted
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button, literal
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.reason_sheet import LONGEST
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.requests.facts import Inbox
from trainer_desk.views.requests.words import title_of, when_of


class CollidingSheet(Sheet):
    """A line to tick for each; `declined` carries the sentence for a toast with Undo."""

    declined = Signal(str)

    def __init__(self, over: QWidget, desk: Desk, accepted: Accepted, inbox: Inbox) -> None:
        count = len(accepted.colliding)
        title = plural("{n} open request collides now", "{n} open requests collide now", count)
        super().__init__(over, title, width=580)
        self._desk, self._inbox = desk, inbox
        self.lines = {one.id: QCheckBox(literal(self._text(one.id))) for one in accepted.colliding}
        self.reason = QLineEdit(_("The trainer or the room is taken at that time."))
        self.reason.setMaxLength(LONGEST)
        self.reason.setAccessibleName(_("Reason"))
        self.trouble = Alert("danger")
        self.keep, self.go = Button(_("Leave them open")), Button(_("Decline"), kind="primary")
        about = _("They want the same trainer or room at that time. Those ticked are declined for the reason below.")
        self.body.addWidget(PlainLabel(about, "muted", wrap=True))
        for line in self.lines.values():
            line.setChecked(True)
            line.toggled.connect(lambda _on: self._follow())
            self.body.addWidget(line)
        self.body.addWidget(PlainLabel(_("Reason"), "field"))
        self.body.addWidget(self.reason)
        self.body.addWidget(self.trouble)
        self.foot.addStretch(1)
        self.foot.addWidget(self.keep)
        self.foot.addWidget(self.go)
        self.keep.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._decline)
        self.reason.returnPressed.connect(self._decline)

    def ticked(self) -> list[int]:
        """Return the ids of those that are to be declined."""
        return [key for key, line in self.lines.items() if line.isChecked()]

    def _text(self, request_id: int) -> str:
        card = self._inbox.find(request_id)
        if card is None:
            return f"#{request_id}"
        directory = self._inbox.directory
        parts = (
            card.request.ref,
            title_of(card.request, directory),
            when_of(card.request.wish, directory, self._inbox.now),
        )
        return " · ".join((*parts, card.requester))

    def _follow(self) -> None:
        self.go.setEnabled(bool(self.ticked()))

    def _decline(self) -> None:
        ids = self.ticked()
        if not ids:
            return
        self.go.setEnabled(False)
        label = plural("Decline {n} request", "Decline {n} requests", len(ids))
        self._desk.write(self, label, decline_all, ids, self.reason.text(), then=self._done, refused=self._refuse)

    def _done(self, declined: tuple[int, ...]) -> None:
        self.declined.emit(plural("Declined {n} request.", "Declined {n} requests.", len(declined)))
        self.finish()

    def _refuse(self, error: DeskError) -> None:
        self._follow()
        self.trouble.say(error_text(error, self._inbox.directory.settings.zone), tone="danger")
        self.reason.setFocus()
