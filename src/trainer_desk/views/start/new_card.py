"""The card of a new database in a file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.start.card import FILES, SUFFIX, Card
from trainer_desk.views.start.opening import NewDatabase
from trainer_desk.views.start.zone_box import ZoneBox


class NewCard(Card):
    """Name of the organisation, time zone and file of a new database."""

    verb = "Create database"
    working = "Creating…"

    def __init__(self, folder: Path) -> None:
        super().__init__("New database", "One file on this computer holds everything.", "plus")
        self._folder = folder
        self._own_file = False
        self.organisation = QLineEdit()
        self.organisation.setPlaceholderText("Harbour Training Centre")
        self.zone = ZoneBox()
        self.file = QLineEdit(str(folder / f"training{SUFFIX}"))
        self.browse = Button("Choose…")
        self._add_field("Name of your organisation", self.organisation)
        self._add_field("Time zone of your sessions", self.zone)
        self._add_field("File", self.file, self.browse)
        self._finish()
        self.organisation.textEdited.connect(self._propose)
        self.file.textEdited.connect(self._keep_file)
        self.browse.clicked.connect(self._choose)

    def first_field(self) -> QLineEdit:
        """Return where the cursor belongs after a refusal."""
        return self.file

    def start_field(self) -> QLineEdit:
        """Return the first thing that is asked."""
        return self.organisation

    def wanted(self) -> NewDatabase | None:
        """Return what was filled in, or say what is missing; the proposed folder is made when it is used."""
        path = self.file.text().strip()
        if not path:
            self.alert.say("Give the file a name.", tone="danger")
            self.file.setFocus()
            return None
        if self.zone.zone() is None:
            said = f"There is no time zone “{self.zone.currentText()}”. Write one like Europe/London."
            self.alert.say(said, tone="danger")
            self.zone.setFocus()
            return None
        if Path(path).parent == self._folder:
            self._make_folder()
        return NewDatabase(path, self.organisation.text().strip(), self.zone.currentText())

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return  # the database then says that the folder is not there

    def _propose(self, name: str) -> None:
        if not self._own_file:
            words = "-".join("".join(sign if sign.isalnum() else " " for sign in name.lower()).split())
            self.file.setText(str(self._folder / f"{words or 'training'}{SUFFIX}"))

    def _keep_file(self, _text: str) -> None:
        self._own_file = True

    def _choose(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "New database", self.file.text(), FILES)
        if path:
            self._own_file = True
            self.file.setText(path if Path(path).suffix else path + SUFFIX)
