"""Opens certificates from wherever somebody looks for one, saves them as a PDF and issues them again (A5)."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from trainer_desk.services.orchestration.reissuing import reissue
from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.texts import error_text
from trainer_desk.texts.certificates import number_text
from trainer_desk.texts.translate import _
from trainer_desk.views.certificates.document import Certificates, title_of
from trainer_desk.views.certificates.facts import Shown, gather, gather_zone
from trainer_desk.views.certificates.sheet import CertificateSheet
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.parts.reason_sheet import ReasonSheet
from trainer_desk.views.printing.options import Chosen, layout_of, paper_option
from trainer_desk.views.printing.pdf_sheet import PdfSheet
from trainer_desk.views.printing.preview_sheet import PreviewSheet


class CertificatesRoom(QObject):
    """`tell` shows a toast; its flag says whether there is something to undo."""

    history_wanted = Signal(int, str)
    """The history of a certificate, by its id and number, is to be shown."""

    def __init__(self, window: MainWindow, desk: Desk, tell: Callable[[str, bool], object]) -> None:
        super().__init__(window)
        self._window, self._desk, self._tell = window, desk, tell
        self.sheet: CertificateSheet | None = None
        self.asking: ReasonSheet | None = None
        self.saving: PdfSheet | None = None
        self.preview: PreviewSheet | None = None

    def open(self, certificate_id: int) -> None:
        """Show one certificate."""
        self._desk.read(self, gather, certificate_id, then=self._show, lane="certificate")

    def save(self, rows: Sequence[CertificateRow]) -> None:
        """Ask where to, and save one certificate as a PDF; show several before they are printed or saved."""
        if rows:
            go = self._save if len(rows) == 1 else self._preview
            self._desk.read(self, gather_zone, then=lambda zone: go(rows, zone), lane="save")

    def _preview(self, rows: Sequence[CertificateRow], zone: ZoneInfo) -> None:
        def make(chosen: Chosen) -> Certificates:
            return Certificates(rows, zone, layout_of(chosen))

        window, options = self._window, [paper_option(("a4", "letter"))]
        self.preview = PreviewSheet(window, self._desk, window.memory, window.toasts, title=title_of(rows),
                                    kind="certificates", options=options, make=make)  # fmt: skip
        self.preview.open()

    def _show(self, shown: Shown) -> None:
        self.sheet = CertificateSheet(self._window, self._desk, shown)
        self.sheet.save_wanted.connect(lambda row: self.save([row]))
        self.sheet.again_wanted.connect(self._ask)
        self.sheet.history_wanted.connect(lambda row: self.history_wanted.emit(row.id, row.number))
        self.sheet.open()

    def _save(self, rows: Sequence[CertificateRow], zone: ZoneInfo) -> None:
        memory, toasts = self._window.memory, self._window.toasts
        self.saving = PdfSheet(self._window, self._desk, memory, toasts, Certificates(rows, zone))
        self.saving.open()

    def _ask(self, row: CertificateRow) -> None:
        """Ask why a certificate is issued again."""
        remark = _(
            "The next revision calls person, course and trainers as they are called now. Days, hours and the last "
            "valid day stay. This revision counts no more then."
        )
        self.asking = ReasonSheet(
            self._window,
            _("Issue {number} again").format(number=row.number),
            remark,
            keep=_("Go back"),
            go=_("Issue again"),
            missing=_("Say why it is issued again: the reason is kept with it."),
        )
        self.asking.confirmed.connect(lambda reason: self._issue(row, reason))
        self.asking.ask()

    def _issue(self, row: CertificateRow, reason: str) -> None:
        label = _("Issue certificate {number} again").format(number=row.number)
        self._desk.write(
            self,
            label,
            reissue,
            row.id,
            reason,
            then=self._issued,
            refused=lambda error: self._tell(error_text(error), False),
        )

    def _issued(self, certificate_id: int) -> None:
        if self.sheet is not None:
            self.sheet.finish()
        self._desk.read(self, gather, certificate_id, then=self._show_next, lane="certificate")

    def _show_next(self, shown: Shown) -> None:
        self._tell(_("Issued again as {number}.").format(number=number_text(shown.row)), True)
        self._show(shown)
