"""SQLite's counters: seats of sessions and runs, members of groups, people in a room, and what refuses one too many.

A client's OR IGNORE or OR FAIL reaches into the triggers that its statement sets off: a CHECK would then only skip the
counting, and an INSERT OR IGNORE in a trigger may replace. So each limit is kept by a trigger that aborts whatever the
client says, under the name of the CHECK, and no trigger here relies on how a conflict is resolved.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.sqlite_trigger import trigger

SEATED = "state IN ('confirmed', 'offered')"
COUNTS = "({0}.status <> 'CANCELLED' AND {0}.deleted_at IS NULL)"
"""A cancelled session's seats count nowhere, and neither do those of one in the trash (S4)."""

KNOWN = "EXISTS (SELECT 1 FROM run_seats k WHERE k.run_id = {0} AND k.person_id = {1})"
"""Whether a person has a row in a run, with seats or without."""

ON_RUN = "EXISTS (SELECT 1 FROM run_members k WHERE k.run_id = {0} AND k.person_id = {1} AND k.deleted_at IS NULL)"
"""Whether a person is on a run (R1)."""

LIMITS = {
    "ck_sessions_seats": ("sessions", "seats_taken", "capacity"),
    "ck_runs_people": ("runs", "people_taken", "max_people"),
    "ck_groups_members": ("groups", "members_taken", "capacity"),
    "ck_venues_present": ("venues", "present", "occupancy_limit"),
}
"""Table, counter and limit of each CHECK that says how many there may be."""


def statements() -> Iterator[str]:
    """Yield the statements, safe to repeat."""
    yield from _enrollments()
    yield from _runs()
    yield from _holds()
    yield from _groups()
    yield from _presences()
    yield from _limits()


def _enrollments() -> Iterator[str]:
    seat, offer, wait = (f"({{0}}.{state})" for state in (SEATED, "state = 'offered'", "state = 'waitlisted'"))
    for event in ("INSERT", "UPDATE OF state"):
        is_new = event == "INSERT"
        taken, offered, waiting = (
            each.format("NEW") if is_new else f"({each.format('NEW')} - {each.format('OLD')})"
            for each in (seat, offer, wait)
        )
        differs = "" if is_new else " WHEN OLD.state <> NEW.state"
        run = (
            "SELECT s.run_id FROM sessions s WHERE s.id = NEW.session_id AND s.run_id IS NOT NULL"
            f" AND {COUNTS.format('s')} AND {taken} <> 0"
        )
        yield from trigger(
            f"seats_{event.split()[0].lower()}",
            f"AFTER {event} ON enrollments{differs}",
            f"SELECT RAISE(ABORT, 'not_on_run') FROM ({run}) r JOIN runs t ON t.id = r.run_id"
            f" WHERE {taken} > 0 AND t.members_only AND NOT {ON_RUN.format('t.id', 'NEW.person_id')};"
            " INSERT INTO run_seats (run_id, person_id, seats) SELECT run_id, NEW.person_id, 0"
            f" FROM ({run}) r WHERE NOT {KNOWN.format('r.run_id', 'NEW.person_id')};"
            f" UPDATE run_seats SET seats = seats + {taken} WHERE person_id = NEW.person_id AND run_id = ({run});"
            f" UPDATE sessions SET seats_taken = seats_taken + {taken}, seats_offered = seats_offered + {offered},"
            f" waiting = waiting + {waiting} WHERE id = NEW.session_id;",
        )
    yield from trigger(
        "enrollments_stay",
        "BEFORE UPDATE OF session_id, person_id ON enrollments"
        " WHEN OLD.session_id <> NEW.session_id OR OLD.person_id <> NEW.person_id",
        "SELECT RAISE(ABORT, 'enrollments_stay');",
    )


