"""The list of those to tell on paper: as many sheets as it needs, each session under its heading (D7)."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSizeF
from PySide6.QtGui import QPageLayout

from trainer_desk.services.clock import Clock
from trainer_desk.services.rows.tellings import ToTell
from trainer_desk.services.rules.times import local
from trainer_desk.texts import people_text
from trainer_desk.texts.facts import shown
from trainer_desk.texts.tellings import news_text, occasion_text
from trainer_desk.texts.translate import _
from trainer_desk.views.desk import Desk
from trainer_desk.views.main_window import MainWindow
from trainer_desk.views.pages.content import Content, Line, Section
from trainer_desk.views.parts.row_model import Column
from trainer_desk.views.printing.one_page import OnePage
from trainer_desk.views.printing.options import layout_of, paper_option
from trainer_desk.views.printing.preview_sheet import PreviewSheet
from trainer_desk.views.printing.printers import Printers
from trainer_desk.views.printing.sheets_of_content import SheetsOfContent, size_of
from trainer_desk.views.printing.stamp import printed
from trainer_desk.views.telling.facts import by_session

FIRST_TRY = 60
"""People that are tried on a sheet at first; what does not fit goes to the next."""


class TellingPaper(QObject):
    """`preview` is the last look before printing."""

    printers: Printers | None = None

    def __init__(self, window: MainWindow, desk: Desk, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._desk, self._clock = window, desk, clock
        self.preview: PreviewSheet | None = None

    def print(self, rows: Sequence[ToTell], zone: ZoneInfo) -> None:
        """Show how the list looks on paper; from there it is printed."""
        now, window = self._clock.now(), self._window
        self.preview = PreviewSheet(
            window,
            self._desk,
            window.memory,
            window.toasts,
            title=_("Print the list of those to tell"),
            kind="to_tell",
            options=[paper_option(("a4", "letter"))],
            make=lambda chosen: list_of(rows, zone, now, self._desk.actor, layout_of(chosen)),
            printers=self.printers,
        )
        self.preview.open()


def list_of(rows: Sequence[ToTell], zone: ZoneInfo, now: datetime, who: str, layout: QPageLayout) -> SheetsOfContent:
    """Return the list as a document."""
    title = _("To tell {day}").format(day=local(now, zone).date().isoformat())
    return SheetsOfContent(title, layout, pages(rows, zone, now, who, size_of(layout)))


def pages(rows: Sequence[ToTell], zone: ZoneInfo, now: datetime, who: str, size: QSizeF) -> list[OnePage]:
    """Lay the list out on sheets of a size (points), nobody left out."""
    found: list[OnePage] = []
    left = list(rows)
    foot = _("{printed} · {who}").format(printed=printed(now, zone), who=who)
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
