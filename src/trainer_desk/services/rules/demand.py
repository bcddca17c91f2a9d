"""How many sessions a course needs at each site by the end of each month, beside what is planned; pure (D4)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median_low

from trainer_desk.services.rows.demand import DemandCell, Places

USUAL = 10
"""Seats of a session of which nothing is known."""
LATE_REACH = 3
"""Whoever is late already is served by planned places of so many months, this one the first."""

Free = dict[str | None, list[int]]


def usual_size(default_capacity: int | None, capacities: Sequence[int]) -> int:
    """Return how many a session of a course seats: what the course says, else the middle of the last sessions."""
    if default_capacity:
        return default_capacity
    return median_low(capacities) if capacities else USUAL


def reach_of(expiring_days: int) -> int:
    """Return how many months before the last valid day somebody may be trained: as long as it counts as expiring."""
    return -(-expiring_days // 31)


def demand_of(
    needs: Mapping[str, Sequence[int]], places: Places, size: int, *, reach: int, late: Mapping[str, int] | None = None
) -> dict[str, tuple[DemandCell, ...]]:
    """Return the months of each site; `needs` holds the people of each site by month.

    A planned place serves whoever needs it in its month or at most `reach` months later, at its own site first; one
    without a site serves any. `late`, of the first month, are served by coming places as well, before all others.
    What a session that is to be added has left serves like a planned place.
    """
    months = max((len(people) for people in needs.values()), default=0)
    free: Free = defaultdict(lambda: [0] * months)
    for site, month, seats in places:
        if 0 <= month < months:
            free[site if site in needs else None][month] += seats
    helped = {site: _taken(free, site, people, range(min(LATE_REACH, months))) for site, people in (late or {}).items()}
    cells: dict[str, list[DemandCell]] = {site: [] for site in needs}
    for month in range(months):
        window = range(max(0, month - reach), month + 1)
        for site, people in needs.items():
            before = helped.get(site, 0) if month == 0 else 0
            planned = before + _taken(free, site, people[month] - before, window)
            short = people[month] - planned
            sessions = -(-short // size)
            free[site][month] += sessions * size - short
            cells[site].append(DemandCell(people[month], planned, sessions))
    return {site: tuple(found) for site, found in cells.items()}


def _taken(free: Free, site: str, people: int, window: range) -> int:
    """Take places of these months for people, the oldest first, those of the site before those of any; return them."""
    left = people
    for place in (site, None):
        for month in window:
            taken = min(left, free[place][month])
            free[place][month] -= taken
            left -= taken
    return people - left
