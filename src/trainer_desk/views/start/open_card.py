"""The card that opens a file, upgrades an older one, and brings back a backup of a damaged one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit

from trainer_desk.services.rows.backups import KeptBackup
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.start.card import FILES, Card
from trainer_desk.views.start.upgrade_offer import RestoreOffer, UpgradeOffer


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
        self.rescue = RestoreOffer()
        self._column.addWidget(self.offer)
        self._column.addWidget(self.rescue)
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

    def offer_restore(self, why: str, backup: KeptBackup) -> None:
        """Offer to put a backup in the place of a damaged file; it can still be opened again, or another one."""
        self.alert.say("")
        self.rescue.offer(why, backup)
        self.rescue.button.setFocus()

    def withdraw_offer(self) -> None:
        """Offer only to open again."""
        self.offer.withdraw()
        self.rescue.withdraw()
        self.button.show()

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Open a database", str(self._folder), FILES)
        if path:
            self.address.setText(path)
            self.chosen.emit()
