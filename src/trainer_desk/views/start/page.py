"""The first start (V7): set up a new database or open one; what cannot be used is answered in words, right there."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from trainer_desk.services.clock import known_zones
from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text
from trainer_desk.views.parts.alert import Alert
from trainer_desk.views.parts.buttons import Button
from trainer_desk.views.parts.plain_label import IconLabel, PlainLabel
from trainer_desk.views.start.opening import NewDatabase
from trainer_desk.views.start.upgrade_offer import UpgradeOffer
from trainer_desk.views.theme import look

SUFFIX = ".desk"
FILES = f"Trainer Desk databases (*{SUFFIX} *.db *.sqlite);;All files (*)"
WIDTH = 420


class StartPage(QWidget):
    """Two cards side by side; nothing typed is lost when one of them is refused."""

    new_wanted = Signal(object)
    """A NewDatabase."""
    open_wanted = Signal(str)
    """The path of a file or a server's URL."""
    upgrade_wanted = Signal(str)
    """The path of an older file, with the consent to back it up and upgrade it."""
    back_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("Desk")
        self.setAccessibleName("Set up or open a database")
        self.new = NewCard(folder)
        self.existing = OpenCard(folder)
        self._asked: NewCard | OpenCard = self.new
        self.back = Button("Back to the open database", "chevron-left", "link")
        self.back.clicked.connect(lambda: self.back_wanted.emit())
        self.back.hide()
        self.new.button.clicked.connect(self._ask_new)
        self.existing.button.clicked.connect(self._ask_open)
        self.new.file.returnPressed.connect(self._ask_new)
        self.new.organisation.returnPressed.connect(self._ask_new)
        self.existing.address.returnPressed.connect(self._ask_open)
        self.existing.chosen.connect(self._ask_open)
        self.existing.offer.button.clicked.connect(self._ask_upgrade)
        self._lay_out()

    def refuse(self, error: DeskError) -> None:
        """Say in the card that was used why it did not work; all stays as typed. An older file can be upgraded."""
        if self._asked is self.existing and error.facts.get("why") == "older_schema":
            self.set_busy(False)
            self.existing.offer_upgrade(str(error.facts["database"]))
        else:
            self.fail(error_text(error))

    def fail(self, said: str) -> None:
        """Say in the card that was used that it did not work."""
        self.set_busy(False)
        self.existing.withdraw_offer()
        self._asked.alert.say(said, tone="danger")
        self._asked.first_field().setFocus()

    def refuse_open(self, address: str, error: DeskError) -> None:
        """Say why the database of last time cannot be opened."""
        self.existing.address.setText(address)
        self._asked = self.existing
        self.refuse(error)

    def set_busy(self, busy: bool) -> None:
        """Take no second order while one is under way."""
        for card in (self.new, self.existing):
            card.setEnabled(not busy)
        self._asked.button.set_words(self._asked.working if busy else self._asked.verb)

    def _ask_new(self) -> None:
        wanted = self.new.wanted()
        if wanted is not None:
            self._begin(self.new)
            self.new_wanted.emit(wanted)

    def _ask_open(self) -> None:
        address = self.existing.address.text().strip()
        if not address:
            self.existing.alert.say("Choose a file, or type its name.", tone="danger")
            self.existing.address.setFocus()
            return
        self._begin(self.existing)
        self.open_wanted.emit(address)

    def _ask_upgrade(self) -> None:
        self._asked = self.existing
        self.set_busy(True)
        self.upgrade_wanted.emit(self.existing.address.text().strip())

    def _begin(self, card: "NewCard | OpenCard") -> None:
        self._asked = card
        self.new.alert.say("")
        self.existing.alert.say("")
        self.existing.withdraw_offer()
        self.set_busy(True)

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addStretch()
        heading.addWidget(IconLabel("calendar-check-2", "accent", 32))
        heading.addWidget(PlainLabel("Trainer Desk", "h1"))
        heading.addStretch()
        line = PlainLabel("Plan training sessions, fill them with the people who need them most.", "muted")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addStretch()
        cards.addWidget(self.new, 0, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self.existing, 0, Qt.AlignmentFlag.AlignTop)
        cards.addStretch()
        whole = QVBoxLayout(self)
        whole.setSpacing(8)
        whole.addStretch(2)
        whole.addLayout(heading)
        whole.addWidget(line)
        whole.addSpacing(24)
        whole.addLayout(cards)
        whole.addSpacing(12)
        whole.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)


class _Card(QFrame):
    """A card with a heading, fields, a box for what went wrong and one button."""

    verb = ""
    working = ""

    def __init__(self, heading: str, text: str, icon: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(look().px(WIDTH))
        self.alert = Alert("danger")
        self.alert.sentence.setWordWrap(True)
        self.button = Button(self.verb, kind="primary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 24)
        self._column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, "accent", 20))
        row.addWidget(PlainLabel(heading, "h2"), 1)
        self._column.addLayout(row)
        self._column.addWidget(PlainLabel(text, "muted", wrap=True))
        self._column.addSpacing(8)

    def _add_field(self, label: str, field: QWidget, *beside: QWidget) -> None:
        name = PlainLabel(label, "field")
        name.setBuddy(field)
        field.setAccessibleName(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        for widget in beside:
            row.addWidget(widget)
        self._column.addWidget(name)
        self._column.addLayout(row)
        self._column.addSpacing(4)

    def _finish(self) -> None:
        self._column.addWidget(self.alert)
        self._column.addSpacing(8)
        self._column.addWidget(self.button)


class NewCard(_Card):
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


class OpenCard(_Card):
    """A file on this computer, or the address of a server."""

    verb = "Open"
    working = "Opening…"
    chosen = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__("Open a database", "A file on this computer, or a server that you share.", "folder-open")
        self._folder = folder
        self.address = QLineEdit()
        self.address.setPlaceholderText("File, or postgresql://host/database")
        self.browse = Button("Choose…")
        self._add_field("File or address", self.address, self.browse)
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


class ZoneBox(QComboBox):
    """All time zones, found by typing any part of the name; the computer's own is proposed."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._zones = sorted(name for name in known_zones() if "/" in name or name == "UTC")
        self.addItems(self._zones)
        completer = QCompleter(self._zones, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("Popup")
        self.setCompleter(completer)
        self.setCurrentText(_own_zone(self._zones))

    def zone(self) -> str | None:
        """Return the zone chosen, or None while the text is none."""
        return self.currentText() if self.currentText() in self._zones else None


def _own_zone(known: list[str]) -> str:
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return name if name in known else "UTC"
