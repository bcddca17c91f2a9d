"""PostgreSQL's counters: seats of sessions and runs, members of groups, people in a room; and the one order of locks.

The CHECKs on the counters refuse whatever a client tries. Rows are locked in the order runs, sessions, people, each by
id, whoever takes a seat and however.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function, row_trigger, statement_trigger

SEATED = "state IN ('confirmed', 'offered')"
COUNTS = "status <> 'CANCELLED' AND {0}.deleted_at IS NULL"
"""A cancelled session's seats count nowhere, and neither do those of one in the trash (S4)."""

COUNTED = {"taken": SEATED, "offered": "state = 'offered'", "queued": "state = 'waitlisted'"}
"""What is counted of each session, and which places count for it."""

ON_RUN = "EXISTS (SELECT FROM run_members k WHERE k.run_id = {0} AND k.person_id = {1} AND k.deleted_at IS NULL)"
"""Whether a person is on a run (R1)."""

NEW = "SELECT 1 AS sign, session_id, person_id, state FROM n"
MOVED = {"insert": NEW, "update": f"{NEW} UNION ALL SELECT -1, session_id, person_id, state FROM o"}
ROWS_OF = {"insert": "NEW TABLE AS n", "update": "OLD TABLE AS o NEW TABLE AS n"}


def statements() -> Iterator[str]:
    """Yield the statements, safe to repeat."""
    yield _locks()
    yield from _runs()
    yield from _enrollments()
    yield from _holds()
    yield from _groups()
    yield from _presences()


def _locks() -> str:
    """Lock runs, sessions with all those of their capped runs, and people with all who wait there, in that order."""
    return function(
        "lock_seats(session_ids int[], person_ids int[])",
        "void",
        "SELECT array_agg(DISTINCT run_id) INTO run_ids FROM sessions WHERE id = ANY ($1) AND run_id IS NOT NULL;"
        " IF run_ids IS NULL THEN all_ids := $1; ELSE"
        " PERFORM FROM runs WHERE id = ANY (run_ids) ORDER BY id FOR NO KEY UPDATE;"
        " all_ids := $1 || ARRAY(SELECT s.id FROM sessions s JOIN runs r ON r.id = s.run_id"
        " WHERE r.id = ANY (run_ids) AND r.max_people IS NOT NULL); END IF;"
        " PERFORM FROM sessions WHERE id = ANY (all_ids) ORDER BY id FOR NO KEY UPDATE;"
        " PERFORM FROM people WHERE id = ANY ($2 || ARRAY(SELECT person_id FROM enrollments"
        " WHERE session_id = ANY (all_ids) AND state IN ('waitlisted', 'offered'))) ORDER BY id FOR NO KEY UPDATE;",
        "DECLARE run_ids int[]; all_ids int[];",
    )


