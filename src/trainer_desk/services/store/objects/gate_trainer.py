"""A trainer's deeds on a server: functions that ask by themselves who calls and for what session (S4, A2, A5, U2).

Marks are written without a function. What they may be, and the certificates that follow them, is for a trigger to see
to, so that it holds for whatever client a trainer uses.
"""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function, statement_trigger

MARK = "({0}.attendance, {0}.remarks, {0}.result, {0}.score, {0}.marked_at, {0}.marked_by)"
IMAGE = (
    "(r.{0}->>'attendance', r.{0}->>'remarks', r.{0}->>'result', (r.{0}->>'score')::int,"
    " (r.{0}->>'marked_at')::timestamptz, r.{0}->>'marked_by')"
)
WAS_SO = (
    "EXISTS (SELECT FROM change_rows r WHERE r.tbl = 'enrollments' AND r.pk = n.id::text"
    f" AND {MARK.format('n')} IS NOT DISTINCT FROM {IMAGE.format('before')})"
)
"""Whether a place is marked as it was before: then the mark was taken back, and keeps the name of who made it."""

UNMARKED = "e.session_id = of_session AND e.state = 'confirmed' AND e.attendance = 'registered'"


def statements() -> Iterator[str]:
    """Yield the statements, safe to repeat."""
    yield _locks()
    yield from _refusals()
    yield from _moves()
    yield from _marks()
    yield from _ticks()


def _locks() -> str:
    """Let those lock a session who may change nothing of its row; with its people, in the order of all locks."""
    return function(
        "lock_own_session(of_session int, with_people bool)",
        "sessions",
        """
        IF require_role('{administrator,supervisor,trainer,requester}') = 'requester' THEN
            PERFORM FROM sessions s JOIN booking_requests q ON q.id = s.booking_request_id
                WHERE s.id = of_session AND q.requested_by = session_user;
            IF NOT FOUND THEN PERFORM gate_refuse('not_allowed', '{"role": "requester", "why": "not_own_request"}');
            END IF;
        ELSE PERFORM require_own_session(of_session); END IF;
        IF with_people THEN PERFORM lock_seats(ARRAY[of_session], ARRAY(SELECT e.person_id FROM enrollments e
            WHERE e.session_id = of_session AND e.state IN ('confirmed', 'offered')));
        ELSE PERFORM FROM sessions WHERE id = of_session FOR NO KEY UPDATE; END IF;
        SELECT * INTO at_session FROM sessions WHERE id = of_session;
        IF at_session.id IS NULL THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', '#' || of_session));
        ELSIF at_session.deleted_at IS NOT NULL THEN
            PERFORM gate_refuse('not_found', jsonb_build_object('kind', 'session', 'key', at_session.ref,
                'why', 'in_trash'));
        END IF;
        RETURN at_session;
        """,
        "DECLARE at_session sessions;",
    )


def _refusals() -> Iterator[str]:
    yield function(
        "require_version(at_session sessions, seen int)",
        "void",
        """
        IF seen IS NULL OR seen = at_session.version THEN RETURN; END IF;
        SELECT c.actor, c.at INTO last FROM change_rows r JOIN changes c ON c.id = r.change_id
            WHERE r.tbl = 'sessions' AND r.pk = at_session.id::text ORDER BY r.id DESC LIMIT 1;
        PERFORM gate_refuse('stale', jsonb_build_object('ref', at_session.ref, 'by', last.actor, 'at', last.at,
            'version', at_session.version));
        """,
        "DECLARE last record;",
    )
    yield function(
        "refuse_move(at_session sessions, verb text, wanted text)",
        "void",
        """
        PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'verb', verb,
            'state', at_session.status, 'wanted', wanted) || CASE WHEN verb = 'complete'
            AND at_session.status = 'SCHEDULED' THEN jsonb_build_object('ends_at', at_session.ends_at)
            ELSE '{}' END);
        """,
    )
    yield function(
        "require_marked(of_session int)",
        "void",
        f"""
        SELECT jsonb_agg(jsonb_build_object('code', 'not_marked', 'severity', 'red', 'subject', p.employee_no,
                'facts', jsonb_build_object('name', p.name)) ORDER BY p.sort_name, p.id) AS findings,
            jsonb_agg(p.name ORDER BY p.sort_name, p.id) AS names INTO lacking
            FROM enrollments e JOIN people p ON p.id = e.person_id WHERE {UNMARKED};
        IF lacking.names IS NOT NULL THEN
            PERFORM gate_refuse('not_marked', jsonb_build_object('findings', lacking.findings, 'names', lacking.names,
                'ref', (SELECT ref FROM sessions WHERE id = of_session)));
        END IF;
        """,
        "DECLARE lacking record;",
    )


