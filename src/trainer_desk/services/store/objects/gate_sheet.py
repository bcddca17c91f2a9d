"""What a trainer's sheet asks a server beyond own sessions: earlier results, and who walks in (A4, A2, U2)."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import function

ON_THE_SHEET = ("known_people(int, text, text)", "earlier_marks(int)")
"""The functions for trainers, of own sessions."""

MOST = 5
"""Earlier sessions of the course that are told of each person, as `dossiers/attendance.py` has it."""


def statements() -> Iterator[str]:
    """Yield the functions, safe to repeat."""
    yield _known()
    yield _earlier()


def _earlier() -> str:
    """Return what tells how people of a session were marked elsewhere: no-shows of all, the newest of its course."""
    marked = """
        FROM enrollments e JOIN sessions s ON s.id = e.session_id
        WHERE e.state = 'confirmed' AND e.attendance IN ('attended', 'no_show') AND s.id <> of_session
        AND s.deleted_at IS NULL AND s.status <> 'CANCELLED' AND e.person_id IN (SELECT h.person_id
            FROM enrollments h WHERE h.session_id = of_session AND h.state = 'confirmed')
    """
    return function(
        "earlier_marks(of_session int)",
        "jsonb",
        f"""
        PERFORM require_own_session(of_session);
        SELECT o.course_id INTO of_course FROM sessions o WHERE o.id = of_session;
        RETURN jsonb_build_object('no_shows', (SELECT coalesce(jsonb_object_agg(m.person_id, m.times), '{{}}')
            FROM (SELECT e.person_id, count(*) AS times {marked} AND e.attendance = 'no_show' GROUP BY 1) m),
            'earlier', (SELECT coalesce(jsonb_agg(jsonb_build_array(m.person_id, m.ref, m.starts_at, m.attendance,
                m.result, m.score) ORDER BY m.starts_at DESC, m.id DESC), '[]')
            FROM (SELECT e.person_id, s.id, s.ref, s.starts_at, e.attendance, e.result, e.score,
                row_number() OVER (PARTITION BY e.person_id ORDER BY s.starts_at DESC, s.id DESC) AS place
                {marked} AND s.course_id = of_course AND s.starts_at IS NOT NULL) m WHERE m.place <= {MOST}));
        """,
        "DECLARE of_course int;",
    )


def _known() -> str:
    """Return what finds walk-ins: own people by any part of what is kept to search by, others by all of it."""
    return function(
        "known_people(of_session int, key text, called text)",
        "jsonb",
        """
        PERFORM require_own_session(of_session);
        RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('person_id', p.id, 'employee_no', p.employee_no,
                'name', p.name, 'department', p.department, 'site', p.site, 'job_role', p.job_role)
                ORDER BY p.sort_name, p.id), '[]') FROM people p
            WHERE p.active AND (p.sort_name = called OR lower(p.employee_no) = key
                OR (p.id IN (SELECT own_people()) AND strpos(p.search, key) > 0))
            AND NOT EXISTS (SELECT FROM enrollments e WHERE e.session_id = of_session AND e.person_id = p.id
                AND e.state <> 'withdrawn'));
        """,
    )
