"""Name badges on sheets of labels: the name large, the course, and the number as a code that the door reads (X4)."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPen

from trainer_desk.services.rows.on_paper import OnPaper, PaperPerson, PaperSession
from trainer_desk.services.rules.times import local
from trainer_desk.texts import date_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.paper.label_sizes import SIZES, LabelSize
from trainer_desk.views.paper.names import title_of
from trainer_desk.views.printing.code import QUIET, modules_of, paint_code
from trainer_desk.views.printing.devices import sheet
from trainer_desk.views.printing.options import YES, Chosen, Option, box
from trainer_desk.views.printing.rows import MM
from trainer_desk.views.printing.stamp import printed
from trainer_desk.views.printing.text import UNIT, Paragraph, Style, width_of
from trainer_desk.views.tokens import LIGHT

PAD = 4 * MM
LARGEST, LEAST = 26, 9
"""Points of a name: as large as it fits."""
MOST_LINES = 2
ORGANISATION, COURSE = Style(8, 600, "accent"), Style(9, 500)
DAY, NUMBER = Style(8, 400, "text2"), Style(7, 400, "text2")
SMALL = (Style(7, 600, "accent"), Style(7.5, 500), Style(6.5, 400, "text2"), Style(6, 400, "text2"))
"""The same on labels lower than `LOW`, which leave the room to the name."""
LOW = 45
"""Millimetres."""
STAMP, NAMED, CLEAR = Style(5.5, 400, "text2"), 4, 0.8 * MM
"""How a sheet is stamped, of how many sessions the version is named, and how far below the last labels it stands."""


def options() -> list[Option]:
    """Return what can be chosen of badges."""
    usual = "4x3in" if sheet().pageSize().id() == QPageSize.PageSizeId.Letter else "90x55"
    most = max(size.count for size in SIZES.values())
    return [
        Option("size", _("Labels"), tuple((key, _(size.words)) for key, size in SIZES.items()), usual),
        Option("first", _("Begin at label"), tuple((str(n), str(n)) for n in range(1, most + 1)), "1"),
        box("frames", _("Lines to cut along"), ticked=True),
        box("codes", _("QR codes for the scanner"), ticked=True),
    ]


class Badge:
    """One label, laid out for a size in tenths of a point."""

    def __init__(
        self, organisation: str, session: PaperSession, person: PaperPerson, zone: ZoneInfo, size: LabelSize,
        *, code: bool,
    ) -> None:  # fmt: skip
        self.session = session
        self._width, self._height = size.width * MM - 2 * PAD, size.height * MM - 2 * PAD
        self._number = person.employee_no if code else ""
        self._code = min(18 * MM, self._height * 0.42)
        self._quiet = QUIET * self._code / len(modules_of(person.employee_no)) if code else 0.0
        beside = self._width - (self._code + self._quiet if code else 0)
        usual = (ORGANISATION, COURSE, DAY, NUMBER)
        above, course, small, number = usual if size.height >= LOW else SMALL
        self._organisation = Paragraph(organisation, above, self._width)
        days = [] if session.starts_at is None else [date_text(local(session.starts_at, zone).date())]
        lines = [(person.department, small), (session.title, course), *((day, small) for day in days)]
        self._below = [Paragraph(words, style, beside) for words, style in lines if words]
        self._label = Paragraph(person.employee_no, number, beside)
        below = self._organisation.height + max(self._foot(), self._reach()) + 2 * UNIT
        self._name = _name(person.name, self._width, min(self._height * 0.45, self._height - below))
        self.scale = self._fit()

    def texts(self) -> list[str]:
        """Return all words of it."""
        return [one.text for one in (self._organisation, self._name, *self._below, self._label)]

    def paint(self, painter: QPainter) -> None:
        """Paint it with its corner where the painter stands."""
        painter.save()
        painter.translate(PAD, PAD)
        if self._number:
            paint_code(painter, self._number, QPointF(self._width, self._height), self._code)
        painter.scale(self.scale, self.scale)
        self._organisation.paint(painter, 0, 0)
        self._name.paint(painter, 0, self._organisation.height + UNIT)
        bottom = self._height / self.scale
        y = bottom - self._foot()
        for line in (*self._below, self._label):
            line.paint(painter, 0, y)
            y += line.height
        painter.restore()

    def _foot(self) -> float:
        return sum(line.height for line in (*self._below, self._label))

    def _fit(self) -> float:
        """Return how far everything must shrink; below 1 only where words are very many."""
        needed = self._organisation.height + self._name.height + 2 * UNIT + max(self._foot(), self._reach())
        return min(1.0, self._height / needed)

    def _reach(self) -> float:
        """Return how high the code reaches with the white around it."""
        return self._code + self._quiet if self._number else 0.0


class Badges:
    """A badge for everybody with a place, session by session, on as many sheets as it takes."""

    def __init__(self, found: OnPaper, chosen: Chosen) -> None:
        self.title = title_of(_("Badges"), _("Badges"), found)
        self._size = SIZES[chosen.get("size", "90x55")]
        self._frames = chosen.get("frames", YES) == YES
        codes = chosen.get("codes", YES) == YES
        self._before = min(int(chosen.get("first", "1")), self._size.count) - 1
        self.layout = _whole(self._size.paper)
        self._found = found
        self.badges: Sequence[Badge] = [
            Badge(found.organisation, session, person, found.zone, self._size, code=codes)
            for session in found.sessions
            for person in session.expected
        ]

    @property
    def pages(self) -> int:
        """How many sheets it takes."""
        return max(1, -(-(self._before + len(self.badges)) // self._size.count))

    def paint(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint a sheet."""
        if not self.badges:
            words = Paragraph(_("Nobody is enrolled, so there are no badges."), DAY, area.width() - 30 * MM)
            words.paint(painter, 15 * MM, 15 * MM)
        first = page * self._size.count
        for place in range(self._size.count):
            number = first + place - self._before
            if 0 <= number < len(self.badges):
                self._paint(painter, self.badges[number], place)
        self._paint_stamp(painter, page, area)

    def texts(self) -> list[str]:
        """Return all words on all sheets."""
        stamps = [self.stamp(page) for page in range(self.pages)]
        return [text for badge in self.badges for text in badge.texts()] + stamps

    def stamp(self, page: int) -> str:
        """Return what a sheet says of itself at its foot: when it was printed, and of which versions (X4)."""
        count = self._size.count
        last = (page + 1) * count - self._before
        on_it = self.badges[max(0, last - count) : max(0, last)]
        of = list({badge.session.session_id: badge.session for badge in on_it}.values())
        words = printed(self._found.read_at, self._found.zone, of[0].version if len(of) == 1 else None)
        told = [of[0].ref] if len(of) == 1 else [f"{one.ref}: {_version(one)}" for one in of[:NAMED]]
        more = [plural("{n} more session", "{n} more sessions", len(of) - NAMED)] if len(of) > NAMED else []
        return " · ".join([words, *told, *more])

    def _paint_stamp(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint the stamp between the last labels and the edge of the sheet, on no label."""
        left, top = self._size.corner(self._size.count - self._size.across)
        below = (top + self._size.height) * MM
        words = Paragraph(self.stamp(page), STAMP, area.width() - 2 * left * MM)
        room = area.height() - below
        words.paint(painter, left * MM, below + max(CLEAR, min(room / 3, room - words.height - CLEAR)))

    def _paint(self, painter: QPainter, badge: Badge, place: int) -> None:
        x, y = self._size.corner(place)
        painter.save()
        painter.translate(x * MM, y * MM)
        badge.paint(painter)
        if self._frames:
            painter.setPen(QPen(QColor(LIGHT["line"]), 0.4 * UNIT))
            painter.drawRect(QRectF(0, 0, self._size.width * MM, self._size.height * MM))
        painter.restore()


def _name(words: str, width: float, height: float) -> Paragraph:
    """Return a name as large as it fits, no word broken: on one or two lines, a very long one on more."""
    longest = max(words.split() or [""], key=len)
    for most in (MOST_LINES, len(words)):
        for size in range(LARGEST, LEAST - 1, -1):
            style = Style(size, 700)
            found = Paragraph(words, style, width)
            if found.height <= height and len(found.lines()) <= most and width_of(longest, style) <= width:
                return found
    return Paragraph(words, Style(LEAST, 700), width)


def _version(session: PaperSession) -> str:
    return _("version {version}").format(version=session.version)


def _whole(paper: QPageSize.PageSizeId) -> QPageLayout:
    """Return the whole sheet to paint on: labels are where they are, whatever a printer's margins."""
    layout = QPageLayout(QPageSize(paper), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
