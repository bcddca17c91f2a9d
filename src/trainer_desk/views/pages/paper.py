"""Prints the page on show after a look at it, or saves it as a PDF."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtGui import QPageLayout

from trainer_desk.texts import date_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.pages.content import Content
from trainer_desk.views.printing.devices import sheet
from trainer_desk.views.printing.options import layout_of, paper_option
from trainer_desk.views.printing.pdf_sheet import PdfSheet
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.printing.printers import Printers
from trainer_desk.views.printing.sheets_of_content import SheetsOfContent, one_sheet
from trainer_desk.views.printing.stamp import printed


class Paper(QObject):
    """Puts a content on paper; `preview` is the last look before printing, `sheet` the last that saved a PDF."""

    printers: Printers | None = None

    def __init__(self, window: MainWindow, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__(window)
        self._window, self._desk, self._now = window, desk, now
        self.preview: PreviewSheet | None = None
        self.sheet: PdfSheet | None = None

    def print(self, content: Content, day: date, zone: ZoneInfo) -> None:
        """Show how the page looks on paper; from there it is printed."""
        window = self._window
        self.preview = PreviewSheet(
            window,
            self._desk,
            window.memory,
            window.toasts,
            title=_("Print {title}").format(title=content.title),
            kind="page",
            options=[paper_option(("a4", "letter"))],
            make=lambda chosen: self._made(content, day, zone, layout_of(chosen)),
            printers=self.printers,
        )
        self.preview.open()

    def save(self, content: Content, day: date, zone: ZoneInfo) -> None:
        """Ask where to, and save the page as a PDF."""
        made = self._made(content, day, zone, sheet())
        memory, toasts = self._window.memory, self._window.toasts
        self.sheet = PdfSheet(self._window, self._desk, memory, toasts, made)
        self.sheet.open()

    def _made(self, content: Content, day: date, zone: ZoneInfo, layout: QPageLayout) -> SheetsOfContent:
        """Lay the page out; it says as of when it is, and who had it printed when."""
        as_of = _("As of {day}").format(day=date_text(day))
        foot = _("{printed} · {who}").format(printed=printed(self._now(), zone), who=self._desk.actor)
        return one_sheet(content, as_of, foot, layout, f"{content.title} {day.isoformat()}")