def _runs() -> Iterator[str]:
    """Count distinct people of a run from how many seats each has in it."""
    yield function(
        "run_people_count()",
        "trigger",
        "UPDATE runs SET people_taken = people_taken + CASE WHEN NEW.seats > 0 THEN 1 ELSE -1 END"
        " WHERE id = NEW.run_id; RETURN NULL;",
    )
    yield row_trigger(
        "run_people", "AFTER UPDATE OF seats", "run_seats", "run_people_count()", "(OLD.seats > 0) <> (NEW.seats > 0)"
    )
    yield function(
        "run_counts()",
        "trigger",
        "PERFORM FROM runs WHERE id = NEW.run_id FOR NO KEY UPDATE;"
        " INSERT INTO run_seats (run_id, person_id, seats) SELECT NEW.run_id, person_id, 0 FROM enrollments"
        f" WHERE session_id = NEW.id AND {SEATED} ORDER BY person_id ON CONFLICT DO NOTHING;"
        f" UPDATE run_seats SET seats = seats + CASE WHEN NEW.{COUNTS.format('NEW')} THEN 1 ELSE -1 END"
        f" WHERE run_id = NEW.run_id AND person_id IN (SELECT person_id FROM enrollments"
        f" WHERE session_id = NEW.id AND {SEATED}); RETURN NULL;",
    )
    old, new = (f"({row}.{COUNTS.format(row)})" for row in ("OLD", "NEW"))
    yield row_trigger(
        "run_counts",
        "AFTER UPDATE OF status, deleted_at",
        "sessions",
        "run_counts()",
        f"NEW.run_id IS NOT NULL AND {old} <> {new}",
    )
    outsider = (
        "SELECT FROM run_seats s WHERE s.run_id = NEW.id AND s.seats > 0"
        f" AND NOT {ON_RUN.format('s.run_id', 's.person_id')}"
    )
    yield function(
        "run_closes()",
        "trigger",
        f"IF EXISTS ({outsider}) THEN {_refusal('not_on_run')} END IF; RETURN NEW;",
    )
    yield row_trigger(
        "run_closes",
        "BEFORE UPDATE OF members_only",
        "runs",
        "run_closes()",
        "NEW.members_only AND NOT OLD.members_only",
    )
    yield row_trigger(
        "run_frozen",
        "BEFORE UPDATE OF run_id",
        "sessions",
        "refuse('run_frozen')",
        "OLD.run_id IS DISTINCT FROM NEW.run_id AND OLD.seats_taken > OLD.seats_held",
    )


def _enrollments() -> Iterator[str]:
    """A statement moves each counter once, however many people it seats."""
    for event, moved in MOVED.items():
        yield function(f"seats_{event}()", "trigger", _count(moved), "DECLARE ids int[];")
        yield statement_trigger(f"seats_{event}", event.upper(), "enrollments", ROWS_OF[event], f"seats_{event}()")
    yield row_trigger(
        "enrollments_stay",
        "BEFORE UPDATE OF session_id, person_id",
        "enrollments",
        "refuse('enrollments_stay')",
        "OLD.session_id <> NEW.session_id OR OLD.person_id <> NEW.person_id",
    )


def _count(moved: str) -> str:
    """Count what a statement moved; a session whose people change places is locked, too, though its numbers stay.

    The run of a session is read again once the session is locked: it may have joined one a moment ago.
    """
    sums = ", ".join(f"coalesce(sum(sign) FILTER (WHERE {state}), 0)::int AS {name}" for name, state in COUNTED.items())
    differs = " OR ".join(f"{name} <> 0" for name in COUNTED)
    of_people = f"SELECT session_id, {sums} FROM ({moved}) m GROUP BY session_id, person_id"
    of_sessions = f"SELECT session_id, {sums} FROM ({moved}) m GROUP BY session_id"
    of_runs = (
        f"SELECT s.run_id, m.person_id, sum(m.sign)::int AS delta FROM ({moved}) m"
        " JOIN sessions s ON s.id = m.session_id"
        f" WHERE m.{SEATED} AND s.run_id IS NOT NULL AND s.{COUNTS.format('s')}"
        " GROUP BY s.run_id, m.person_id HAVING sum(m.sign) <> 0"
    )
    return (
        f"SELECT array_agg(DISTINCT session_id) INTO ids FROM ({of_people}) changed WHERE {differs};"
        " IF ids IS NULL THEN RETURN NULL; END IF;"
        " PERFORM FROM runs WHERE id IN (SELECT run_id FROM sessions WHERE id = ANY (ids))"
        " ORDER BY id FOR NO KEY UPDATE;"
        " PERFORM FROM sessions WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;"
        " IF EXISTS (SELECT FROM sessions WHERE id = ANY (ids) AND run_id IS NOT NULL) THEN"
        f" IF EXISTS (SELECT FROM ({of_runs}) moved JOIN runs r ON r.id = moved.run_id"
        f" WHERE r.members_only AND moved.delta > 0 AND NOT {ON_RUN.format('r.id', 'moved.person_id')})"
        f" THEN {_refusal('not_on_run')} END IF;"
        f" INSERT INTO run_seats (run_id, person_id, seats) SELECT run_id, person_id, 0 FROM ({of_runs}) moved"
        " ORDER BY 1, 2 ON CONFLICT DO NOTHING;"
        f" UPDATE run_seats r SET seats = r.seats + moved.delta FROM ({of_runs}) moved"
        " WHERE r.run_id = moved.run_id AND r.person_id = moved.person_id; END IF;"
        " UPDATE sessions s SET seats_taken = s.seats_taken + taken, seats_offered = s.seats_offered + offered,"
        f" waiting = s.waiting + queued FROM ({of_sessions}) moved"
        f" WHERE s.id = session_id AND s.id = ANY (ids) AND ({differs}); RETURN NULL;"
    )


