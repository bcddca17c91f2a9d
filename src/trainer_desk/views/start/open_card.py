"""The card that opens a file, and upgrades an older one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.start.card import FILES, Card
from trainer_desk.views.start.upgrade_offer import UpgradeOffer


class OpenCard(Card):
    """A file on this computer; the address of a server is taken, too."""

    verb = "Open"
    working = "Opening…"
    chosen = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "Open a file", "A database that was set up before, here or on another computer.", "folder-open"
        )
        self._folder = folder
        self.address = QLineEdit()
        self.address.setPlaceholderText("training.desk")
        self.browse = Button("Choose…")
        self._add_field("File", self.address, self.browse)
        self.offer = UpgradeOffer()
        self._column.addWidget(self.offer)
        self._finish()
        self.browse.clicked.connect(self._choose)
        self.address.textChanged.connect(lambda _text: self.withdraw_offer())

    def first_field(self) -> QLineEdit:
        """Return where the cursor belongs after a refusal."""
        return self.address

    def offer_upgrade(self, database: str) -> None:
        """Offer to upgrade an older file instead of opening it."""
        self.alert.say("")
        self.offer.offer(database)
        self.button.hide()
        self.offer.button.setFocus()

    def withdraw_offer(self) -> None:
        """Offer only to open again."""
        self.offer.withdraw()
        self.button.show()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Open a database", str(self._folder), FILES)
        if path:
            self.address.setText(path)
            self.chosen.emit()
