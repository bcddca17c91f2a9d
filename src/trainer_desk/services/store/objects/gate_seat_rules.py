"""Whether somebody may sit in a session, and who comes next, in the words of a server (C6, K5, K8, K12, N5, R1).

`rules/seating.py` and `rules/queue.py` say the same in Python; a test has both decide the same random organisations.
"""

from collections.abc import Iterator

from trainer_desk.services.rows.directory import Settings
from trainer_desk.services.store.objects.plpgsql import function

LACKS = "('not_on_run', 'intake_missing', 'prerequisite_missing')"
"""What keeps somebody even from standing in line."""

BUSY = "('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')"


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield function(
        "organisation_zone()",
        "text",
        f"SELECT coalesce((SELECT value FROM settings WHERE key = 'zone'), '{Settings().zone_name}')",
        language="sql",
    )
    yield function("seat_lacks(of_session int, of_person int, instant timestamptz)", "jsonb", _LACKING, language="sql")
    yield function("seat_clashes(of_session int, of_person int, instant timestamptz)", "jsonb", _BUSY, language="sql")
    yield function(
        "first_refusal(findings jsonb)",
        "jsonb",
        "SELECT found FROM jsonb_array_elements(findings) WITH ORDINALITY AS each (found, place)"
        " WHERE found ->> 'severity' = 'red' ORDER BY place LIMIT 1",
        language="sql",
    )
    yield function(
        "queue_moves(of_session int, instant timestamptz)",
        "boolean",
        "SELECT status = 'SCHEDULED' AND starts_at > instant AND waitlist <> 'off' AND deleted_at IS NULL"
        " FROM sessions WHERE id = of_session",
        language="sql",
    )
    yield function(
        "urgency(status text, expires_on date, due_on date, counts_from date, judged date, expiring_days int)",
        "int",
        _URGENCY,
        language="sql",
    )
    yield function(
        "queue_of(of_session int, newcomers int[], with_waiting boolean)",
        "TABLE (person_id int, waits boolean, skip_code text, skip_ref text, place bigint)",
        _QUEUE,
        language="sql",
    )


def _finding(code: str, subject: str, facts: str, *, severity: str = "'red'", more: str = "") -> str:
    """Return the JSON of a finding about people, as `store/refusal.py` reads it."""
    return (
        f"jsonb_build_object('code', '{code}', 'severity', {severity}, 'field', 'people', 'subject', {subject},"
        f" 'facts', {facts}{more})"
    )


def run_full(run: str, limit: str) -> str:
    """Return the finding that a run has as many people as it may, as an expression (K8)."""
    return _finding("run_full", run, f"jsonb_build_object('people', {limit}, 'capacity', {limit})")


_NAMED = "jsonb_build_object('name', p.name, "
_ON_RUN = _finding(
    "not_on_run",
    "p.employee_no",
    f"{_NAMED}'run', r.name)",
    more=", 'fixes', jsonb_build_array(jsonb_build_object('code', 'put_on_run', 'facts',"
    f" {_NAMED}'run', r.name, 'id', p.id, 'run_id', r.id)))",
)
_INTAKE = _finding(
    "intake_missing",
    "p.employee_no",
    f"{_NAMED}'course', c.title)",
    more=f", 'fixes', jsonb_build_array(jsonb_build_object('code', 'record_intake', 'facts', {_NAMED}'id', p.id)))",
)
_FIRST = _finding(
    "prerequisite_missing",
    "p.employee_no",
    f"{_NAMED}'course', b.title)",
    severity="CASE WHEN c.prerequisite_policy = 'warn' THEN 'orange' ELSE 'red' END",
    more=", 'fixes', jsonb_build_array(jsonb_build_object('code', 'record_training', 'facts', "
    f"{_NAMED}'id', p.id, 'course', b.title, 'course_id', b.id)), jsonb_build_object('code', 'enroll_first',"
    " 'facts', jsonb_build_object('course', b.title, 'course_id', b.id)))",
)

