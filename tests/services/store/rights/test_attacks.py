"""What a bare SQL client tries with the login of each role, and what a server answers (U2)."""

from dataclasses import dataclass

import psycopg
import pytest

from tests.databases import StoreFactory
from tests.logins import login_url
from tests.services.store.rights.whose import Whose, fill
from trainer_desk.models.enums import Role
from trainer_desk.services.store.server_roles import close_to_public, roles_of

ADMINISTRATOR, SUPERVISOR, TRAINER, REQUESTER = Role.ADMINISTRATOR, Role.SUPERVISOR, Role.TRAINER, Role.REQUESTER
VERIFIER = f"SCRAM-SHA-256$4096:{'A' * 24}${'B' * 44}:{'C' * 44}"
DENIED = "42501"


@dataclass
class Attacker:
    """Tries statements as the login of a role; nothing of it stays."""

    url: str
    whose: Whose
    names: dict[str, str]

    def rows(self, role: Role, statement: str) -> int | str:
        """Give how many rows a statement found or changed, or the code with which it was refused."""
        with psycopg.connect(login_url(self.url, self.whose.logins[role])) as db:
            try:
                with db.transaction(force_rollback=True):
                    return db.execute(statement.format(**self.names).encode()).rowcount
            except psycopg.Error as refusal:
                return refusal.sqlstate or "?"


@pytest.fixture
def attacker(store_factory: StoreFactory) -> Attacker:
    """Give an organisation with its logins on a server that is closed to everybody else."""
    store = store_factory()
    whose = fill(store)
    with store._writer.begin() as db:
        roles = roles_of(db)
        close_to_public(db, roles)
    own, other = whose.own, whose.other
    names = {
        "own": own.session, "other": other.session, "group": own.group, "me": own.people[0], "staff": own.people[1],
        "stranger": other.people[0], "waiting": own.people[2], "course": own.course, "owner": roles.owner,
        "migrator": roles.migrator, "administrators": roles.group(ADMINISTRATOR),
        "supervisors": roles.group(SUPERVISOR), "supervisor": whose.logins[SUPERVISOR], "verifier": VERIFIER,
        "administrator": whose.logins[ADMINISTRATOR], "requester": whose.logins[REQUESTER],
    }  # fmt: skip
    return Attacker(store_factory.url, whose, {key: str(value) for key, value in names.items()})


