"""Who and what is taken when, held in memory for one board: sorted claims per resource, found by bisection."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from trainer_desk.models.enums import CLAIMING
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.schedule import BlockRow, Board, ClaimRow, SessionCard
from trainer_desk.services.rules.availability import claims_of, needs_of


class Occupancy:
    """The claims of all scheduled sessions of a board, and its blocks; instants are UTC, intervals half-open.

    It only gathers what the rules then judge. Overlaps cost a bisection and the rows found.
    """

    def __init__(self, board: Board, directory: Directory) -> None:
        self._directory = directory
        self.blocks = board.blocks
        held: dict[int, list[ClaimRow]] = {}
        for card in board.sessions:
            if card.status in CLAIMING:
                for claim in claims_of(card, directory):
                    held.setdefault(claim.resource_id, []).append(claim)
        self._claims: dict[int, list[ClaimRow]] = {}
        self._starts: dict[int, list[datetime]] = {}
        self._longest: dict[int, timedelta] = {}
        self.doubled: set[int] = set()
        """Sessions that share a resource's time with another one; only these can clash with each other."""
        for resource_id, rows in held.items():
            rows.sort(key=lambda row: row.starts_at)
            self._claims[resource_id] = rows
            self._starts[resource_id] = [row.starts_at for row in rows]
            self._longest[resource_id] = max(row.ends_at - row.starts_at for row in rows)
            self.doubled.update(_doubled(rows))

    def is_blocked(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether any block at all touches the time, whomever it concerns."""
        return any(block.starts_at < ends_at and starts_at < block.ends_at for block in self.blocks)

    def claims(
        self, resource_ids: Iterable[int], starts_at: datetime, ends_at: datetime, *, without: int | None = None
    ) -> list[ClaimRow]:
        """Return the claims on any of these resources that overlap the time, but for session `without`."""
        return [
            claim
            for resource_id in resource_ids
            for claim in self._overlapping(resource_id, starts_at, ends_at)
            if claim.session_id != without
        ]

    def blocks_over(self, resource_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> list[BlockRow]:
        """Return leave, closures and holidays that overlap the time and concern these resources or everybody."""
        return [
            block
            for block in self.blocks
            if (block.resource_id is None or block.resource_id in resource_ids)
            and block.starts_at < ends_at
            and starts_at < block.ends_at
        ]

    def around(self, card: SessionCard) -> tuple[list[ClaimRow], list[BlockRow]]:
        """Return all that may stand in the way of a dated session: the claims and blocks that touch its time."""
        if card.starts_at is None or card.ends_at is None:
            return [], []
        needs = {resource_id: after for need in needs_of(card, self._directory) for resource_id, after in need.ends}
        longest = card.ends_at + timedelta(minutes=max(needs.values(), default=0))
        claims = self.claims(needs, card.starts_at, longest, without=card.id)
        return claims, self.blocks_over(needs, card.starts_at, longest)

    def taken(
        self, resource_ids: Collection[int], *, without: int | None = None
    ) -> Iterator[tuple[datetime, datetime]]:
        """Yield every stretch of the board in which one of these resources is taken or blocked."""
        for resource_id in resource_ids:
            for claim in self._claims.get(resource_id, ()):
                if claim.session_id != without:
                    yield claim.starts_at, claim.ends_at
        for block in self.blocks:
            if block.resource_id is not None and block.resource_id in resource_ids:
                yield block.starts_at, block.ends_at

    def _overlapping(self, resource_id: int, starts_at: datetime, ends_at: datetime) -> Iterator[ClaimRow]:
        starts = self._starts.get(resource_id)
        if starts is None:
            return
        rows = self._claims[resource_id]
        for index in range(bisect_left(starts, ends_at) - 1, -1, -1):
            if starts[index] <= starts_at - self._longest[resource_id]:
                return
            if rows[index].ends_at > starts_at:
                yield rows[index]


def _doubled(rows: list[ClaimRow]) -> Iterator[int]:
    """Yield the sessions among claims sorted by start that overlap an earlier one, and those overlapped."""
    last: ClaimRow | None = None
    for row in rows:
        if last is not None and row.starts_at < last.ends_at:
            yield from (claim.session_id for claim in (last, row) if claim.session_id is not None)
        if last is None or row.ends_at > last.ends_at:
            last = row
