"""Counts again, for an administrator of a server, what only triggers may write: seats, runs, groups, rooms (O2)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

SEATED = "e.state IN ('confirmed', 'offered')"
SEATS = (
    "UPDATE sessions s SET seats_taken = n.seated + h.held, seats_offered = n.offered, seats_held = h.held,"
    f" waiting = n.waiting FROM (SELECT count(*) FILTER (WHERE {SEATED}) AS seated,"
    " count(*) FILTER (WHERE e.state = 'offered') AS offered, count(*) FILTER (WHERE e.state = 'waitlisted') AS waiting"
    " FROM enrollments e WHERE e.session_id = key) n,"
    " (SELECT coalesce(sum(seats), 0) AS held FROM seat_holds WHERE session_id = key AND ended_at IS NULL) h"
    " WHERE s.id = key;"
)
TRUE_SEATS = (
    "(SELECT e.person_id, count(*)::int AS seats FROM enrollments e JOIN sessions s ON s.id = e.session_id"
    f" WHERE {SEATED} AND s.run_id = key AND s.status <> 'CANCELLED' AND s.deleted_at IS NULL GROUP BY e.person_id)"
)
WANTED = f"coalesce((SELECT t.seats FROM {TRUE_SEATS} t WHERE t.person_id = r.person_id), 0)"
RUN = (
    # The number first, as it follows from the rows that there are; then whoever has fewer seats, then who has more.
    "UPDATE runs SET people_taken = (SELECT count(*) FROM run_seats r WHERE r.run_id = key AND r.seats > 0)"
    " WHERE id = key;"
    f" INSERT INTO run_seats (run_id, person_id, seats) SELECT key, t.person_id, 0 FROM {TRUE_SEATS} t"
    " WHERE NOT EXISTS (SELECT FROM run_seats r WHERE r.run_id = key AND r.person_id = t.person_id);"
    f" UPDATE run_seats r SET seats = {WANTED} WHERE r.run_id = key AND r.seats > {WANTED};"
    f" UPDATE run_seats r SET seats = {WANTED} WHERE r.run_id = key AND r.seats < {WANTED};"
)
GROUP = (
    "UPDATE groups SET members_taken = (SELECT count(*) FROM group_members m WHERE m.group_id = key) WHERE id = key;"
)
ROOM = (
    "UPDATE venues SET present = (SELECT count(*) FROM presences p WHERE p.venue_id = key AND p.ended_at IS NULL)"
    " WHERE id = key;"
)

RECOUNT = "recount(text, int)"
"""What an administrator calls: `seats` of a session, `run`, `group` or `room`, and its id."""


def statements() -> Iterator[str]:
    """Yield the function, safe to repeat."""
    yield function(
        "recount(what text, key int)",
        "void",
        "IF me_role() IS DISTINCT FROM 'administrator' THEN RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',"
        " MESSAGE = 'only an administrator counts again'; END IF;"
        f" CASE what WHEN 'seats' THEN {SEATS} WHEN 'run' THEN {RUN} WHEN 'group' THEN {GROUP} WHEN 'room' THEN {ROOM}"
        " END CASE;",
    )
