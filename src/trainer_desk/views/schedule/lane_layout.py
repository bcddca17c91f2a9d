"""Where sessions stand on resource lanes: days across with folded nights, trainers or venues down (ux 4.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.layout import Box, Day, Entry, Layout, Piece, Span, assemble, spans
from trainer_desk.views.schedule.pack import pack

ROW = 46.0
ROW_MARGIN = 5.0
BLOCK_HEIGHT = 42.0
FOLDED = 30.0
NARROWEST = 5.0
LABEL_REACH = 420.0
FIT_DAYS = 5


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a day that are not folded away, in minutes from midnight."""

    opens: int
    closes: int

    @property
    def minutes(self) -> int:
        """How many minutes of a day are shown."""
        return self.closes - self.opens


@dataclass(frozen=True, slots=True)
class LaneDay:
    """A day across: `x` and `width` in content pixels; a folded one is an empty day off."""

    day: Day
    x: float
    width: float
    folded: bool

    @property
    def right(self) -> float:
        """The first pixel of the next day."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Lane:
    """A row: `resource_id` None is "No trainer" or "No venue"."""

    resource_id: int | None
    y: float
    height: float

    @property
    def bottom(self) -> float:
        """The first pixel of the next lane."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class LaneLayout:
    """Days, lanes and boxes; `hour` is the width of an hour in pixels."""

    days: tuple[LaneDay, ...]
    lanes: tuple[Lane, ...]
    hours: Hours
    hour: float
    layout: Layout

    def x_of(self, day: int, minute: float) -> float:
        """Return where a minute of a day lies; folded minutes lie at the fold."""
        shown = self.days[day]
        inside = min(max(minute, self.hours.opens), self.hours.closes) - self.hours.opens
        return shown.x + shown.width * inside / self.hours.minutes

    def day_at(self, x: float) -> int:
        """Return the index of the day at `x`, the nearest one outside of the grid."""
        return next((i for i, day in enumerate(self.days) if x < day.right), len(self.days) - 1)

    def minute_at(self, day: int, x: float) -> float:
        """Return the minute of the day at `x`, kept inside the hours shown."""
        shown = self.days[day]
        share = min(max((x - shown.x) / shown.width, 0.0), 1.0)
        return self.hours.opens + share * self.hours.minutes

    def lane_at(self, y: float) -> int | None:
        """Return the index of the lane at `y`, the nearest one outside; None without lanes."""
        if not self.lanes:
            return None
        return next((i for i, lane in enumerate(self.lanes) if y < lane.bottom), len(self.lanes) - 1)

    def lane_of(self, resource_id: int | None) -> int | None:
        """Return the index of a resource's lane, None when it is not shown."""
        return next((i for i, lane in enumerate(self.lanes) if lane.resource_id == resource_id), None)

    def box(self, lane: int, span: Span, row: int = 0, scale: float = 1.0) -> Box:
        """Return the box of a stretch in a lane; `row` counts the stacked rows, `scale` is the text size."""
        left, right = self.x_of(span.day, span.start), self.x_of(span.day, span.end)
        top = self.lanes[lane].y + (ROW_MARGIN + row * ROW) * scale
        return Box(left + 1, top, max(NARROWEST, right - left - 2), BLOCK_HEIGHT * scale)


