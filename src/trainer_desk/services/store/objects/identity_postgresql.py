"""Who somebody is to a server, and what is theirs: what row security asks, by the login that opened the connection."""

from collections.abc import Iterator

from trainer_desk.services.store.objects.plpgsql import DEFINER, function

ACCOUNT = "FROM accounts WHERE login = session_user AND disabled_at IS NULL"

ANSWERS = {
    "me_account() RETURNS int": f"SELECT id {ACCOUNT}",
    "me_role() RETURNS text": f"SELECT role {ACCOUNT}",
    "me_trainer() RETURNS int": f"SELECT trainer_id {ACCOUNT}",
    "me_person() RETURNS int": f"SELECT person_id {ACCOUNT}",
    "own_sessions() RETURNS SETOF int": (
        "SELECT id FROM sessions WHERE trainer_id = me_trainer() AND deleted_at IS NULL"
        " UNION SELECT r.session_id FROM session_resources r JOIN sessions s ON s.id = r.session_id"
        " WHERE r.resource_id = me_trainer() AND r.role = 'co' AND s.deleted_at IS NULL"
    ),
    "own_people() RETURNS SETOF int": (
        "SELECT person_id FROM enrollments WHERE session_id IN (SELECT own_sessions())"
        " UNION SELECT person_id FROM presences WHERE session_id IN (SELECT own_sessions())"
        " UNION SELECT me_person()"
    ),
    "staff() RETURNS SETOF int": (
        "WITH RECURSIVE below AS (SELECT id, employee_no FROM people WHERE id = me_person()"
        " UNION SELECT p.id, p.employee_no FROM people p JOIN below b ON p.manager_no = b.employee_no)"
        " SELECT id FROM below"
    ),
    "own_requests() RETURNS SETOF int": "SELECT id FROM booking_requests WHERE requested_by = session_user",
    "own_request_changes() RETURNS SETOF bigint": (
        "SELECT change_id FROM change_rows WHERE tbl = 'booking_requests' AND pk IN (SELECT own_requests()::text)"
    ),
    "requested_sessions() RETURNS SETOF int": (
        "SELECT id FROM sessions WHERE booking_request_id IN (SELECT own_requests())"
        " UNION SELECT session_id FROM booking_requests WHERE requested_by = session_user AND session_id IS NOT NULL"
        " UNION SELECT s.id FROM sessions s JOIN booking_requests r ON r.into_run_id = s.run_id"
        " WHERE r.requested_by = session_user"
    ),
    "seen_sessions() RETURNS SETOF int": (
        "SELECT s.id FROM sessions s JOIN courses c ON c.id = s.course_id WHERE c.sign_up AND c.active"
        " AND s.status = 'SCHEDULED' AND s.ends_at > (SELECT gate_now()) AND s.deleted_at IS NULL"
        " UNION SELECT session_id FROM enrollments WHERE person_id = me_person()"
        " UNION SELECT requested_sessions()"
    ),
}
"""What is asked of whoever is connected. A disabled account is nobody: it finds nothing."""


def statements() -> Iterator[str]:
    """Yield the functions. They read with the owner's rights and answer about the login alone."""
    yield function("gate_now()", "timestamptz", "SELECT date_trunc('second', clock_timestamp())", language="sql")
    for head, query in ANSWERS.items():
        yield f"CREATE OR REPLACE FUNCTION {head} LANGUAGE sql STABLE {DEFINER} AS $$ {query} $$"
