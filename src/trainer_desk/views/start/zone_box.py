"""The choice of a time zone among all that there are."""

from PySide6.QtCore import Qt, QTimeZone
from PySide6.QtWidgets import QComboBox, QCompleter

from trainer_desk.services.clock import known_zones


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