_LACKING = f"""
    SELECT coalesce(jsonb_agg(found ORDER BY place), '[]') FROM sessions s
    JOIN courses c ON c.id = s.course_id JOIN people p ON p.id = of_person
    LEFT JOIN runs r ON r.id = s.run_id AND r.members_only LEFT JOIN courses b ON b.id = c.prerequisite_id
    CROSS JOIN LATERAL (
        SELECT 1, {_ON_RUN} WHERE r.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM run_members m WHERE m.run_id = r.id AND m.person_id = p.id AND m.deleted_at IS NULL)
        UNION ALL SELECT 2, {_INTAKE} WHERE c.requires_intake AND p.intake_on IS NULL
        UNION ALL SELECT 3, {_FIRST} WHERE b.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM compliance_items i WHERE i.course_id = b.id AND i.person_id = p.id
            AND i.status = 'COMPLIANT' AND (i.expires_on IS NULL OR i.expires_on
            >= (coalesce(s.starts_at, instant) AT TIME ZONE organisation_zone())::date))
    ) AS lacking (place, found) WHERE s.id = of_session
"""

_BUSY = f"""
    SELECT coalesce(jsonb_agg(jsonb_build_object('code', 'attendee_busy', 'severity', CASE WHEN s.status IN {BUSY}
        AND 'block' IN (c.overlap_policy, d.overlap_policy) THEN 'red' ELSE 'orange' END, 'field', 'people',
        'subject', p.employee_no, 'clashes_with', jsonb_build_array(o.ref), 'facts', jsonb_build_object(
        'name', p.name, 'title', coalesce(o.title, d.title), 'starts_at', o.starts_at, 'ends_at', o.ends_at,
        'at', s.starts_at)) ORDER BY o.starts_at, o.id), '[]')
    FROM sessions s JOIN courses c ON c.id = s.course_id JOIN people p ON p.id = of_person
    JOIN enrollments e ON e.person_id = p.id AND e.state IN ('confirmed', 'offered')
    AND (e.offer_until IS NULL OR e.offer_until > instant)
    JOIN sessions o ON o.id = e.session_id AND o.id <> s.id AND o.status IN {BUSY}
    AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
    JOIN courses d ON d.id = o.course_id
    WHERE s.id = of_session AND NOT (c.overlap_policy = 'ignore' AND d.overlap_policy = 'ignore')
"""

_URGENCY = """
    SELECT CASE
        WHEN status IS NULL OR counts_from > judged THEN 4
        WHEN status = 'COMPLIANT' AND (expires_on IS NULL OR expires_on >= judged)
            THEN CASE WHEN expires_on - judged <= expiring_days THEN 3 ELSE 4 END
        WHEN status = 'PENDING' AND (due_on IS NULL OR due_on >= judged) THEN 2
        ELSE 1
    END
"""

_QUEUE = """
    WITH line AS (
        SELECT e.person_id, true AS waits, e.skip_code, e.skip_ref, e.position, 0::bigint AS came
        FROM enrollments e JOIN people p ON p.id = e.person_id AND p.active
        WHERE with_waiting AND e.session_id = of_session AND e.state = 'waitlisted'
        UNION ALL SELECT newcomer, false, NULL, NULL, NULL, number
        FROM unnest(newcomers) WITH ORDINALITY AS each (newcomer, number)
    ), judged AS (
        SELECT line.*, s.waitlist_order = 'urgent' AND s.starts_at IS NOT NULL AS by_urgency, i.expires_on,
        urgency(i.status, i.expires_on, i.due_on, i.counts_from,
            (s.starts_at AT TIME ZONE organisation_zone())::date, c.expiring_days) AS grp
        FROM line JOIN sessions s ON s.id = of_session JOIN courses c ON c.id = s.course_id
        LEFT JOIN compliance_items i ON i.course_id = s.course_id AND i.person_id = line.person_id
    )
    SELECT person_id, waits, skip_code, skip_ref, row_number() OVER (ORDER BY
        CASE WHEN by_urgency THEN coalesce(position < 1, false) END DESC, CASE WHEN by_urgency THEN grp END,
        CASE WHEN by_urgency AND grp < 4 THEN expires_on END NULLS FIRST, waits DESC, position, came)
    FROM judged ORDER BY 5
"""
