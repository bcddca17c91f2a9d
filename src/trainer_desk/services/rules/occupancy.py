"""Who counts as being in a room, how long without a sign, and when the room is full (K9)."""

from dataclasses import replace
from datetime import datetime, timedelta

from trainer_desk.models.enums import VenueKind
from trainer_desk.services.findings import Finding, Fix
from trainer_desk.services.rows.door import Occupancy

VIRTUAL_SECONDS = 90
"""How long a presence in a virtual room lives without a sign, where its venue says nothing else."""


def presence_seconds(kind: VenueKind, own: int | None, usual: int | None = None) -> int | None:
    """Return how many seconds a presence lives without a sign of life; None: until somebody checks out (K9).

    `own` is what the venue says, `usual` what the organisation says of its virtual rooms.
    """
    if own is not None:
        return own
    return (usual or VIRTUAL_SECONDS) if kind is VenueKind.VIRTUAL else None


def lapses_at(now: datetime, seconds: int | None) -> datetime | None:
    """Return the instant (UTC) at which a presence ends that gave its last sign at `now`; None: it never does."""
    return None if seconds is None else now + timedelta(seconds=seconds)


def is_alive(lapses: datetime | None, now: datetime) -> bool:
    """Whether a presence that lapses at that instant still counts at `now`."""
    return lapses is None or lapses > now


def places_left(occupancy: Occupancy) -> int | None:
    """Return how many more people the room and the session take, never below 0; None: any number."""
    people, limit = gauge(occupancy)
    return None if limit is None else max(0, limit - people)


def gauge(occupancy: Occupancy) -> tuple[int, int | None]:
    """Return people and limit of whichever is nearer to being full; of the room where both are as near (K9).

    Without any limit the people of the session are counted.
    """
    limits = [(occupancy.present, occupancy.limit), (occupancy.session_present, occupancy.capacity)]
    known = [(people, limit) for people, limit in limits if limit is not None]
    if not known:
        return occupancy.session_present, None
    return min(known, key=lambda pair: pair[1] - pair[0])


def room_full(occupancy: Occupancy, venue: str, code: str) -> Finding | None:
    """Return the refusal of one more person, for a venue of that name and code; None while there is room (K9)."""
    if places_left(occupancy) != 0:
        return None
    people, limit = gauge(occupancy)
    return full_finding(people, limit, venue, code)


def full_finding(people: int, limit: int | None, venue: str, code: str) -> Finding:
    """Return the refusal `room_full`: `people` of `limit` (None: not known) in the venue of that name and code."""
    return Finding("room_full", field="venue", subject=code, facts={"people": people, "capacity": limit, "name": venue})


def with_waitlist(finding: Finding, person_id: int, name: str) -> Finding:
    """Return a refusal with the way out for somebody who has no place yet: to wait for one (K5)."""
    way_out = Fix("join_waitlist", {"person_id": person_id, "person": name})
    return replace(finding, fixes=(*finding.fixes, way_out))
