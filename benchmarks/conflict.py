"""Goal: who holds a trainer and a venue at a time, against two ranges of the index by the bare driver."""

from collections.abc import Iterator

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.planning.claims import LONGEST, claims_between

ONE = """
SELECT c.resource_id, c.starts_at, c.ends_at, c.session_id, s.ref, coalesce(s.title, o.title), s.starts_at, s.ends_at,
       c.block_id, b.reason
FROM claims c LEFT JOIN sessions s ON s.id = c.session_id LEFT JOIN courses o ON o.id = s.course_id
LEFT JOIN blocks b ON b.id = c.block_id
WHERE c.resource_id = ? AND c.starts_at > ? AND c.starts_at < ? AND c.ends_at > ?
"""
BUSY = "SELECT trainer_id, venue_id, starts_at, ends_at FROM sessions WHERE status = 'SCHEDULED' AND starts_at > ?"


def goals(place: Place) -> Iterator[Goal]:
    """Yield the check of one session's trainer and venue at its own time."""
    after = place.instant(100)
    trainer, venue, *_ = place.rows(f"{BUSY} ORDER BY starts_at LIMIT 1", [place.stored(after)])[0]
    begins, ends = place.instant(100, 6), place.instant(101, 6)
    bounds = [place.stored(instant) for instant in (begins - LONGEST, ends, begins)]
    asked = [trainer, *bounds, venue, *bounds]

    def ours() -> list[object]:
        return list(place.store.read(claims_between, (trainer, venue), begins, ends))

    def floor() -> list[object]:
        return place.rows(f"{ONE} UNION ALL {ONE}", asked)

    assert len(ours()) == len(floor()) > 0
    at_most = 6 if place.is_file else 2
    yield Goal("conflict check", ours, floor, at_most, grows=1.5, floor_is="driver, two index ranges with the names")
