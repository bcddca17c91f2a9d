"""The sheet with a password that an administrator hands over: shown once, for a new login or a forgotten password."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from trainer_desk.services.accounts.own_password import suggest_password
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.theme import look


class HandedPasswordSheet(Sheet):
    """`confirmed` carries the password; whoever listens closes the sheet, or has it say why not.

    One is proposed that nobody guesses; another one may be typed.
    """

    confirmed = Signal(str)

    def __init__(self, over: QWidget, login: str, *, is_new: bool) -> None:
        name = shown(login)
        title = (
            _("A login for {login}").format(login=name)
            if is_new
            else _("Another password for {login}").format(login=name)
        )
        super().__init__(over, title, width=560)
        self.password = QLineEdit(suggest_password())
        self.copy = Button(_("Copy"), "copy")
        self.alert = Alert("danger")
        self.back = Button(_("Cancel"))
        self.go = Button(_("Make the login") if is_new else _("Set the password"), kind="primary")
        self._fill(is_new=is_new)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.password.text()))
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._confirm)
        self.password.returnPressed.connect(self._confirm)

    def refuse(self, said: str) -> None:
        """Say why it was not done; the password stays as typed."""
        self.go.setEnabled(True)
        self.alert.say(said, tone="danger")
        self.password.setFocus()

    def _confirm(self) -> None:
        self.go.setEnabled(False)
        self.confirmed.emit(self.password.text())

    def _fill(self, *, is_new: bool) -> None:
        said = (
            _("The server does not know this login yet, so it is made there, too.")
            if is_new
            else _("From now on this password counts; the old one does no more.")
        )
        self.body.addWidget(PlainLabel(said, "muted", wrap=True))
        label = PlainLabel(_("Password"), "field")
        label.setBuddy(self.password)
        self.password.setAccessibleName(_("Password"))
        self.password.setFont(look().font("body", tabular=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.password, 1)
        row.addWidget(self.copy)
        once = _(
            "Copy it or write it down now: it is not kept, and nobody can look it up later. Hand it over in person;"
        )
        once += " " + _("whoever gets it changes it under their name at the foot of the sidebar.")
        self.body.addWidget(label)
        self.body.addLayout(row)
        self.body.addWidget(PlainLabel(once, "small", tone="muted", wrap=True))
        self.body.addWidget(self.alert)
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
