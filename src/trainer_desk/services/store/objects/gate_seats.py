"""What places on a server have in common: who gets one of those who ask, and what refuses (K3, K11).

The same as `seats/enrolling.py` does for those who plan. What is answered names nobody else (U2).
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects import gate_seat_rules, gate_seat_settling
from trainer_desk.services.store.objects.plpgsql import function


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield from gate_seat_rules.statements()
    yield from gate_seat_settling.statements()
    yield from _answers()
    yield from _required()
    yield from _refusing()
    yield function(
        "seat_people(ids int[], of_session int, wanted int[], instant timestamptz)",
        "jsonb",
        _SEAT_PEOPLE,
        "DECLARE here int[]; eligible int[]; fates jsonb; fate jsonb; one int; answers jsonb := '[]'; number text;"
        " answer jsonb; lacking jsonb;",
    )


def _answers() -> Iterator[str]:
    """Yield what is said of a person, and that somebody knows of an own place."""
    yield function(
        "queue_rank(of_session int, of_person int)",
        "bigint",
        "SELECT place FROM queue_of(of_session, '{}', true) WHERE person_id = of_person",
        language="sql",
    )
    yield function(
        "know_place(of_session int, of_person int, instant timestamptz)",
        "void",
        """
        INSERT INTO tellings AS t (enrollment_id, state, status, starts_at, ends_at, venue_id, told_at, told_by,
            created_at, updated_at)
        SELECT e.id, e.state, s.status, s.starts_at, s.ends_at, s.venue_id, instant, session_user, instant, instant
        FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.session_id = of_session AND e.person_id = of_person
        ON CONFLICT (enrollment_id) DO UPDATE SET state = excluded.state, status = excluded.status,
            starts_at = excluded.starts_at, ends_at = excluded.ends_at, venue_id = excluded.venue_id,
            told_at = excluded.told_at, told_by = excluded.told_by, deleted_at = NULL, updated_at = instant,
            version = t.version + 1;
        """,
    )
    yield function(
        "confirm_offer(of_session int, of_person int, instant timestamptz)",
        "void",
        "UPDATE enrollments SET state = 'confirmed', position = NULL, offer_until = NULL, skip_code = NULL,"
        " skip_ref = NULL, version = version + 1, updated_at = instant"
        " WHERE session_id = of_session AND person_id = of_person;",
    )


def _required() -> Iterator[str]:
    """Yield what refuses by the state of a session, and by what a course lets people do."""
    yield function(
        "find_session(of_session int)",
        "sessions",
        """
        SELECT * INTO at_session FROM sessions WHERE id = of_session;
        IF at_session.id IS NULL OR (at_session.status = 'DRAFT' AND me_role() = 'requester'
            AND of_session NOT IN (SELECT seen_sessions())) THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', of_session));
        ELSIF at_session.deleted_at IS NOT NULL THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', at_session.ref,
                'why', 'in_trash'));
        END IF;
        RETURN at_session;
        """,
        "DECLARE at_session sessions;",
    )
    yield function(
        "require_state(of_session int, verb text, allowed text[])",
        "void",
        """
        at_session := find_session(of_session);
        IF at_session.status <> ALL (allowed) THEN
            PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'verb', verb, 'state',
                at_session.status, 'wanted', NULL, 'allowed', allowed));
        END IF;
        """,
        "DECLARE at_session sessions;",
    )


def _refusing() -> Iterator[str]:
    """Yield what says that there is no seat, and that there is no place or offer."""
    yield function(
        "refuse_place(of_session int, answer jsonb, is_own boolean, instant timestamptz)",
        "void",
        """
        SELECT s.ref, coalesce(s.title, c.title) AS named, jsonb_build_object('people', s.seats_taken, 'capacity',
            s.capacity) AS seats INTO at_session FROM sessions s
            JOIN courses c ON c.id = s.course_id WHERE s.id = of_session;
        code := coalesce(answer ->> 'code', 'session_full');
        reasons := (SELECT jsonb_agg(finding ORDER BY place) FROM jsonb_array_elements(answer -> 'findings')
            WITH ORDINALITY AS each (finding, place) WHERE finding ->> 'severity' = 'red');
        IF reasons IS NULL THEN
            reason := jsonb_build_object('code', code, 'severity', 'red', 'subject', answer ->> 'employee_no');
            IF code = 'session_full' OR NOT is_own AND at_session.seats -> 'capacity' <> 'null' THEN
                reason := reason || jsonb_build_object('facts', at_session.seats);
            END IF;
            IF is_own THEN reason := reason || '{"field": "people"}'; END IF;
            IF is_own AND code = 'session_full' AND queue_moves(of_session, instant) THEN
                reason := reason || '{"fixes": [{"code": "join_waitlist", "facts": {}}]}';
            END IF;
            reasons := jsonb_build_array(reason);
        END IF;
        IF is_own THEN
            PERFORM gate_refuse(code, jsonb_build_object('findings', reasons, 'ref', at_session.ref, 'title',
                at_session.named, 'verb', 'sign_up'));
        END IF;
        PERFORM gate_refuse(code, jsonb_build_object('findings', jsonb_build_array(reasons -> 0)));
        """,
        "DECLARE at_session record; code text; reasons jsonb; reason jsonb;",
    )
    yield function(
        "refuse_absent(kind text, of_session int, of_person int)",
        "void",
        "PERFORM gate_refuse('not_found', jsonb_build_object('kind', kind, 'key', (SELECT employee_no FROM people"
        " WHERE id = of_person), 'session', (SELECT ref FROM sessions WHERE id = of_session))"
        " || CASE kind WHEN 'offer' THEN '{\"why\": \"no_offer\"}' ELSE '{}'::jsonb END);",
    )


_SEAT_PEOPLE = """
    PERFORM sweep_lapsed(ids, instant);
    here := ARRAY(SELECT person_id FROM enrollments WHERE session_id = of_session AND person_id = ANY (wanted)
        AND state <> 'withdrawn');
    eligible := ARRAY(SELECT p.id FROM people p WHERE p.id = ANY (wanted) AND p.id <> ALL (here) AND p.active
        AND first_refusal(seat_lacks(of_session, p.id, instant)) IS NULL ORDER BY array_position(wanted, p.id));
    fates := settle_queues(ids, of_session, eligible, instant);
    FOREACH one IN ARRAY eligible LOOP
        fate := (SELECT one_fate FROM jsonb_array_elements(fates) AS each (one_fate)
            WHERE (one_fate ->> 'person')::int = one);
        IF NOT (fate ->> 'seated')::boolean AND queue_moves(of_session, instant) THEN
            UPDATE sessions SET last_position = last_position + 1 WHERE id = of_session;
            PERFORM give_place(of_session, one, 'waitlisted', (SELECT last_position FROM sessions
                WHERE id = of_session), instant);
            UPDATE enrollments SET skip_code = fate -> 'reason' ->> 'code',
                skip_ref = fate -> 'reason' -> 'clashes_with' ->> 0
            WHERE session_id = of_session AND person_id = one AND fate -> 'reason' <> 'null';
        END IF;
    END LOOP;
    FOREACH one IN ARRAY wanted LOOP
        number := (SELECT employee_no FROM people WHERE id = one);
        fate := (SELECT one_fate FROM jsonb_array_elements(fates) AS each (one_fate)
            WHERE (one_fate ->> 'person')::int = one);
        lacking := first_refusal(seat_lacks(of_session, one, instant));
        answer := CASE
            WHEN number IS NULL THEN '{"outcome": "refused", "code": "not_found"}'
            WHEN one = ANY (here) THEN jsonb_build_object('outcome', 'already', 'code', 'already_enrolled',
                'position', queue_rank(of_session, one))
            WHEN (fate ->> 'seated')::boolean THEN jsonb_build_object('outcome', 'enrolled', 'findings',
                fate -> 'findings')
            WHEN fate IS NOT NULL AND queue_moves(of_session, instant) THEN jsonb_build_object('outcome',
                'waitlisted', 'code', fate -> 'reason' ->> 'code', 'position', queue_rank(of_session, one),
                'findings', fate -> 'findings')
            WHEN fate IS NOT NULL THEN jsonb_build_object('outcome', 'refused', 'code',
                coalesce(fate -> 'reason' ->> 'code', 'session_full'), 'findings', fate -> 'findings')
            WHEN lacking IS NULL OR NOT (SELECT active FROM people WHERE id = one)
                THEN '{"outcome": "refused", "code": "not_found"}'
            ELSE jsonb_build_object('outcome', 'refused', 'code', lacking ->> 'code', 'findings',
                jsonb_build_array(lacking))
        END;
        answers := answers || jsonb_build_array(jsonb_build_object('employee_no', coalesce(number, one::text))
            || answer);
        IF answer ->> 'outcome' <> 'refused' THEN here := here || one; END IF;
    END LOOP;
    RETURN answers;
"""
