"""Who may read and write what on a server: the one table of grants and row-level policies, by table and role (U2).

Whoever plans may all that the program does; trainers and requesters read their own, write what is listed here, and do
everything else through functions that ask who they are. A row that no policy lets through is not there for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer_desk.models import Base
from trainer_desk.models.enums import Role
from trainer_desk.services.store.objects import (
    gate_door,
    gate_own_places,
    gate_presences,
    gate_seen,
    gate_sheet,
    gate_take_back,
    journaled,
)
from trainer_desk.services.store.objects.contacts_postgresql import TOLD
from trainer_desk.services.store.objects.recount_postgresql import RECOUNT
from trainer_desk.services.store.server_roles import ServerRoles, quoted

ADMINISTRATOR, SUPERVISOR, TRAINER, REQUESTER = Role.ADMINISTRATOR, Role.SUPERVISOR, Role.TRAINER, Role.REQUESTER
PLANNERS = (ADMINISTRATOR, SUPERVISOR)
EVERYBODY = (*PLANNERS, TRAINER, REQUESTER)

COUNTED = frozenset(
    {"seats_taken", "seats_offered", "seats_held", "waiting", "people_taken", "members_taken", "present"}
)
"""Counters, which only triggers move."""

KNOWN_TO_ALL = (
    "settings", "categories", "courses", "checklist_items", "resources", "trainers", "venues", "runs",
    "alembic_version",
)  # fmt: skip
"""What every login reads whole: the catalogue, and what the window needs to show anything."""

ADMINISTERED = frozenset({"accounts", "settings"})
BY_FUNCTION = frozenset({"contact_looks", "notices"})
"""What no login writes by itself."""
BY_TRIGGER = frozenset({"changes", "change_rows", "run_seats", "alembic_version"})
DELETED = journaled.LINKS | {"claims", "compliance_items"}
"""The only tables of which rows are removed: links, and what follows from others."""

OWN_SESSION = "{column} IN (SELECT own_sessions())"
OWN_PERSON = "{column} IN (SELECT own_people())"
STAFF = "{column} IN (SELECT staff())"
SEEN_SESSION = "{column} IN (SELECT seen_sessions())"
MINE = "{column} = (SELECT me_person())"

HOLIDAYS = "resource_id IS NULL"

READ_BY_TRAINERS = {
    "blocks": (
        f"{HOLIDAYS} OR resource_id = (SELECT me_trainer()) OR resource_id IN (SELECT id FROM venues)"
    ),
    "sessions": OWN_SESSION.format(column="id"),
    **dict.fromkeys(
        ("session_resources", "session_checklist_items", "enrollments", "seat_holds", "groups", "group_members",
         "presences", "waivers", "certificates"),
        OWN_SESSION.format(column="session_id"),
    ),
    "people": OWN_PERSON.format(column="id"),
    **dict.fromkeys(("intakes", "run_members", "run_seats"), OWN_PERSON.format(column="person_id")),
    "qualifications": "trainer_id = (SELECT me_trainer())",
    "claims": "resource_id = (SELECT me_trainer())",
    "attachments": OWN_SESSION.format(column="session_id"),
    "accounts": "id = (SELECT me_account())",
    "notices": "account_id = (SELECT me_account())",
    "changes": "actor = session_user",
    "change_rows": "change_id IN (SELECT id FROM changes WHERE actor = session_user)",
}  # fmt: skip
"""The rows that a trainer sees: own sessions, their people, and what stands about both."""

READ_BY_REQUESTERS = {
    "blocks": HOLIDAYS,
    "sessions": SEEN_SESSION.format(column="id"),
    "session_resources": SEEN_SESSION.format(column="session_id"),
    "enrollments": (
        MINE.format(column="person_id")
        + " OR (session_id IN (SELECT requested_sessions()) AND person_id IN (SELECT staff()))"
    ),
    "people": STAFF.format(column="id"),
    "compliance_items": STAFF.format(column="person_id"),
    **dict.fromkeys(
        ("certificates", "training_records", "intakes", "run_members", "run_seats", "group_members", "presences"),
        MINE.format(column="person_id"),
    ),
    "booking_requests": "requested_by = session_user",
    "booking_request_people": "booking_request_id IN (SELECT own_requests())",
    "accounts": "id = (SELECT me_account())",
    "notices": "account_id = (SELECT me_account())",
    "tellings": "enrollment_id IN (SELECT id FROM enrollments WHERE person_id = (SELECT me_person()))",
    "changes": "actor = session_user OR id IN (SELECT own_request_changes())",
    "change_rows": (
        "change_id IN (SELECT id FROM changes WHERE actor = session_user)"
        " AND coalesce((coalesce(after, before) ->> 'person_id')::int IN (SELECT staff()), true)"
        " OR (tbl = 'booking_requests' AND pk IN (SELECT own_requests()::text))"
    ),
}
"""The rows that a requester sees: open sessions without anybody's name, own places and requests, own people."""

