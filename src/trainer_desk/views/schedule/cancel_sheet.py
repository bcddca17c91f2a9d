"""Asks why sessions with people in them are cancelled; the reason is kept with them (S4)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.texts import people_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet

LONGEST = 500


class CancelSheet(Sheet):
    """A question with two buttons; `confirmed` carries the reason."""

    confirmed = Signal(str)

    def __init__(self, over: QWidget, title: str, people: int) -> None:
        super().__init__(over, title, width=560)
        said = _("{people} will lose this date and keep their place on record.").format(people=people_text(people))
        self.body.addWidget(PlainLabel(said, "muted", wrap=True))
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why, in a few words"))
        self.body.addWidget(PlainLabel(_("Reason"), "field"))
        self.body.addWidget(self.reason)
        self.missing = PlainLabel(_("Give a reason, so that people can be told."), "small", tone="danger")
        self.missing.hide()
        self.body.addWidget(self.missing)
        self.back = Button(_("Keep it"))
        self.go = Button(_("Cancel session"), kind="primary")
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._confirm)
        self.reason.returnPressed.connect(self._confirm)

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.missing.show()
            self.reason.setFocus()
            return
        self.finish()
        self.confirmed.emit(reason)