def _runs() -> Iterator[str]:
    """Count distinct people of a run from how many seats each has in it."""
    yield from trigger(
        "run_people",
        "AFTER UPDATE OF seats ON run_seats WHEN (OLD.seats > 0) <> (NEW.seats > 0)",
        "UPDATE runs SET people_taken = people_taken + CASE WHEN NEW.seats > 0 THEN 1 ELSE -1 END"
        " WHERE id = NEW.run_id;",
    )
    old, new = COUNTS.format("OLD"), COUNTS.format("NEW")
    seated = f"SELECT person_id FROM enrollments WHERE session_id = NEW.id AND {SEATED}"
    yield from trigger(
        "run_counts",
        f"AFTER UPDATE OF status, deleted_at ON sessions WHEN NEW.run_id IS NOT NULL AND {old} <> {new}",
        "INSERT INTO run_seats (run_id, person_id, seats) SELECT NEW.run_id, p.person_id, 0"
        f" FROM ({seated}) p WHERE NOT {KNOWN.format('NEW.run_id', 'p.person_id')};"
        f" UPDATE run_seats SET seats = seats + CASE WHEN {new} THEN 1 ELSE -1 END"
        f" WHERE run_id = NEW.run_id AND person_id IN ({seated});",
    )
    outsider = (
        "SELECT 1 FROM run_seats s WHERE s.run_id = NEW.id AND s.seats > 0"
        f" AND NOT {ON_RUN.format('s.run_id', 's.person_id')}"
    )
    yield from trigger(
        "run_closes",
        "BEFORE UPDATE OF members_only ON runs WHEN NEW.members_only AND NOT OLD.members_only",
        f"SELECT RAISE(ABORT, 'not_on_run') WHERE EXISTS ({outsider});",
    )
    yield from trigger(
        "run_frozen",
        "BEFORE UPDATE OF run_id ON sessions WHEN OLD.run_id IS NOT NEW.run_id AND OLD.seats_taken > OLD.seats_held",
        "SELECT RAISE(ABORT, 'run_frozen');",
    )


def _holds() -> Iterator[str]:
    live = "(CASE WHEN {0}.ended_at IS NULL THEN {0}.seats ELSE 0 END)"
    new, old = live.format("NEW"), live.format("OLD")
    for event, moved in (("INSERT", new), ("UPDATE OF seats, ended_at", f"({new} - {old})")):
        yield from trigger(
            f"holds_{event.split()[0].lower()}",
            f"AFTER {event} ON seat_holds WHEN {moved} <> 0",
            f"UPDATE sessions SET seats_taken = seats_taken + {moved}, seats_held = seats_held + {moved}"
            " WHERE id = NEW.session_id;",
        )
    yield from trigger(
        "seat_holds_stay",
        "BEFORE UPDATE OF session_id ON seat_holds WHEN OLD.session_id <> NEW.session_id",
        "SELECT RAISE(ABORT, 'seat_holds_stay');",
    )


def _groups() -> Iterator[str]:
    """A member is counted in one group of the same session."""
    goes = "UPDATE groups SET members_taken = members_taken - 1 WHERE id = OLD.group_id;"
    comes = (
        "SELECT RAISE(ABORT, 'group_of_session') WHERE NOT EXISTS (SELECT 1 FROM groups"
        " WHERE id = NEW.group_id AND session_id = NEW.session_id AND deleted_at IS NULL);"
        " UPDATE groups SET members_taken = members_taken + 1 WHERE id = NEW.group_id;"
    )
    for event, body in (("INSERT", comes), ("UPDATE", f"{goes} {comes}"), ("DELETE", goes)):
        yield from trigger(f"members_{event.lower()}", f"AFTER {event} ON group_members", body)
    yield from trigger(
        "groups_stay",
        "BEFORE UPDATE OF session_id ON groups WHEN OLD.session_id <> NEW.session_id",
        "SELECT RAISE(ABORT, 'groups_stay');",
    )


def _presences() -> Iterator[str]:
    new, old = "(NEW.ended_at IS NULL)", "(OLD.ended_at IS NULL)"
    for event, moved in (("INSERT", new), ("UPDATE OF ended_at", f"({new} - {old})")):
        yield from trigger(
            f"presences_{event.split()[0].lower()}",
            f"AFTER {event} ON presences WHEN {moved} <> 0",
            f"UPDATE venues SET present = present + {moved} WHERE id = NEW.venue_id;",
        )
    yield from trigger(
        "presences_stay",
        "BEFORE UPDATE OF venue_id ON presences WHEN OLD.venue_id <> NEW.venue_id",
        "SELECT RAISE(ABORT, 'presences_stay');",
    )


def _limits() -> Iterator[str]:
    for name, (table, counter, limit) in LIMITS.items():
        yield from trigger(
            f"{table}_limit",
            f"BEFORE UPDATE OF {counter} ON {table} WHEN NEW.{counter} > NEW.{limit}",
            f"SELECT RAISE(ABORT, '{name}');",
        )