MARK = "UPDATE enrollments SET attendance = 'attended', marked_by = session_user, version = version + 1"
BUMP = "version = version + 1"
TRIED: list[tuple[Role, str, int | str]] = [
    (TRAINER, "SELECT FROM sessions WHERE id = {own}", 1),
    (TRAINER, "SELECT FROM sessions WHERE id = {other}", 0),
    (TRAINER, "SELECT FROM enrollments WHERE session_id = {other}", 0),
    (TRAINER, "SELECT FROM people WHERE id IN ({me}, {waiting})", 2),
    (TRAINER, "SELECT FROM people WHERE id = {stranger}", 0),
    (TRAINER, MARK + " WHERE session_id = {other}", 0),
    (TRAINER, "UPDATE enrollments SET state = 'confirmed', " + BUMP, DENIED),
    (TRAINER, "UPDATE sessions SET capacity = 99", DENIED),
    (TRAINER, "UPDATE sessions SET status = 'COMPLETED' WHERE id = {own}", DENIED),
    (TRAINER, "INSERT INTO enrollments (session_id, person_id, state) VALUES ({own}, {staff}, 'confirmed')", DENIED),
    (TRAINER, "INSERT INTO presences (session_id, person_id) VALUES ({own}, {me})", DENIED),
    (TRAINER, "INSERT INTO certificates (number) VALUES ('X')", DENIED),
    (TRAINER, "SELECT phone FROM contacts", DENIED),
    (TRAINER, "SELECT contact_of({me})", 1),
    (TRAINER, "SELECT contact_of({stranger})", DENIED),
    (TRAINER, "SELECT contact_of({waiting})", DENIED),
    (TRAINER, "SELECT FROM accounts", 1),
    (TRAINER, "SELECT FROM blocks WHERE resource_id IN (SELECT id FROM trainers)", 1),
    (REQUESTER, "SELECT contact_of({me})", DENIED),
    (SUPERVISOR, "SELECT name FROM contacts", DENIED),
    (SUPERVISOR, "SELECT contact_of({stranger})", 1),
    (ADMINISTRATOR, "SELECT phone FROM contacts", DENIED),
    (REQUESTER, "SELECT FROM enrollments WHERE person_id <> {me}", 0),
    (REQUESTER, "SELECT FROM people WHERE id IN ({me}, {staff})", 2),
    (REQUESTER, "SELECT FROM people WHERE id IN ({stranger}, {waiting})", 0),
    (REQUESTER, "SELECT FROM compliance_items WHERE person_id = {staff}", 1),
    (REQUESTER, "SELECT FROM compliance_items WHERE person_id = {stranger}", 0),
    (REQUESTER, "SELECT FROM sessions WHERE id = {own}", 1),
    (REQUESTER, "SELECT FROM sessions WHERE id = {other}", 0),
    (REQUESTER, "SELECT FROM booking_requests WHERE requested_by <> session_user", 0),
    (REQUESTER, "UPDATE booking_requests SET status = 'ACCEPTED', " + BUMP, DENIED),
    (REQUESTER, "UPDATE booking_requests SET requested_by = 'ana', " + BUMP, DENIED),
    (
        REQUESTER,
        "INSERT INTO booking_requests (course_id, requested_by, requested_at, status, created_at, updated_at)"
        " VALUES ({course}, 'ana', now(), 'DRAFT', now(), now())",
        DENIED,
    ),
    (
        REQUESTER,
        "INSERT INTO booking_request_people SELECT id, {stranger} FROM booking_requests",
        DENIED,
    ),
    (REQUESTER, "INSERT INTO enrollments (session_id, person_id, state) VALUES ({own}, {me}, 'confirmed')", DENIED),
    (REQUESTER, "UPDATE enrollments SET state = 'confirmed', " + BUMP, DENIED),
    (REQUESTER, "SELECT walk_in({own}, ARRAY[{staff}])", DENIED),
    (SUPERVISOR, "UPDATE sessions SET seats_taken = 0, " + BUMP, DENIED),
    (SUPERVISOR, "DELETE FROM enrollments", DENIED),
    (SUPERVISOR, "DELETE FROM sessions", DENIED),
    (SUPERVISOR, "UPDATE accounts SET role = 'administrator' WHERE login = session_user", DENIED),
    (SUPERVISOR, "INSERT INTO accounts (login, role) VALUES ('eve', 'administrator')", DENIED),
    (SUPERVISOR, "UPDATE settings SET value = 'UTC' WHERE key = 'zone'", DENIED),
    (SUPERVISOR, "SELECT make_login('eve', '{verifier}')", DENIED),
    (SUPERVISOR, "SELECT set_login_password('{administrator}', '{verifier}')", DENIED),
    (ADMINISTRATOR, "SELECT set_login_password('{requester}', '{verifier}')", 1),
    (ADMINISTRATOR, "SELECT set_login_password('{requester}', 'plain words')", "22023"),
    (ADMINISTRATOR, "SELECT set_login_password('{owner}', '{verifier}')", DENIED),
    (ADMINISTRATOR, "SELECT set_login_password('{migrator}', '{verifier}')", DENIED),
    (ADMINISTRATOR, "SELECT set_login_password('postgres', '{verifier}')", DENIED),
    (ADMINISTRATOR, "SELECT follow_login('postgres')", DENIED),
    (ADMINISTRATOR, "CREATE ROLE eve LOGIN SUPERUSER", DENIED),
    (ADMINISTRATOR, "GRANT pg_execute_server_program TO {requester}", DENIED),
    (ADMINISTRATOR, 'GRANT "{administrators}" TO {requester}', DENIED),
    (ADMINISTRATOR, "ALTER ROLE {requester} SUPERUSER", DENIED),
    (ADMINISTRATOR, 'SET ROLE "{owner}"', DENIED),
    (ADMINISTRATOR, "CREATE TABLE mine (id int)", DENIED),
    (ADMINISTRATOR, "DROP TABLE waivers", DENIED),
]
"""Role, statement, and the rows that it reaches or the code of the refusal."""

