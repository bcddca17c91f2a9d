"""One board prepared for painting: wall-clock entries, faces, days with their holidays, and what clashes."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import Board, SessionCard
from trainer_desk.services.rules.times import local
from trainer_desk.views.schedule import wall
from trainer_desk.views.schedule.faces import Face, face_of
from trainer_desk.views.schedule.layout import Day, Entry, calendar_days, entry_of
from trainer_desk.views.schedule.occupancy import Occupancy
from trainer_desk.views.schedule.placing import Situation
from trainer_desk.views.schedule.verdict import booked_minutes, clashing


class Shown:
    """What a canvas paints; `visible` (None: all) hides sessions from the eye, never from the verdicts."""

    def __init__(
        self, board: Board, directory: Directory, now: datetime, visible: Collection[int] | None = None
    ) -> None:
        self.board, self.directory, self.now = board, directory, now
        self.occupancy = Occupancy(board, directory)
        self.clashing = clashing(board, self.occupancy, directory, now)
        self.booked = booked_minutes(board, directory)
        self.cards: dict[int, SessionCard] = {}
        self.entries: list[Entry] = []
        self.faces: dict[int, Face] = {}
        for card in board.sessions:
            entry = entry_of(card, directory.settings)
            if entry is not None and (visible is None or card.id in visible):
                self.cards[card.id] = card
                self.entries.append(entry)
                self.faces[card.id] = face_of(card, directory, clash=card.id in self.clashing)
        self.days: tuple[Day, ...] = calendar_days(self.dates, self.entries, board.blocks, directory.settings)

    @property
    def dates(self) -> Sequence[date]:
        """The days of the board in the organisation's zone."""
        zone = self.directory.settings.zone
        first, last = local(self.board.starts_at, zone), local(self.board.ends_at, zone)
        return wall.days_between(first.date(), last.date()) or (first.date(),)

    @property
    def situation(self) -> Situation:
        """What verdicts are made from."""
        return Situation(self.board, self.directory, self.occupancy, self.booked, self.now)

    def is_same_range(self, board: Board) -> bool:
        """Whether another board covers the same time."""
        return (board.starts_at, board.ends_at) == (self.board.starts_at, self.board.ends_at)
