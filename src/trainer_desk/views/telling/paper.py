"""The list of those to tell on paper: as many sheets as it needs, each session under its heading (D7)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.tellings import ToTell
from trainer_desk.texts import moment_text, people_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.tellings import news_text, occasion_text
from trainer_desk.texts.translate import _
from trainer_desk.views.pages.content import Content, Line, Section
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.printing.devices import printer
from trainer_desk.views.printing.one_page import OnePage
from trainer_desk.views.telling.facts import by_session

FIRST_TRY = 60
"""People that are tried on a sheet at first; what does not fit goes to the next."""


class TellingPaper(QObject):
    """`preview` is the last look before printing."""

    def __init__(self, window: QWidget, who: str, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._who, self._clock = window, who, clock
        self.preview: QPrintPreviewDialog | None = None
        self._printer: QPrinter | None = None

    def print(self, rows: Sequence[ToTell], zone: ZoneInfo) -> None:
        """Show how the list looks on paper; from there it is printed."""
        now = self._clock.now()
        self._printer = printer()  # the preview does not own it
        self.preview = QPrintPreviewDialog(self._printer, self._window)
        self.preview.setWindowTitle(_("Print the list of those to tell"))
        self.preview.paintRequested.connect(
            lambda asked: put_all_on(asked, asked.resolution(), rows, zone, now, self._who)
        )
        self.preview.open()


def put_all_on(
    device: QPagedPaintDevice, dots: int, rows: Sequence[ToTell], zone: ZoneInfo, now: datetime, who: str
) -> list[OnePage]:
    """Paint the list on sheets of a device of so many dots per inch; return how they were laid out."""
    sheets = pages(rows, zone, now, who, QSizeF(device.pageLayout().paintRectPoints().size()))
    painter = QPainter(device)
    for place, page in enumerate(sheets):
        if place:
            device.newPage()
        page.paint(painter, dots)
    painter.end()
    return sheets


def pages(rows: Sequence[ToTell], zone: ZoneInfo, now: datetime, who: str, size: QSizeF) -> list[OnePage]:
    """Lay the list out on sheets of a size (points), nobody left out."""
    found: list[OnePage] = []
    left = list(rows)
    foot = _("Trainer Desk · {moment} · {who}").format(
        moment=moment_text(now.replace(second=0), zone, year=True), who=who
    )
    while left or not found:
        count = min(len(left), FIRST_TRY)
        while True:
            content = content_of(left[:count], zone, now, total=len(rows))
            page = OnePage(content, _("Page {n}").format(n=len(found) + 1), foot, size)
            missing = sum(
                len(section.lines) - laid.shown for section, laid in zip(content.sections, page.tables, strict=True)
            )
            if not missing or count <= 1:
                break
            count = max(1, count - missing)
        found.append(page)
        left = left[count:]
    return found


def content_of(rows: Sequence[ToTell], zone: ZoneInfo, now: datetime, *, total: int) -> Content:
    """Return what stands on one sheet."""
    columns = (
        Column("tick", _("Told"), 40),
        Column("name", _("Name")),
        Column("news", _("To tell"), wide=True),
        Column("phone", _("Phone")),
        Column("manager", _("Manager")),
    )
    sections = tuple(
        Section(
            str(first.session_id),
            f"{shown(first.title)} · {occasion_text(first, zone, now)}",
            columns,
            tuple(Line(_cells(row, zone, now)) for row in people),
            "",
        )
        for first, people in by_session(rows)
    )
    return Content("to_tell", 0, _("To tell"), people_text(total), ("", "muted", ""), (), sections)


def _cells(row: ToTell, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    manager = ", ".join(filter(None, (shown(row.manager or ""), row.manager_phone)))
    who = " · ".join(filter(None, (shown(row.name), row.employee_no, shown(row.department))))
    return ("☐", who, news_text(row, zone, now), shown(row.phone or row.email or ""), manager)
