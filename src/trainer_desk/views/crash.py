"""What happens when the program itself is wrong: the log gets the traceback, the user a sentence and "Copy details"."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication

LOG = logging.getLogger(__name__)

SENTENCE = "Trainer Desk could not finish that. Nothing saved so far is lost; the log holds what happened."

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

NOISE = ("This plugin does not support propagateSizeHints()",)
"""What Qt says at every window without a screen; it helps nobody."""

Say = Callable[[str, str], object]
"""Shows a sentence and offers the details, on the GUI thread."""


class CrashHandler(QObject):
    """Catches what nobody caught, in the GUI thread, in workers and inside Qt; `say` may be changed with the window.

    `raised` carries each traceback, on the GUI thread.
    """

    raised = Signal(str)

    def __init__(self, say: Say | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.say = say
        self.raised.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the hooks of Python and the messages of Qt."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread
        qInstallMessageHandler(self._report_qt)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None) -> None:
        """Log an exception and tell the user, from any thread; Ctrl+C in the terminal ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            app = QGuiApplication.instance()
            if app is not None:
                app.quit()
            return
        self.report_text("".join(traceback.format_exception(kind, error, trace)))

    @Slot(str)
    def report_text(self, details: str) -> None:
        """Log a traceback that a worker sent and tell the user."""
        LOG.error("unexpected:\n%s", details)
        self.raised.emit(details)

    def _report_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    @staticmethod
    def _report_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if message in NOISE:
            return
        LOG.log(_LEVELS.get(kind, logging.WARNING), "qt: %s", message)

    @Slot(str)
    def _tell(self, details: str) -> None:
        if self.say is not None:
            self.say(SENTENCE, details)
