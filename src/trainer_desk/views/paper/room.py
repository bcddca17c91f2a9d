"""Reads what is to be printed of sessions, and shows it before it goes to paper (X4)."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _
from trainer_desk.views.paper.kinds import KINDS
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.printing.printers import Printers
from trainer_desk.views.room import Room


class PaperRoom(Room):
    """`preview` is the last look before printing; `printers` are those of the computer if None."""

    preview: PreviewSheet | None = None
    printers: Printers | None = None

    def print(self, what: str, session_ids: Sequence[int], over: QWidget | None = None) -> None:
        """Show sessions as one of `KINDS` before they are printed, over this window; raises KeyError for another."""
        kind = KINDS[what]
        if not session_ids:
            return
        self._desk.read(
            self,
            kind.read,
            list(session_ids),
            self._desk.actor,
            now=self._clock.now(),
            then=lambda found: self._show(what, found, over),
            failed=self._refused,
            lane="paper",
        )

    def _show(self, what: str, found: Any, over: QWidget | None) -> None:
        kind = KINDS[what]
        window = self._window
        self.preview = PreviewSheet(
            window if over is None or not isValid(over) else over,
            self._desk,
            window.memory,
            window.toasts,
            title=_(kind.title),
            kind=what,
            options=kind.options(),
            make=lambda chosen: kind.make(found, chosen),
            printers=self.printers,
        )
        self.preview.open()

    def _refused(self, error: DeskError) -> None:
        self._window.toasts.show(error_text(error), "block")
