"""The usual sheet of paper of the place where the computer stands."""

from PySide6.QtCore import QLocale, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize

MARGIN = 42.0
"""Points around the printable area, 15 mm."""
LETTER_LANDS = ("US", "CA", "MX", "PH", "CL", "CO")


def sheet() -> QPageLayout:
    """Return an upright sheet of the size that is usual where the computer stands: Letter or A4."""
    land = QLocale.territoryToCode(QLocale.system().territory())
    size = QPageSize.PageSizeId.Letter if land in LETTER_LANDS else QPageSize.PageSizeId.A4
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    return QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Point)
