"""Makes a PDF of certificates where no window is open, and no display is needed."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtGui import QGuiApplication

from trainer_desk.services.rows.certificates import CertificateRow
from trainer_desk.views.assets import load_fonts
from trainer_desk.views.certificates.document import pdf_of_certificates


def pdf_without_window(rows: Sequence[CertificateRow], zone: ZoneInfo) -> bytes:
    """Return the certificates as a PDF, as `pdf_of_certificates`; Qt is started for that long if it is not there."""
    running = QGuiApplication.instance() or QGuiApplication(["trainer-desk", "-platform", "offscreen"])
    load_fonts()
    try:
        return pdf_of_certificates(rows, zone)
    finally:
        del running
