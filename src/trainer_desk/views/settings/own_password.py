"""The sheet on which somebody changes the own password of a server (U1)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.services.orchestration.passwords import change_password
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.sheet import Sheet


class OwnPasswordSheet(Sheet):
    """The present password once, the new one twice; what is refused is said below, and all stays as typed."""

    told = Signal(str)
    """What was done."""

    def __init__(self, over: QWidget, desk: Desk) -> None:
        super().__init__(over, _("Change your password"), width=560)
        self._desk = desk
        self.present, self.new, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.show_them = QCheckBox(_("Show what I type"))
        self.alert = Alert("danger")
        self.back, self.go = Button(_("Cancel")), Button(_("Change password"), kind="primary")
        self._fill()
        self.back.clicked.connect(self.dismiss)
        self.go.clicked.connect(self._change)
        self.show_them.toggled.connect(self._follow)
        for field in (self.present, self.new, self.again):
            field.returnPressed.connect(self._change)
        self._follow(False)

    def _change(self) -> None:
        if self.new.text() != self.again.text():
            self.alert.say(_("The new password was not typed twice alike. Type it again."), tone="danger")
            self.again.setFocus()
            self.again.selectAll()
            return
        self.go.setEnabled(False)
        passwords = self.present.text(), self.new.text()
        self._desk.apply(self, change_password, *passwords, then=self._done, refused=self._refuse)

    def _done(self, is_kept: bool) -> None:
        self.finish()
        said = _("Your password is changed.")
        if not is_kept:
            said += " " + _("The keyring of this computer did not take it, so it is asked for at the next start.")
        self.told.emit(said)

    def _refuse(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self.alert.say(error_text(error), tone="danger")
        wrong = self.present if error.facts.get("why") == "wrong_password" else self.new
        wrong.setFocus()
        wrong.selectAll()

    def _follow(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for field in (self.present, self.new, self.again):
            field.setEchoMode(mode)

    def _fill(self) -> None:
        said = _("It is changed on the server, for this login, wherever you work from then on.")
        self.body.addWidget(PlainLabel(said, "muted", wrap=True))
        names = (_("Present password"), _("New password"), _("New password again"))
        for name, field in zip(names, (self.present, self.new, self.again), strict=True):
            label = PlainLabel(name, "field")
            label.setBuddy(field)
            field.setAccessibleName(name)
            self.body.addWidget(label)
            self.body.addWidget(field)
        self.body.addWidget(self.show_them)
        self.body.addWidget(self.alert)
        self.foot.addStretch()
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.go)
