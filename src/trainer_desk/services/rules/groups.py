"""Spreading people over breakout groups: who goes where, so that the groups end up as even as they can (K10)."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breakout:
    """A group with how many people are in it; `capacity` None is unlimited."""

    id: int
    taken: int
    capacity: int | None

    @property
    def free(self) -> int | None:
        """The places that are left, never below 0; None when unlimited."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)


def spread(people: Sequence[int], groups: Iterable[Breakout]) -> tuple[dict[int, int], tuple[int, ...]]:
    """Put each person into the group that has fewest people then; return group by person, and those left over.

    People and, among equally filled groups, the groups are taken in the order given. Nobody who is in a group
    already is touched, and no capacity is passed.
    """
    rooms = [(group.taken, place, group) for place, group in enumerate(groups) if group.free != 0]
    heapq.heapify(rooms)
    chosen: dict[int, int] = {}
    for number, person in enumerate(people):
        if not rooms:
            return chosen, tuple(people[number:])
        taken, place, group = rooms[0]
        chosen[person] = group.id
        if group.capacity is not None and taken + 1 >= group.capacity:
            heapq.heappop(rooms)
        else:
            heapq.heapreplace(rooms, (taken + 1, place, group))
    return chosen, ()
