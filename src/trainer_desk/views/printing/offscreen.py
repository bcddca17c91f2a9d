"""Makes a PDF where no window is open, and no display is needed."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from trainer_desk.views.assets import load_fonts
from trainer_desk.views.printing.document import Document
from trainer_desk.views.printing.press import pdf_bytes


def pdf_without_window(make: Callable[[], Document]) -> bytes:
    """Return the document that `make` lays out as a PDF; Qt is started for that long if it is not there."""
    running = QGuiApplication.instance() or QGuiApplication(["trainer-desk", "-platform", "offscreen"])
    load_fonts()
    try:
        return pdf_bytes(make())
    finally:
        del running
