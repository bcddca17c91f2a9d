"""A gesture under way: what was grabbed, where it is now, and where it would land."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto

from PySide6.QtCore import QPointF

from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.views.schedule.layout import Box, Piece
from trainer_desk.views.schedule.requests import UNCHANGED, Keep, PlaceRequest
from trainer_desk.views.schedule.verdict import FREE, Verdict

LaneKey = int | Keep | None
"""A resource's lane, None for "nobody", UNCHANGED where the view has no lanes."""


class Kind(Enum):
    """What the gesture does."""

    CREATE = auto()
    MOVE = auto()
    START = auto()
    END = auto()
    BAND = auto()


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the grid: a day, the minute from its midnight (not snapped), and the lane."""

    day: date
    minute: float
    lane: LaneKey = UNCHANGED


@dataclass(frozen=True, slots=True)
class Target:
    """Where the gesture would land: wall clock and lane, the card as it would be, and what is said about it.

    A new draft has neither card nor request. `lines` are those of the bubble.
    """

    start: datetime
    end: datetime
    lane: LaneKey
    card: SessionCard | None = None
    request: PlaceRequest | None = None
    verdict: Verdict = FREE
    lines: tuple[str, ...] = ()


@dataclass
class Drag:
    """The gesture itself; `press` and `point` in viewport pixels, `grab` minutes from the start to the pointer.

    `live` from the platform's drag distance on; `outside` while the pointer is where nothing can be dropped,
    `drop_day` the day of the small month under the pointer.
    """

    kind: Kind
    press: QPointF
    slot: Slot
    card: SessionCard | None = None
    piece: Piece | None = None
    grab: float = 0.0
    live: bool = False
    copy: bool = False
    external: bool = False
    keyboard: bool = False
    outside: bool = False
    over_tray: bool = False
    drop_day: date | None = None
    point: QPointF = field(default_factory=QPointF)
    target: Target | None = None
    band: Box | None = None

    @property
    def places(self) -> bool:
        """Whether a session is being placed, so that a verdict is due."""
        return self.card is not None
