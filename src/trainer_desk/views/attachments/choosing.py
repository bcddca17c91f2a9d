"""Files chosen in a dialog or dropped from elsewhere."""

from pathlib import Path

from PySide6.QtCore import QDir, QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from trainer_desk.services.rules.files import KINDS
from trainer_desk.texts.translate import _


def pick_files(over: QWidget) -> list[Path]:
    """Ask for files of those types that can be attached."""
    endings = " ".join(f"*.{ending}" for ending in KINDS)
    words = _("Files that can be attached ({endings})").format(endings=endings)
    names, _kind = QFileDialog.getOpenFileNames(over, _("Attach files"), QDir.homePath(), words)
    return [Path(name) for name in names]


def files_in(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
