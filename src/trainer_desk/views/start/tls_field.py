"""How the line to a shared database is protected: checked by itself, by a file of one's own, or less."""

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trainer_desk.services.rows.joining import Tls
from trainer_desk.texts.translate import _, mark
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import PlainLabel

WORDS = {
    Tls.CHECKED: mark("Encrypted and checked"),
    Tls.AUTHORITY: mark("Encrypted and checked, by an authority of your own"),
    Tls.UNCHECKED: mark("Encrypted, whoever answers"),
    Tls.OPEN: mark("Not encrypted"),
}
MEANS = {
    Tls.CHECKED: mark("The certificate must be valid for this server. On this computer itself nothing is encrypted."),
    Tls.AUTHORITY: mark("Whoever runs the server gives you the file that its certificate is checked by."),
    Tls.UNCHECKED: mark("Somebody between you and the server could pass for it and read the password."),
    Tls.OPEN: mark("Anybody in the network can read along, people's data too."),
}
FILES = "Certificates (*.crt *.pem *.cer);;All files (*)"


class TlsField(QWidget):
    """A choice, what it means, and the file of the authority where one is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.combo = QComboBox()
        self.combo.setAccessibleName(_("Protection of the line (TLS)"))
        self.combo.addItems([_(words) for words in WORDS.values()])
        self._means = PlainLabel("", "small", tone="muted", wrap=True)
        self.file = QLineEdit()
        self.file.setAccessibleName(_("File of the authority"))
        self.file.setPlaceholderText(_("authority.crt"))
        self._browse = Button(_("Choose…"))
        self._browse.clicked.connect(self._choose)
        self._row = QWidget()
        self._lay_out()
        self.combo.currentIndexChanged.connect(lambda _place: self._follow())
        self.show_choice(Tls.CHECKED)

    @property
    def choice(self) -> Tls:
        """What is chosen."""
        return list(WORDS)[self.combo.currentIndex()]

    def show_choice(self, tls: Tls, authority: str = "") -> None:
        """Show a choice and the file that goes with it."""
        self.combo.setCurrentIndex(list(WORDS).index(tls))
        self.file.setText(authority)
        self._follow()

    def _follow(self) -> None:
        self._means.setText(_(MEANS[self.choice]))
        self._means.set_tone("muted" if self.choice in (Tls.CHECKED, Tls.AUTHORITY) else "warn")
        self._row.setVisible(self.choice is Tls.AUTHORITY)

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("File of the authority"), "", FILES)
        if path:
            self.file.setText(path)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.file, 1)
        row.addWidget(self._browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(PlainLabel(_("Protection of the line (TLS)"), "field"))
        column.addWidget(self.combo)
        column.addWidget(self._row)
        column.addWidget(self._means)
