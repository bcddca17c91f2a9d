"""The sheet that saves a document as a PDF, page by page, with a count and a way to stop."""

from PySide6.QtWidgets import QWidget

from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.export.file_sheet import FileSheet
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.printing.document import Document
from trainer_desk.views.printing.pressed import Pressed

FOLDER = "pdf/folder"


class PdfSheet(FileSheet):
    """The name of the file is the document's title; the folder of last time is remembered."""

    def __init__(self, over: QWidget, desk: Desk, memory: Memory, toasts: Toasts, document: Document) -> None:
        super().__init__(
            over,
            desk,
            memory,
            toasts,
            title=_("Save as PDF"),
            kinds=_("PDF files (*.pdf)"),
            remembers=FOLDER,
            told=_told,
            counted=_("{n} pages"),
            subtitle=plural("{n} page.", "{n} pages.", document.pages),
        )
        self.total = document.pages
        self._work = Pressed(document, self).write
        self.propose(f"{document.title}.pdf")


def _told(pages: int, name: str) -> str:
    if pages == 1:
        return _("Saved the page to “{name}”.").format(name=name)
    return _("Saved {n} pages to “{name}”.").format(n=f"{pages:,}", name=name)
