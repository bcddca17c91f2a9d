"""Prints a document page by page, one page per turn of the event loop, so that the window goes on answering."""

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QObject, QTimer, Signal
from PySide6.QtGui import QPagedPaintDevice, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from trainer_desk.services.errors import BadValue
from trainer_desk.views.printing.document import Document, paint_page


class Press(QObject):
    """Belongs to the GUI thread, where it paints. It ends with one of `finished`, `stopped` and `failed`."""

    stepped = Signal(int)
    """So many pages are done."""
    finished = Signal()
    stopped = Signal()
    """It was stopped: what the device holds is to be thrown away."""
    failed = Signal(object)
    """A DeskError: the printer took nothing, or no more."""

    def __init__(self, document: Document, device: QPagedPaintDevice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        painter = self._painter = QPainter()
        self._document, self._device = document, device
        self.destroyed.connect(lambda: painter.end() if painter.isActive() else None)  # before its device goes
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)
        self._done = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)

    @property
    def is_running(self) -> bool:
        """Whether pages are still to come."""
        return self._painter.isActive()

    def start(self) -> None:
        """Begin; the first page follows in the next turn of the event loop."""
        self._device.setPageLayout(self._document.layout)
        if not self._painter.begin(self._device):
            self.failed.emit(self._refusal())
            return
        self._timer.start()

    def stop(self) -> None:
        """Print no further page; what was sent to a printer already is called off."""
        if not self.is_running:
            return
        self._timer.stop()
        if isinstance(self._device, QPrinter):
            self._device.abort()
        self._painter.end()
        self.stopped.emit()

    def _turn(self) -> None:
        if self._done and not self._device.newPage():
            self._painter.end()
            self.failed.emit(self._refusal())
            return
        paint_page(self._document, self._done, self._painter, self._device.logicalDpiX())
        self._done += 1
        is_last = self._done >= self._document.pages
        if is_last:
            self._painter.end()
        self.stepped.emit(self._done)
        if is_last:
            self.finished.emit()
        elif self.is_running:
            self._timer.start()

    def _refusal(self) -> BadValue:
        name = self._device.printerName() if isinstance(self._device, QPrinter) else self._document.title
        return BadValue(field="printer", value=name, why="printer_silent")


class PdfPress(Press):
    """Prints into the memory; `content` is the PDF once it has finished."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        self._buffer = QBuffer()
        super().__init__(document, _writer(document, self._buffer), parent)

    @property
    def content(self) -> bytes:
        """The PDF."""
        return bytes(self._buffer.data().data())


def pdf_bytes(document: Document) -> bytes:
    """Return a document as a PDF, all pages at once: for the command line. It needs a QGuiApplication and its fonts."""
    buffer = QBuffer()
    writer = _writer(document, buffer)
    painter = QPainter(writer)
    for page in range(document.pages):
        if page:
            writer.newPage()
        paint_page(document, page, painter, writer.logicalDpiX())
    painter.end()
    return bytes(buffer.data().data())


def _writer(document: Document, buffer: QBuffer) -> QPdfWriter:
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(document.layout)
    writer.setTitle(document.title)
    writer.setCreator("Trainer Desk")
    return writer
