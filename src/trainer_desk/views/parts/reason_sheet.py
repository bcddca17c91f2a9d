"""Asks why something is done before it is done; the reason is one line and is kept with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from trainer_desk.texts.translate import _
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet

LONGEST = 500


class ReasonSheet(Sheet):
    """A remark, a line for the reason and two buttons; `confirmed` carries the reason, which cannot be empty."""

    confirmed = Signal(str)

    def __init__(self, over: QWidget, title: str, remark: str, *, keep: str, go: str, missing: str) -> None:
        super().__init__(over, title, width=560)
        self.body.addWidget(PlainLabel(remark, "muted", wrap=True))
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why, in a few words"))
        self.body.addWidget(PlainLabel(_("Reason"), "field"))
        self.body.addWidget(self.reason)
        self.missing = PlainLabel(missing, "small", tone="danger")
        self.missing.hide()
        self.body.addWidget(self.missing)
        self.back = Button(keep)
        self.go = Button(go, kind="primary")
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._confirm)
        self.reason.returnPressed.connect(self._confirm)

    def ask(self) -> None:
        """Show the sheet with the cursor in the line."""
        self.open()
        self.reason.setFocus()

    def _confirm(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.missing.show()
            self.reason.setFocus()
            return
        self.finish()
        self.confirmed.emit(reason)