def shown_hours(entries: Sequence[Entry], dates: Sequence[date], opens: int, closes: int) -> Hours:
    """Return the working hours with one hour around them, wider where sessions need it, in whole hours."""
    first, last = opens - 60, closes + 60
    for entry in entries:
        for span in spans(entry.start, entry.end, dates):
            first, last = min(first, int(span.start)), max(last, int(span.end + 59))
    return Hours(max(0, first // 60 * 60), min(wall.MINUTES_OF_DAY, -(-last // 60) * 60))


def lane_layout(
    entries: Sequence[Entry],
    days: Sequence[Day],
    resources: Sequence[int | None],
    *,
    width: float,
    zoom: float = 1.0,
    hours: Hours,
    scale: float = 1.0,
) -> LaneLayout:
    """Lay out `resources` as lanes over `days`; `Entry.lanes` says on which ones a session stands.

    `width` is what is visible; at zoom 1 up to five unfolded days fill it. `scale` is the text size (1 = 100 %).
    """
    dates = [day.date for day in days]
    laid_days, hour = _lay_days(days, width, zoom, hours)
    frame = LaneLayout(laid_days, (), hours, hour, Layout(0, 0))
    on_lane: dict[int | None, list[tuple[int, Span]]] = {}
    for entry in entries:
        for span in spans(entry.start, entry.end, dates):
            for resource in entry.lanes:
                on_lane.setdefault(resource, []).append((entry.session_id, span))
    lanes: list[Lane] = []
    pieces: list[Piece] = []
    y = 0.0
    for index, resource_id in enumerate(resources):
        found = on_lane.get(resource_id, [])
        rows = _rows(found)
        height = (ROW * max(1, 1 + max(rows.values(), default=0)) + 2 * ROW_MARGIN) * scale
        lane = Lane(resource_id, y, height)
        lanes.append(lane)
        pieces.extend(_lane_pieces(frame, lane, index, found, rows, scale))
        y += height
    right = laid_days[-1].right if laid_days else 0.0
    return LaneLayout(laid_days, tuple(lanes), hours, hour, assemble(right, y, pieces))


def _lay_days(days: Sequence[Day], width: float, zoom: float, hours: Hours) -> tuple[tuple[LaneDay, ...], float]:
    folded = [day.off and not day.sessions for day in days]
    if all(folded):
        folded = [False] * len(days)
    open_days = folded.count(False)
    fit = max(1, min(FIT_DAYS, open_days))
    open_width = max(128.0, (width - FOLDED * (len(days) - open_days)) / fit) * zoom
    laid, x = [], 0.0
    for day, fold in zip(days, folded, strict=True):
        right = x + (FOLDED if fold else open_width)
        laid.append(LaneDay(day, round(x), round(right) - round(x), fold))
        x = right
    return tuple(laid), open_width / hours.minutes * 60


def _rows(found: Sequence[tuple[int, Span]]) -> dict[tuple[int, int], int]:
    """Stack what overlaps; days never meet because each is offset by its own midnight."""
    slots = pack(
        (span.day * wall.MINUTES_OF_DAY + span.start, span.day * wall.MINUTES_OF_DAY + span.end, (key, span.day))
        for key, span in found
    )
    return {key: slot.column for key, slot in slots.items()}


def _lane_pieces(
    frame: LaneLayout,
    lane: Lane,
    index: int,
    found: Sequence[tuple[int, Span]],
    rows: Mapping[tuple[int, int], int],
    scale: float,
) -> list[Piece]:
    """A label may run past its block to the next block in the row or the day's end."""
    boxes: list[tuple[int, int, Box]] = []
    for key, span in found:
        left, right = frame.x_of(span.day, span.start), frame.x_of(span.day, span.end)
        top = lane.y + (ROW_MARGIN + rows[key, span.day] * ROW) * scale
        width = max(NARROWEST, right - left - 2)
        boxes.append((key, span.day, Box(left + 1, top, width, BLOCK_HEIGHT * scale)))
    boxes.sort(key=lambda item: (item[2].y, item[2].x))
    pieces = []
    for position, (key, day, box) in enumerate(boxes):
        following = boxes[position + 1][2] if position + 1 < len(boxes) else None
        end = frame.days[day].right - 2
        if following is not None and following.y == box.y:
            end = min(end, following.x - 2)
        pieces.append(Piece(key, box, index, max(box.w, min(end - box.x, LABEL_REACH))))
    return sorted(pieces, key=lambda piece: (piece.box.x, piece.box.y))
