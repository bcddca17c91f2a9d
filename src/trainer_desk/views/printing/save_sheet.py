"""The sheet that saves a PDF which is made already."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from trainer_desk.services.exchange.new_file import save_bytes
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.file_sheet import FileSheet, Step
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.toast import Toasts

FOLDER = "pdf/folder"


class SaveSheet(FileSheet):
    """Writes the bytes of a PDF; the folder of last time is remembered."""

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        memory: Memory,
        toasts: Toasts,
        *,
        name: str,
        content: bytes,
        subtitle: str = "",
    ) -> None:
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Save as PDF"),
            kinds=_("PDF files (*.pdf)"),
            remembers=FOLDER,
            work=partial(_write, content),
            told=lambda _pages, saved: _("Saved the page to “{name}”.").format(name=saved),
            subtitle=subtitle or _("One page."),
        )
        self.propose(f"{name}.pdf")


def _write(content: bytes, db: Any, path: Path, _step: Step) -> int:
    save_bytes(db, path, content)
    return 1