DRAFT_OF_MINE = "requested_by = session_user AND status = 'DRAFT'"
WISHED = (
    "course_id", "trainer_id", "venue_id", "run_id", "starts_at", "ends_at", "people", "reason", "status",
)  # fmt: skip
STAMPS = ("version", "updated_at")


@dataclass(frozen=True, slots=True)
class Write:
    """One kind of write of a role to a table: which columns (none: all), on which rows, and what they may become."""

    role: Role
    table: str
    verb: str
    columns: tuple[str, ...] = ()
    rows: str = "true"
    becomes: str = ""


OWN_DRAFT_PEOPLE = (
    "booking_request_id IN (SELECT id FROM booking_requests WHERE requested_by = session_user AND status = 'DRAFT')"
)
NARROW = (
    Write(
        TRAINER, "enrollments", "UPDATE",
        ("attendance", "remarks", "result", "score", "marked_at", "marked_by", *STAMPS),
        OWN_SESSION.format(column="session_id"),
    ),
    Write(
        TRAINER, "session_checklist_items", "UPDATE", ("done_at", "done_by", *STAMPS),
        OWN_SESSION.format(column="session_id"),
    ),
    Write(
        REQUESTER, "booking_requests", "INSERT",
        (*WISHED, "requested_by", "requested_at", "version", "created_at", "updated_at"), becomes=DRAFT_OF_MINE,
    ),
    Write(
        REQUESTER, "booking_requests", "UPDATE", (*WISHED, "decided_by", "decided_at", *STAMPS), DRAFT_OF_MINE,
        "requested_by = session_user AND status IN ('DRAFT', 'CANCELLED')",
    ),
    Write(
        REQUESTER, "booking_request_people", "INSERT",
        becomes=f"{OWN_DRAFT_PEOPLE} AND {STAFF.format(column='person_id')}",
    ),
    Write(REQUESTER, "booking_request_people", "DELETE", rows=OWN_DRAFT_PEOPLE),
)  # fmt: skip
"""What is written without a function by those who do not plan."""

EXECUTED: dict[str, tuple[Role, ...]] = {
    "journal_open(text, text, bigint, text)": EVERYBODY,
    "changed_since(pg_snapshot)": EVERYBODY,
    "me_account()": EVERYBODY,
    "me_role()": EVERYBODY,
    "me_trainer()": EVERYBODY,
    "me_person()": EVERYBODY,
    "own_sessions()": EVERYBODY,
    "own_people()": EVERYBODY,
    "staff()": EVERYBODY,
    "own_requests()": EVERYBODY,
    "own_request_changes()": EVERYBODY,
    "requested_sessions()": EVERYBODY,
    "seen_sessions()": EVERYBODY,
    "lock_seats(int[], int[])": PLANNERS,
    "facts_in_line()": PLANNERS,
    RECOUNT: (ADMINISTRATOR,),
    "contact_of(int)": (*PLANNERS, TRAINER),
    "differing_names(text[], text[])": PLANNERS,
    "differing_phones(text[], text[])": PLANNERS,
    "start_session(int, int)": (TRAINER, REQUESTER),
    "complete_session(int, int, boolean)": (TRAINER,),
    "lock_own_session(int, boolean)": (TRAINER,),
    "reverse_own(bigint)": (TRAINER,),
    **dict.fromkeys((*gate_door.AT_THE_DOOR, *gate_presences.AT_THE_DOOR, *gate_sheet.ON_THE_SHEET), (TRAINER,)),
    **dict.fromkeys(gate_own_places.FOR_ONESELF, EVERYBODY),
    **dict.fromkeys((*gate_take_back.TAKEN_BACK, *gate_seen.SEEN), EVERYBODY),
}
"""The functions that logins call, and who; all others are called by triggers alone."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A row-level policy as the server knows it."""

    table: str
    name: str
    verb: str
    roles: tuple[Role, ...]
    rows: str = ""
    becomes: str = ""

    def statement(self, names: ServerRoles) -> str:
        """Return what makes it."""
        to = ", ".join(quoted(names.group(role)) for role in self.roles)
        using = f" USING ({self.rows})" if self.rows else ""
        check = f" WITH CHECK ({self.becomes})" if self.becomes else ""
        return f"CREATE POLICY {self.name} ON {self.table} FOR {self.verb} TO {to}{using}{check}"


