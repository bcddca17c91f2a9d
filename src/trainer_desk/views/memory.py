"""What the window remembers from one day to the next, per user, in one INI file."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings


class Memory:
    """Values by key (`window/geometry`, `schedule/zoom`): anything that JSON can hold, and bytes of Qt.

    A value that cannot be read or has another type than its default is forgotten: the default is returned.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._settings = QSettings(str(self._file), QSettings.Format.IniFormat)

    def get(self, key: str, default: Any) -> Any:
        """Return what was put under `key`, or the default."""
        text = self._settings.value(key)
        try:
            value = json.loads(text) if isinstance(text, str) else default
        except ValueError:
            return default
        return value if default is None or type(value) is type(default) else default

    def put(self, key: str, value: Any) -> None:
        """Remember a value that JSON can hold."""
        self._settings.setValue(key, json.dumps(value))

    def get_bytes(self, key: str) -> QByteArray:
        """Return bytes that were put under `key`, or none."""
        return QByteArray.fromBase64(self.get(key, "").encode())

    def put_bytes(self, key: str, value: QByteArray) -> None:
        """Remember bytes, such as a window's geometry."""
        self.put(key, bytes(value.toBase64().data()).decode())

    def save(self) -> None:
        """Write the file now; a folder that cannot be written loses the memory, nothing else."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        self._settings.sync()
