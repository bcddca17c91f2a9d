"""Counts every seat, member and presence again from the rows, and says where a counter tells something else."""

import sqlalchemy as sa

from trainer_desk.services.store.engine import Store

SEATED = "e.state IN ('confirmed', 'offered')"
PLACES = "SELECT count(*) FROM enrollments e WHERE e.session_id = s.id AND"
HELD = "SELECT coalesce(sum(h.seats), 0) FROM seat_holds h WHERE h.session_id = s.id AND h.ended_at IS NULL"
OF_RUN = (
    "enrollments e JOIN sessions s ON s.id = e.session_id"
    f" WHERE {SEATED} AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL"
)

COUNTERS = {
    "sessions.seats_taken": f"SELECT s.id, s.seats_taken, ({PLACES} {SEATED}) + ({HELD}) FROM sessions s",
    "sessions.seats_offered": f"SELECT s.id, s.seats_offered, ({PLACES} e.state = 'offered') FROM sessions s",
    "sessions.seats_held": f"SELECT s.id, s.seats_held, ({HELD}) FROM sessions s",
    "sessions.waiting": f"SELECT s.id, s.waiting, ({PLACES} e.state = 'waitlisted') FROM sessions s",
    "runs.people_taken": (
        f"SELECT r.id, r.people_taken, (SELECT count(DISTINCT e.person_id) FROM {OF_RUN} AND s.run_id = r.id)"
        " FROM runs r"
    ),
    "run_seats.seats": (
        "SELECT k.run_id * 1000000 + k.person_id, k.seats,"
        f" (SELECT count(*) FROM {OF_RUN} AND s.run_id = k.run_id AND e.person_id = k.person_id) FROM run_seats k"
    ),
    "groups.members_taken": (
        "SELECT g.id, g.members_taken, (SELECT count(*) FROM group_members m WHERE m.group_id = g.id) FROM groups g"
    ),
    "venues.present": (
        "SELECT v.id, v.present, (SELECT count(*) FROM presences p WHERE p.venue_id = v.id AND p.ended_at IS NULL)"
        " FROM venues v"
    ),
}
"""Of each counter: the row's key, what the counter says, and what the rows say."""


def miscounted(store: Store) -> list[tuple[str, int, int, int]]:
    """Give (counter, key, counted, rows) for every counter that is not what the rows say."""
    with store.reading() as db:
        return miscounts(db)


def miscounts(db: sa.Connection) -> list[tuple[str, int, int, int]]:
    """Give the same on a connection that is lent."""
    found = [
        (name, key, counted, int(rows))
        for name, query in COUNTERS.items()
        for key, counted, rows in db.execute(sa.text(query))
    ]
    return [row for row in found if row[2] != row[3]]