def _moves() -> Iterator[str]:
    yield function(
        "start_session(of_session int, seen int)",
        "void",
        """
        at_session := lock_own_session(of_session, false);
        PERFORM require_version(at_session, seen);
        IF at_session.status <> 'SCHEDULED' THEN PERFORM refuse_move(at_session, 'start', 'IN_PROGRESS'); END IF;
        UPDATE sessions SET status = 'IN_PROGRESS', began_at = gate_now(), version = version + 1,
            updated_at = gate_now() WHERE id = of_session;
        """,
        "DECLARE at_session sessions;",
    )
    yield function(
        "complete_session(of_session int, seen int, rest_no_show bool)",
        "timestamptz",
        f"""
        PERFORM require_own_session(of_session);
        at_session := lock_own_session(of_session, true);
        PERFORM require_version(at_session, seen);
        IF NOT (at_session.status = 'IN_PROGRESS' OR (at_session.status = 'SCHEDULED'
            AND at_session.ends_at <= instant)) THEN PERFORM refuse_move(at_session, 'complete', 'COMPLETED'); END IF;
        IF rest_no_show THEN UPDATE enrollments e SET attendance = 'no_show', marked_at = instant,
            marked_by = session_user, version = version + 1, updated_at = instant WHERE {UNMARKED}; END IF;
        PERFORM require_marked(of_session);
        DELETE FROM claims WHERE session_id = of_session;
        UPDATE sessions SET status = 'COMPLETED', finished_at = instant, version = version + 1, updated_at = instant
            WHERE id = of_session;
        UPDATE presences SET ended_at = instant, ended_why = 'out', version = version + 1, updated_at = instant
            WHERE session_id = of_session AND ended_at IS NULL;
        PERFORM certify_people(of_session, NULL, instant);
        PERFORM settle_stuck_now();
        RETURN instant;
        """,
        "DECLARE at_session sessions; instant timestamptz := gate_now();",
    )


def _marks() -> Iterator[str]:
    """After each statement of a trainer: own people are marked in own name, and certificates follow."""
    moved = f"FROM o JOIN n ON n.id = o.id WHERE {MARK.format('o')} IS DISTINCT FROM {MARK.format('n')}"
    joined = moved.replace(" WHERE ", " JOIN sessions s ON s.id = n.session_id WHERE ", 1)
    yield function(
        "marks_follow()",
        "trigger",
        f"""
        IF me_role() IS DISTINCT FROM 'trainer' THEN RETURN NULL; END IF;
        PERFORM require_own_session(n.session_id) {moved};
        IF NOT FOUND THEN RETURN NULL; END IF;
        PERFORM FROM sessions WHERE id IN (SELECT n.session_id {moved}) ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (SELECT {moved} AND n.marked_by IS DISTINCT FROM session_user AND NOT {WAS_SO}) THEN
            PERFORM gate_refuse('not_allowed', '{{"role": "trainer", "why": "not_own_session"}}');
        END IF;
        SELECT s.* INTO at_session {joined} AND (s.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')
            OR (n.state <> 'confirmed' AND n.state = o.state)) LIMIT 1;
        IF FOUND THEN PERFORM gate_refuse('wrong_state', jsonb_build_object('ref', at_session.ref, 'verb', 'mark',
            'state', at_session.status, 'wanted', NULL, 'allowed', '{{SCHEDULED,IN_PROGRESS,COMPLETED}}'::text[]));
        END IF;
        SELECT s.* INTO at_session {joined} AND s.status = 'COMPLETED' AND n.attendance = 'registered' LIMIT 1;
        IF FOUND THEN PERFORM gate_refuse('bad_value', jsonb_build_object('field', 'attendance',
            'value', at_session.ref, 'why', 'stays_marked'));
        END IF;
        FOR one IN SELECT s.id, array_agg(n.person_id) AS people {joined} AND s.status = 'COMPLETED'
            GROUP BY s.id ORDER BY s.id LOOP
            PERFORM certify_people(one.id, one.people, gate_now());
        END LOOP;
        RETURN NULL;
        """,
        "DECLARE one record; at_session sessions;",
    )
    yield statement_trigger("marks_follow", "UPDATE", "enrollments", "OLD TABLE AS o NEW TABLE AS n", "marks_follow()")


def _ticks() -> Iterator[str]:
    """After each statement of a trainer: what is seen to before own sessions is ticked in own name (S12)."""
    yield function(
        "ticks_follow()",
        "trigger",
        """
        IF me_role() IS DISTINCT FROM 'trainer' THEN RETURN NULL; END IF;
        PERFORM require_own_session(n.session_id) FROM n;
        PERFORM require_state(n.session_id, 'prepare', '{DRAFT,SCHEDULED,IN_PROGRESS}') FROM n;
        IF EXISTS (SELECT FROM n JOIN o ON o.id = n.id WHERE n.done_by IS DISTINCT FROM o.done_by
            AND n.done_by <> session_user AND NOT EXISTS (SELECT FROM change_rows r WHERE r.pk = n.id::text
            AND r.tbl = 'session_checklist_items' AND r.before->>'done_by' = n.done_by)) THEN
            PERFORM gate_refuse('not_allowed', '{"role": "trainer", "why": "not_own_session"}');
        END IF;
        RETURN NULL;
        """,
    )
    rows = "OLD TABLE AS o NEW TABLE AS n"
    yield statement_trigger("ticks_follow", "UPDATE", "session_checklist_items", rows, "ticks_follow()")