def _refusal(name: str) -> str:
    return (
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}', MESSAGE = '{name}';"
    )


def _holds() -> Iterator[str]:
    yield function(
        "holds_count()",
        "trigger",
        "moved := CASE WHEN NEW.ended_at IS NULL THEN NEW.seats ELSE 0 END;"
        " IF TG_OP = 'UPDATE' THEN moved := moved - CASE WHEN OLD.ended_at IS NULL THEN OLD.seats ELSE 0 END; END IF;"
        " IF moved <> 0 THEN UPDATE sessions SET seats_taken = seats_taken + moved, seats_held = seats_held + moved"
        " WHERE id = NEW.session_id; END IF; RETURN NULL;",
        "DECLARE moved int;",
    )
    yield row_trigger("holds_count", "AFTER INSERT OR UPDATE OF seats, ended_at", "seat_holds", "holds_count()")
    yield row_trigger(
        "seat_holds_stay",
        "BEFORE UPDATE OF session_id",
        "seat_holds",
        "refuse('seat_holds_stay')",
        "OLD.session_id <> NEW.session_id",
    )


def _groups() -> Iterator[str]:
    """A member is counted in one group of the same session."""
    yield function(
        "members_count()",
        "trigger",
        "IF TG_OP <> 'INSERT' THEN UPDATE groups SET members_taken = members_taken - 1 WHERE id = OLD.group_id; END IF;"
        " IF TG_OP <> 'DELETE' THEN UPDATE groups SET members_taken = members_taken + 1 WHERE id = NEW.group_id"
        " AND session_id = NEW.session_id AND deleted_at IS NULL; IF NOT FOUND THEN"
        " RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'group_of_session',"
        " MESSAGE = 'group_of_session'; END IF; END IF; RETURN NULL;",
    )
    yield row_trigger("members_count", "AFTER INSERT OR UPDATE OR DELETE", "group_members", "members_count()")
    yield row_trigger(
        "groups_stay",
        "BEFORE UPDATE OF session_id",
        "groups",
        "refuse('groups_stay')",
        "OLD.session_id <> NEW.session_id",
    )


def _presences() -> Iterator[str]:
    yield function(
        "presences_count()",
        "trigger",
        "moved := CASE WHEN NEW.ended_at IS NULL THEN 1 ELSE 0 END;"
        " IF TG_OP = 'UPDATE' THEN moved := moved - CASE WHEN OLD.ended_at IS NULL THEN 1 ELSE 0 END; END IF;"
        " IF moved <> 0 THEN UPDATE venues SET present = present + moved WHERE id = NEW.venue_id; END IF; RETURN NULL;",
        "DECLARE moved int;",
    )
    yield row_trigger("presences_count", "AFTER INSERT OR UPDATE OF ended_at", "presences", "presences_count()")
    yield row_trigger(
        "presences_stay",
        "BEFORE UPDATE OF venue_id",
        "presences",
        "refuse('presences_stay')",
        "OLD.venue_id <> NEW.venue_id",
    )