ANYBODY = [
    ('SET ROLE "{owner}"', DENIED),
    ('SET ROLE "{migrator}"', DENIED),
    ("SET SESSION AUTHORIZATION postgres", DENIED),
    ("SET session_replication_role = replica", DENIED),
    ("ALTER TABLE enrollments DISABLE TRIGGER ALL", DENIED),
    ("ALTER TABLE sessions DISABLE ROW LEVEL SECURITY", DENIED),
    ("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE", DENIED),
    ("TRUNCATE changes", DENIED),
    ("INSERT INTO changes (label) VALUES ('forged')", DENIED),
    ("INSERT INTO change_rows (change_id, tbl, pk) VALUES (1, 'x', '1')", DENIED),
    ("UPDATE changes SET actor = 'ana'", DENIED),
    ("UPDATE change_rows SET after = NULL", DENIED),
    ("DELETE FROM changes", DENIED),
    ("UPDATE notices SET kind = 'enrolled'", DENIED),
    ("INSERT INTO contact_looks (person_id, looked_at, looked_by) VALUES ({me}, now(), 'ana')", DENIED),
    ("SELECT pg_advisory_lock(7265332)", DENIED),
    ("SELECT pg_advisory_xact_lock(1)", DENIED),
    ("SELECT lo_create(0)", DENIED),
    ("COPY people TO PROGRAM 'id'", DENIED),
    ("SELECT pg_read_file('/etc/hostname')", DENIED),
    ("CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", DENIED),
]
"""What no login may, whatever its role."""


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_a_bare_client_may_what_its_role_may(attacker: Attacker) -> None:
    found = [(role, statement, attacker.rows(role, statement)) for role, statement, _said in TRIED]
    assert found == TRIED


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_nobody_gets_round_the_journal_the_guards_or_the_server(attacker: Attacker) -> None:
    tried = [(role, statement, said) for role in Role for statement, said in ANYBODY]
    found = [(role, statement, attacker.rows(role, statement)) for role, statement, _said in tried]
    assert found == tried


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_who_does_not_plan_makes_no_table_of_their_own(attacker: Attacker) -> None:
    """A table or function of a session's own could stand in for one of ours."""
    for role in (TRAINER, REQUESTER):
        assert attacker.rows(role, "CREATE TEMP TABLE people (id int)") == DENIED
        assert (
            attacker.rows(role, "CREATE FUNCTION pg_temp.me_role() RETURNS text LANGUAGE sql AS 'SELECT 1'") == DENIED
        )


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_a_disabled_login_is_out_at_once_and_back_when_enabled(attacker: Attacker) -> None:
    whose = attacker.whose
    trainer, administrator = whose.logins[TRAINER], whose.logins[ADMINISTRATOR]
    statement = f"UPDATE accounts SET disabled_at = {{}}, {BUMP} WHERE login = '{trainer}'"
    with (
        psycopg.connect(login_url(attacker.url, trainer), autocommit=True) as open_before,
        psycopg.connect(login_url(attacker.url, administrator), autocommit=True) as boss,
    ):
        assert open_before.execute("SELECT FROM sessions").rowcount > 0
        boss.execute(statement.format("now()").encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            open_before.execute("SELECT FROM sessions")
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(login_url(attacker.url, trainer))
        boss.execute(statement.format("NULL").encode())
        assert open_before.execute("SELECT FROM sessions").rowcount > 0


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_another_role_is_another_group(attacker: Attacker) -> None:
    whose = attacker.whose
    with psycopg.connect(login_url(attacker.url, whose.logins[ADMINISTRATOR]), autocommit=True) as boss:
        lowered = f"UPDATE accounts SET role = 'requester', {BUMP} WHERE login = '{whose.logins[SUPERVISOR]}'"
        boss.execute(lowered.encode())
    assert attacker.rows(SUPERVISOR, "SELECT FROM requirements") == 0
    assert attacker.rows(SUPERVISOR, "UPDATE sessions SET notes = 'x', " + BUMP) == DENIED


@pytest.mark.parametrize("store_url", ["postgres"], indirect=True)
def test_every_function_that_runs_as_somebody_else_looks_where_it_should(attacker: Attacker) -> None:
    """A definer function without a search path of its own would find whatever its caller puts there."""
    loose = """
        SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        AND NOT coalesce(proconfig, '{}')::text LIKE '%search_path=pg_catalog, public, pg_temp%'
    """
    views = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
        AND NOT coalesce(reloptions, '{}')::text LIKE '%security_invoker=true%'
    """
    bare = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relrowsecurity
    """
    with psycopg.connect(attacker.url) as boss:
        assert boss.execute(loose).fetchall() == []
        assert boss.execute(views).fetchall() == [("contacts_told",)], "which says of contacts only that they are there"
        assert boss.execute(bare).fetchall() == []
