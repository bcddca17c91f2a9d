"""Prints the page on show after a look at it, or saves it as a PDF."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from trainer_desk.texts import date_text, moment_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.pages.content import Content
from trainer_desk.views.printing.devices import pdf_of, printer, put_on
from trainer_desk.views.printing.save_sheet import SaveSheet


class Paper(QObject):
    """Puts a content on paper; `preview` is the last look before printing, `sheet` the last that saved a PDF."""

    def __init__(self, window: MainWindow, desk: Desk, now: Callable[[], datetime]) -> None:
        super().__init__(window)
        self._window, self._desk, self._now = window, desk, now
        self.preview: QPrintPreviewDialog | None = None
        self.sheet: SaveSheet | None = None
        self._target: QPrinter | None = None

    def print(self, content: Content, day: date, zone: ZoneInfo) -> None:
        """Show how the page looks on paper; from there it is printed."""
        self._target = printer()  # the preview does not own it
        words = self._words(day, zone)
        self.preview = QPrintPreviewDialog(self._target, self._window)
        self.preview.setWindowTitle(_("Print {title}").format(title=content.title))
        self.preview.paintRequested.connect(lambda asked: self._paint(asked, content, words))
        self.preview.open()

    def save(self, content: Content, day: date, zone: ZoneInfo) -> None:
        """Ask where to, and save the page as a PDF."""
        name = f"{content.title} {day.isoformat()}"
        pdf = pdf_of(content, *self._words(day, zone))
        memory, toasts = self._window.memory, self._window.toasts
        self.sheet = SaveSheet(self._window, self._desk, memory, toasts, name=name, content=pdf)
        self.sheet.open()

    def _paint(self, asked: QPrinter, content: Content, words: tuple[str, str]) -> None:
        put_on(asked, asked.resolution(), content, *words)

    def _words(self, day: date, zone: ZoneInfo) -> tuple[str, str]:
        """Return as of when, and who had it printed when."""
        foot = _("Trainer Desk · {moment} · {who}")
        moment = moment_text(self._now().replace(second=0), zone, year=True)
        as_of = _("As of {day}").format(day=date_text(day))
        return as_of, foot.format(moment=moment, who=self._desk.actor)
