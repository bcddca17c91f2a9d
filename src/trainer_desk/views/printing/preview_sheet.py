"""The last look before paper: the pages as pictures, what can be chosen at the left, printer and PDF (ux 4.10)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from trainer_desk.services.errors import DeskError
from trainer_desk.texts import error_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.desk import Desk
from trainer_desk.views.memory import Memory
from trainer_desk.views.parts.buttons import Button, IconButton
from trainer_desk.views.parts.notice_bar import NoticeBar
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.parts.progress_bar import ProgressBar
from trainer_desk.views.parts.sheet import Sheet
from trainer_desk.views.parts.toast import Toasts
from trainer_desk.views.printing.document import Document
from trainer_desk.views.printing.options import Chosen, Option, recalled, remember
from trainer_desk.views.printing.options_column import OptionsColumn
from trainer_desk.views.printing.paper_view import PaperView
from trainer_desk.views.printing.pdf_sheet import PdfSheet
from trainer_desk.views.printing.press import Press
from trainer_desk.views.printing.printers import Printers, SystemPrinters
from trainer_desk.views.theme import look

COLUMN = 264
MOST_COPIES = 99


class PreviewSheet(Sheet):
    """`make` lays the document out for what is chosen; `kind` is under which name the choices are remembered.

    Enter prints, or saves a PDF where there is no printer; PgUp and PgDn turn pages, Ctrl+Plus and Ctrl+Minus magnify,
    Ctrl+0 shows the whole page.
    """

    def __init__(
        self,
        over: QWidget,
        desk: Desk,
        memory: Memory,
        toasts: Toasts,
        *,
        title: str,
        kind: str,
        options: Sequence[Option],
        make: Callable[[Chosen], Document],
        printers: Printers | None = None,
    ) -> None:
        super().__init__(over, title, width=1080, height=760, widest=1400)
        self._desk, self._memory, self._toasts = desk, memory, toasts
        self._kind, self._make, self._printers = kind, make, printers or SystemPrinters()
        self.options = OptionsColumn(recalled(options, memory, kind))
        self.document = make(self.options.chosen())
        self.printer, self.copies = QComboBox(), QSpinBox()
        self.paper, self.notice = PaperView(), NoticeBar()
        self.back, self.on = IconButton("chevron-left", _("Page before")), IconButton("chevron-right", _("Next page"))
        self.where = PlainLabel("", "muted")
        self.smaller, self.larger = IconButton("minus", _("Smaller")), IconButton("plus", _("Larger"))
        self.whole = IconButton("maximize", _("Whole page"))
        self.progress, self.bar = PlainLabel("", "muted"), ProgressBar()
        self.cancel = Button(_("Cancel"))
        names = self._printers.names()
        self.printer.addItems(names)
        self.save = Button(_("Save as PDF…"), "file-down", "" if names else "primary")
        self.print = Button(_("Print"), "printer", kind="primary")
        self.press: Press | None = None
        self.saving: PdfSheet | None = None
        self.may_close = self._may_leave
        self._lay_out_sheet()
        self._connect_sheet()
        self._show(0)

    def open(self) -> None:
        """Show the sheet; Enter prints."""
        super().open()
        (self.print if self.print.isVisibleTo(self) else self.save).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print with Enter, walk and magnify with the usual keys."""
        focus = self.focusWidget()
        walk = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (focus if isinstance(focus, QAbstractButton) else self._first()).click()
        elif walk is not None:
            self._turn(walk)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._magnify(event.key()):
            pass
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    @property
    def is_busy(self) -> bool:
        """Whether pages are being printed."""
        return self.press is not None

    def _first(self) -> Button:
        return self.print if self.print.isVisibleTo(self) else self.save

    def _magnify(self, key: int) -> bool:
        deeds: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Plus: lambda: self.paper.magnify(1),
            Qt.Key.Key_Equal: lambda: self.paper.magnify(1),
            Qt.Key.Key_Minus: lambda: self.paper.magnify(-1),
            Qt.Key.Key_0: self.paper.fit,
        }
        deed = deeds.get(key)
        if deed is not None:
            deed()
        return deed is not None

    def _turn(self, pages: int) -> None:
        self._show(max(0, min(self.document.pages - 1, self.paper.page + pages)))

    def _show(self, page: int) -> None:
        self.paper.show_page(self.document, page)
        self.where.setText(_("Page {n} of {all}").format(n=page + 1, all=self.document.pages))
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page + 1 < self.document.pages)

    def _remake(self) -> None:
        """Lay the document out anew, and stay on the page as far as it is still there."""
        self.document = self._make(self.options.chosen())
        self._show(min(self.paper.page, self.document.pages - 1))

    def _print(self) -> None:
        name = self.printer.currentText()
        device = self._printers.device(name, self.document.title, self.copies.value())
        pages = plural("{n} page", "{n} pages", self.document.pages)
        told = _("Sent {pages} to {printer}.").format(pages=pages, printer=name)
        self._start(Press(self.document, device, self), lambda: self._printed(told))

    def _printed(self, told: str) -> None:
        remember(self.options.chosen(), self._memory, self._kind)
        self._toasts.show(told, "ok")
        self.finish()

    def _save(self) -> None:
        remember(self.options.chosen(), self._memory, self._kind)
        self.saving = PdfSheet(self, self._desk, self._memory, self._toasts, self.document)
        self.saving.saved.connect(lambda _path: self.finish())
        self.saving.open()

    def _start(self, press: Press, then: Callable[[], object]) -> None:
        if self.is_busy:
            return
        self.notice.hide()
        self.press = press
        press.stepped.connect(self._tell)
        press.finished.connect(lambda: self._over(then))
        press.stopped.connect(lambda: self._over(lambda: self.progress.setText(_("Stopped."))))
        press.failed.connect(lambda error: self._over(lambda: self._refused(error)))
        self._set_busy(True)
        self.bar.begin(self.document.pages)
        press.start()

    def _tell(self, done: int) -> None:
        words = _("Page {n} of {all}").format(n=done, all=self.document.pages)
        self.progress.setText(words)
        self.bar.reach(done, words)

    def _over(self, then: Callable[[], object]) -> None:
        press, self.press = self.press, None
        if press is not None:
            press.deleteLater()
        self.progress.setText("")
        self.bar.end()
        self._set_busy(False)
        then()

    def _refused(self, error: DeskError) -> None:
        self.notice.say(error_text(error), "danger")

    def _may_leave(self) -> bool:
        """Stop the press first; a second Esc closes the sheet."""
        if self.press is None:
            return True
        self.press.stop()
        return False

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.options, self.save, self.print):
            widget.setEnabled(not busy)

    def _connect_sheet(self) -> None:
        self.options.changed.connect(self._remake)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.smaller.clicked.connect(lambda: self.paper.magnify(-1))
        self.larger.clicked.connect(lambda: self.paper.magnify(1))
        self.whole.clicked.connect(self.paper.fit)
        self.cancel.clicked.connect(self.dismiss)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)

    def _lay_out_sheet(self) -> None:
        self.copies.setRange(1, MOST_COPIES)
        side = QVBoxLayout()
        side.addWidget(self.options)
        if self.printer.count():
            self.options.add_widget(_("Printer"), self.printer)
            self.options.add_widget(_("Copies"), self.copies)
        else:
            self.print.hide()
            side.addWidget(PlainLabel(_("There is no printer on this computer."), "muted", wrap=True))
        side.addStretch(1)
        self.options.setFixedWidth(look().px(COLUMN))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(side)
        row.addLayout(self._pages(), 1)
        self.body.addWidget(self.notice)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.bar)
        self.foot.addWidget(self.progress)
        self.foot.addStretch(1)
        for button in (self.cancel, self.save, self.print):
            self.foot.addWidget(button)

    def _pages(self) -> QVBoxLayout:
        walk = QHBoxLayout()
        walk.setSpacing(4)
        for widget in (self.back, self.where, self.on):
            walk.addWidget(widget)
        walk.addStretch(1)
        for widget in (self.smaller, self.whole, self.larger):
            walk.addWidget(widget)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.paper, 1)
        column.addLayout(walk)
        return column