def tables() -> list[str]:
    """Return every table of the database."""
    return [*sorted(Base.metadata.tables), "alembic_version"]


def statements(names: ServerRoles) -> Iterator[str]:
    """Yield what takes away every right, and then what gives those that are listed; safe to repeat."""
    groups = ", ".join(quoted(name) for name in names.groups.values())
    everybody = f"PUBLIC, {quoted(names.everybody)}, {quoted(names.migrator)}, {groups}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everybody}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {everybody}"
    yield (
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT oid::regprocedure::text AS name FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole"
        f" LOOP EXECUTE 'REVOKE ALL ON FUNCTION ' || one.name || $r$ FROM {everybody}$r$; END LOOP; END $$"
    )
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {groups}"
    yield (
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT policyname, tablename FROM pg_policies"
        " WHERE schemaname = 'public' LOOP EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);"
        " END LOOP; END $$"
    )
    for table in tables():
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield from _grants(table, names)
    for policy in policies():
        yield policy.statement(names)
    migrator = quoted(names.migrator)
    yield f"GRANT SELECT ON alembic_version TO {migrator}"
    yield f"GRANT SELECT (change_id, id) ON change_rows TO {migrator}"
    yield f"CREATE POLICY migrator_reads ON alembic_version FOR SELECT TO {migrator} USING (true)"
    for function, roles in EXECUTED.items():
        to = ", ".join(quoted(names.group(role)) for role in roles)
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {to}"


def policies() -> Iterator[Policy]:
    """Yield every policy: what is read and, of writes, on which rows and to what."""
    for table in tables():
        yield from _reading(table)
        who = _writers(table)
        if who:
            yield Policy(table, "planners_add", "INSERT", who, becomes="true")
            yield Policy(table, "planners_change", "UPDATE", who, "true", "true")
        if table in DELETED:
            yield Policy(table, "planners_remove", "DELETE", PLANNERS, "true")
    for write in NARROW:
        becomes = write.becomes or ("" if write.verb == "DELETE" else write.rows)
        rows = "" if write.verb == "INSERT" else write.rows
        name = f"{write.role.value}s_{write.verb.lower()}"
        yield Policy(write.table, name, write.verb, (write.role,), rows, becomes)


def _writers(table: str) -> tuple[Role, ...]:
    """Return the roles that add and change any row of a table by statements of their own."""
    if table in BY_TRIGGER | BY_FUNCTION:
        return ()
    return (ADMINISTRATOR,) if table in ADMINISTERED else PLANNERS


def _reading(table: str) -> Iterator[Policy]:
    if table in KNOWN_TO_ALL:
        yield Policy(table, "all_read", "SELECT", EVERYBODY, "true")
        return
    yield Policy(table, "planners_read", "SELECT", PLANNERS, "true")
    if table in READ_BY_TRAINERS:
        yield Policy(table, "trainers_read", "SELECT", (TRAINER,), READ_BY_TRAINERS[table])
    if table in READ_BY_REQUESTERS:
        yield Policy(table, "requesters_read", "SELECT", (REQUESTER,), READ_BY_REQUESTERS[table])


def _grants(table: str, names: ServerRoles) -> Iterator[str]:
    """Yield the rights on one table: reading is for all, since policies choose the rows; contacts are for nobody."""
    columns = [] if table == "alembic_version" else [column.name for column in Base.metadata.tables[table].columns]
    groups = {role: quoted(name) for role, name in names.groups.items()}
    planners = f"{groups[ADMINISTRATOR]}, {groups[SUPERVISOR]}"
    if table == "contacts":
        yield f"GRANT SELECT (person_id), INSERT, UPDATE (person_id, name, phone) ON contacts TO {planners}"
        yield f"GRANT SELECT ON {TOLD} TO {planners}"
        return
    yield f"GRANT SELECT ON {table} TO {', '.join(groups.values())}"
    who = ", ".join(groups[role] for role in _writers(table))
    if who:
        written = ", ".join(name for name in columns if name not in COUNTED)
        yield f"GRANT INSERT ({written}), UPDATE ({written}) ON {table} TO {who}"
    if table in DELETED:
        yield f"GRANT DELETE ON {table} TO {planners}"
    for write in NARROW:
        if write.table == table:
            only = f" ({', '.join(write.columns)})" if write.columns else ""
            yield f"GRANT {write.verb}{only} ON {table} TO {groups[write.role]}"
