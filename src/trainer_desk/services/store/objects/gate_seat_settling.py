"""What a change of seats concerns, its locks, what has ended, and the queues that move on, on a server (K5, K8).

The same as `seats/scope.py`, `seats/lapsing.py` and `seats/settling.py` do for those who plan, with the same locks in
the same order. Where the scope grows while it is being locked, all is let go and locked anew, in order.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.gate_seat_rules import run_full
from trainer_desk.services.store.objects.plpgsql import function

GREW = "TD002"
"""The SQLSTATE that gives locks back, within `lock_scope` alone."""

OFFER_HOURS = 48
"""As `seats/settling.py` has it."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield from _scope()
    yield from _leaving()
    yield from _seating()
    yield function(
        "settle_queues(ids int[], of_session int, newcomers int[], instant timestamptz)",
        "jsonb",
        _SETTLE,
        "DECLARE at_session record; one record; findings jsonb; reason jsonb; fates jsonb := '[]'; has_seat boolean;",
    )
    yield function(
        "settle_scope(ids int[], instant timestamptz)",
        "void",
        """
        UPDATE enrollments e SET offer_until = s.starts_at, version = e.version + 1, updated_at = instant
        FROM sessions s WHERE s.id = e.session_id AND e.session_id = ANY (ids) AND e.state = 'offered'
        AND e.offer_until > s.starts_at;
        PERFORM sweep_lapsed(ids, instant);
        PERFORM settle_queues(ids, NULL, '{}', instant);
        """,
    )
    yield function("settle_due_now()", "int", _settle_all(_DUE), "DECLARE ids int[]; instant timestamptz;")
    yield function("settle_stuck_now()", "int", _settle_all(_STUCK), "DECLARE ids int[]; instant timestamptz;")


def _scope() -> Iterator[str]:
    yield function(
        "concerned(ids int[], freed int[], instant timestamptz)", "int[]", _CONCERNED, "DECLARE wider int[];"
    )
    yield function(
        "lock_scope(ids int[], people int[], freed int[], instant timestamptz)",
        "int[]",
        f"""
        ids := concerned(ids, freed, instant);
        FOR attempt IN 1..10 LOOP
            BEGIN
                PERFORM lock_seats(ids, people || freed);
                wider := concerned(ids, freed, instant);
                IF wider = ids THEN RETURN ids; END IF;
                RAISE EXCEPTION USING ERRCODE = '{GREW}';
            EXCEPTION WHEN SQLSTATE '{GREW}' THEN ids := wider;
            END;
        END LOOP;
        RAISE lock_not_available;
        """,
        "DECLARE wider int[];",
    )


_CONCERNED = """
    LOOP
        wider := ARRAY(
            SELECT unnest(ids) AS id
            UNION SELECT o.id FROM sessions s JOIN runs r ON r.id = s.run_id AND r.max_people IS NOT NULL
                JOIN sessions o ON o.run_id = r.id WHERE s.id = ANY (ids)
            UNION SELECT session_id FROM enrollments WHERE person_id = ANY (freed) AND state = 'waitlisted'
            UNION SELECT w.session_id FROM enrollments l
                JOIN enrollments w ON w.person_id = l.person_id AND w.state = 'waitlisted'
                WHERE l.session_id = ANY (ids) AND l.state = 'offered' AND l.offer_until <= instant
            ORDER BY id
        );
        IF wider = ids THEN RETURN ids; END IF;
        ids := wider;
    END LOOP;
"""


def _leaving() -> Iterator[str]:
    yield function(
        "leave_session(of_session int, of_person int, instant timestamptz)",
        "void",
        """
        DELETE FROM group_members WHERE session_id = of_session AND person_id = of_person;
        UPDATE presences SET ended_at = instant, ended_why = 'withdrawn', version = version + 1, updated_at = instant
        WHERE session_id = of_session AND person_id = of_person AND ended_at IS NULL;
        """,
    )
    yield function(
        "take_out(of_session int, of_person int, why text, instant timestamptz)",
        "void",
        """
        UPDATE enrollments SET state = 'withdrawn', position = NULL, offer_until = NULL, skip_code = NULL,
            skip_ref = NULL, withdrawn_at = instant, withdrawn_by = session_user, withdrawn_why = why,
            version = version + 1, updated_at = instant
        WHERE session_id = of_session AND person_id = of_person;
        PERFORM leave_session(of_session, of_person, instant);
        """,
    )
    yield function(
        "sweep_lapsed(ids int[], instant timestamptz)",
        "void",
        """
        UPDATE seat_holds SET ended_at = instant, ended_why = 'expired', version = version + 1, updated_at = instant
        WHERE session_id = ANY (ids) AND ended_at IS NULL AND until_at <= instant;
        FOR one IN SELECT session_id, person_id FROM enrollments
            WHERE session_id = ANY (ids) AND state = 'offered' AND offer_until <= instant
        LOOP
            UPDATE enrollments SET state = 'withdrawn', position = NULL, offer_until = NULL, withdrawn_at = instant,
                withdrawn_by = session_user, withdrawn_why = 'lapsed', version = version + 1, updated_at = instant
            WHERE session_id = one.session_id AND person_id = one.person_id;
            PERFORM leave_session(one.session_id, one.person_id, instant);
        END LOOP;
        """,
        "DECLARE one record;",
    )


