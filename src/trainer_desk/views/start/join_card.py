"""The card that joins a shared database: where it is, as whom, how the line is protected; it can be tried first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from trainer_desk.services.rows.joining import Joining, Tls, Tried
from trainer_desk.texts.joining import tried_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.start.card import Card
from trainer_desk.views.start.tls_field import TlsField

PORT = "5432"


class JoinCard(Card):
    """Nothing that is typed is lost; the password is kept only in the keyring, and only if that is wished."""

    verb = "Join"
    working = "Joining…"
    trial_wanted = Signal()

    def __init__(self) -> None:
        said = _("A database on a PostgreSQL server, with a login that an administrator gave you.")
        super().__init__(_("Join a shared database"), said, "users")
        self.hosts, self.port, self.database = QLineEdit(), QLineEdit(PORT), QLineEdit()
        self.address, self.login, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.keep = QCheckBox(_("Keep the password in this computer's keyring"))
        self.swap = Button(_("Use a service name or a whole address"), kind="link")
        self.trial = Button(_("Test connection"))
        self.tls = TlsField()
        self.passed = Alert("ok")
        self.has_address = False
        self._fill()
        self.swap.clicked.connect(lambda: self.use_address(not self.has_address))
        self.trial.clicked.connect(self.trial_wanted)
        for field in self._lines():
            field.textEdited.connect(lambda _text: self._withdraw())

    def wanted(self) -> Joining:
        """Return what is filled in."""
        whole = self.address.text().strip() if self.has_address else ""
        return Joining(
            hosts=self.hosts.text(),
            port=self.port.text(),
            database=self.database.text(),
            login=self.login.text(),
            password=self.password.text(),
            tls=self.tls.choice,
            authority=self.tls.file.text(),
            address=whole,
            keeps_password=self.keep.isChecked() and self.keep.isEnabled(),
        )

    def show_joining(self, joining: Joining) -> None:
        """Fill in where to join, and leave the password to be typed."""
        self.use_address(bool(joining.address))
        self.address.setText(joining.address)
        self.hosts.setText(joining.hosts)
        self.port.setText(joining.port or PORT)
        self.database.setText(joining.database)
        self.login.setText(joining.login)
        self.tls.show_choice(joining.tls, joining.authority)
        self._withdraw()

    def use_address(self, whole: bool) -> None:
        """Ask for one address instead of host, port and database, or the other way round."""
        self.has_address = whole
        for part in self._parts:
            part.setVisible(not whole)
        self._whole.setVisible(whole)
        words = _("Fill in host and database instead") if whole else _("Use a service name or a whole address")
        self.swap.set_words(words)

    def lacks(self) -> bool:
        """Whether something needed is missing; says what, with the cursor there."""
        needed = [(self.address, _("Type a service name or an address."))] if self.has_address else [
            (self.hosts, _("Type the name of the server.")),
            (self.database, _("Type the name of the database.")),
        ]  # fmt: skip
        if self.tls.choice is Tls.AUTHORITY:
            needed.append((self.tls.file, _("Choose the file of the authority.")))
        for field, sentence in needed:
            if not field.text().strip():
                self.alert.say(sentence, tone="danger")
                field.setFocus()
                return True
        return False

    def tell_tried(self, tried: Tried) -> None:
        """Say that the database can be joined."""
        self.alert.say("")
        self.passed.say(tried_text(tried), tone="ok")

    def first_field(self) -> QLineEdit:
        """Return where the cursor belongs: the password, once it is known where."""
        if self.has_address:
            return self.password if self.address.text() else self.address
        return self.password if self.hosts.text() and self.database.text() and self.login.text() else self.hosts

    def offer_keyring(self, offered: bool) -> None:
        """Say whether this computer can keep a password."""
        self.keep.setEnabled(offered)
        self.keep.setChecked(offered)
        self._no_ring.setVisible(not offered)

    def set_trying(self, trying: bool) -> None:
        """Say that the connection is being tried."""
        self.trial.set_words(_("Testing…") if trying else _("Test connection"))

    def _withdraw(self) -> None:
        self.alert.say("")
        self.passed.say("", tone="ok")

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.hosts, self.port, self.database, self.address, self.login, self.password, self.tls.file)

    def _fill(self) -> None:
        self.hosts.setPlaceholderText(_("db.example.org, or several with commas"))
        self.address.setPlaceholderText(_("service=training, or postgresql://host/database"))
        self.login.setPlaceholderText(_("For example ana"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        server = self._field_row((_("Server"), self.hosts, 3), (_("Port"), self.port, 1))
        self._parts: tuple[QWidget, ...] = (server, self._field_row((_("Database"), self.database, 1)))
        self._whole = self._field_row((_("Service name or address"), self.address, 1))
        self._no_ring = PlainLabel(
            _("This computer has no keyring that works, so the password is asked for at each start."),
            "small",
            tone="muted",
            wrap=True,
        )
        for part in (*self._parts, self._whole):
            self._column.addWidget(part)
        self._add_aside(self.swap)
        self._column.addWidget(self._field_row((_("Login"), self.login, 1), (_("Password"), self.password, 1)))
        self._column.addWidget(self.keep)
        self._column.addWidget(self._no_ring)
        self._column.addWidget(self.tls)
        self._column.addWidget(self.passed)
        self._finish(self.trial)
        self.use_address(False)
        self.offer_keyring(True)