FRESH = (
    "position = NULL, offer_until = NULL, skip_code = NULL, skip_ref = NULL, attendance = 'registered', result = NULL,"
    " score = NULL, marked_at = NULL, marked_by = NULL, promoted_at = NULL, promoted_by = NULL, withdrawn_at = NULL,"
    " withdrawn_by = NULL, withdrawn_why = NULL"
)
"""A place that begins anew."""


def _seating() -> Iterator[str]:
    """Yield what gives a place to somebody who has none, seated or, with a position, in the queue."""
    yield function(
        "give_place(of_session int, of_person int, to_state text, at_position bigint, instant timestamptz)",
        "void",
        f"""
        UPDATE enrollments SET {FRESH.replace("position = NULL", "position = at_position")}, state = to_state,
            enrolled_at = instant, enrolled_by = session_user, version = version + 1, updated_at = instant
        WHERE session_id = of_session AND person_id = of_person;
        IF NOT FOUND THEN
            INSERT INTO enrollments (session_id, person_id, state, position, enrolled_at, enrolled_by, created_at,
                updated_at)
            VALUES (of_session, of_person, to_state, at_position, instant, session_user, instant, instant);
        END IF;
        """,
    )
    yield function(
        "promote(of_session int, of_person int, instant timestamptz)",
        "void",
        f"""
        UPDATE enrollments e SET promoted_at = instant, promoted_by = session_user, skip_code = NULL, skip_ref = NULL,
            state = CASE s.waitlist WHEN 'offer' THEN 'offered' ELSE 'confirmed' END,
            position = CASE s.waitlist WHEN 'offer' THEN e.position END,
            offer_until = CASE s.waitlist WHEN 'offer' THEN least(s.starts_at, instant + make_interval(hours =>
                coalesce((SELECT value::int FROM settings WHERE key = 'offer_hours'), {OFFER_HOURS}))) END,
            version = e.version + 1, updated_at = instant
        FROM sessions s WHERE s.id = of_session AND e.session_id = of_session AND e.person_id = of_person;
        """,
    )


_SETTLE = f"""
    FOR at_session IN SELECT s.id, s.run_id, queue_moves(s.id, instant) AND s.waiting > 0 AS moves,
        CASE WHEN s.id = of_session THEN newcomers ELSE '{{}}' END AS coming FROM sessions s
        WHERE s.id = ANY (ids) AND (s.id = of_session AND newcomers <> '{{}}'
            OR queue_moves(s.id, instant) AND s.waiting > 0)
        ORDER BY s.starts_at NULLS LAST, s.id
    LOOP
        FOR one IN SELECT * FROM queue_of(at_session.id, at_session.coming, coalesce(at_session.moves, false)) LOOP
            findings := seat_lacks(at_session.id, one.person_id, instant)
                || seat_clashes(at_session.id, one.person_id, instant);
            reason := first_refusal(findings);
            has_seat := reason IS NULL AND EXISTS (SELECT FROM sessions WHERE id = at_session.id
                AND (capacity IS NULL OR seats_taken < capacity));
            IF has_seat AND at_session.run_id IS NOT NULL THEN
                SELECT {run_full("code", "max_people")} INTO reason FROM runs r WHERE id = at_session.run_id
                    AND people_taken >= max_people AND NOT EXISTS (SELECT FROM run_seats k WHERE k.run_id = r.id
                    AND k.person_id = one.person_id AND k.seats > 0);
                IF reason IS NOT NULL THEN
                    findings := jsonb_build_array(reason) || findings;
                    has_seat := false;
                END IF;
            END IF;
            IF NOT one.waits THEN
                IF has_seat THEN PERFORM give_place(at_session.id, one.person_id, 'confirmed', NULL, instant); END IF;
                fates := fates || jsonb_build_object('person', one.person_id, 'seated', has_seat, 'findings', findings,
                    'reason', reason);
            ELSIF has_seat THEN
                PERFORM promote(at_session.id, one.person_id, instant);
            ELSIF (one.skip_code, one.skip_ref)
                IS DISTINCT FROM (reason ->> 'code', reason -> 'clashes_with' ->> 0) THEN
                UPDATE enrollments SET skip_code = reason ->> 'code', skip_ref = reason -> 'clashes_with' ->> 0
                WHERE session_id = at_session.id AND person_id = one.person_id;
            END IF;
        END LOOP;
    END LOOP;
    RETURN fates;
"""

_DUE = """
    SELECT session_id FROM seat_holds WHERE ended_at IS NULL AND until_at <= instant
    UNION SELECT session_id FROM enrollments WHERE state = 'offered' AND offer_until <= instant
"""
_STUCK = """
    SELECT id FROM sessions WHERE waiting > 0 AND (capacity IS NULL OR seats_taken < capacity)
    AND status = 'SCHEDULED' AND starts_at > instant AND waitlist <> 'off' AND deleted_at IS NULL
"""


def _settle_all(which: str) -> str:
    """Return the body that settles the sessions of a query and says how many they are."""
    return (
        f"instant := gate_now(); ids := ARRAY({which} ORDER BY 1);"
        " IF ids <> '{}' THEN PERFORM settle_scope(lock_scope(ids, '{}', '{}', instant), instant); END IF;"
        " RETURN cardinality(ids);"
    )
