"""PostgreSQL's side: statement triggers with transition tables, an exclusion constraint, row locks in its trigger."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from trainer_desk.services.store.objects import (
    certificates,
    certifying_postgresql,
    compliance_postgresql,
    contacts_postgresql,
    feed_postgresql,
    gate_door,
    gate_own_places,
    gate_postgresql,
    gate_presences,
    gate_seats,
    gate_seen,
    gate_sheet,
    gate_take_back,
    gate_trainer,
    gate_undo,
    identity_postgresql,
    issuing_postgresql,
    journaled,
    notices_postgresql,
    recount_postgresql,
    seats_postgresql,
)
from trainer_desk.services.store.objects.plpgsql import function, row_trigger, statement_trigger

OVERLAP = (
    "ALTER TABLE claims ADD CONSTRAINT claims_overlap EXCLUDE USING gist"
    " (int4range(resource_id, resource_id, '[]') WITH =, tstzrange(starts_at, ends_at) WITH &&)"
    " WHERE (session_id IS NOT NULL)"
)

MADE = re.compile(
    r"^CREATE OR REPLACE TRIGGER (\w+) .*? ON (\w+) |^CREATE OR REPLACE FUNCTION (\w+)|ADD CONSTRAINT (\w+)"
)
FOUND = """
    SELECT tgname || ' on ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
"""
"""What `MADE` finds in the statements, as the server lists it."""

IN_LINE = 7_265_332
"""The lock behind which changes of facts, from which compliance and certificates follow, stand in line."""

ROWS_OF = (
    ("INSERT", "NEW TABLE AS n"),
    ("UPDATE", "OLD TABLE AS o NEW TABLE AS n"),
    ("DELETE", "OLD TABLE AS o"),
)
"""The rows that a trigger for whole statements sees, by event: `o` as they were, `n` as they are."""


def statements() -> Iterator[str]:
    """Yield the statements in an order that works on an empty and on an existing database."""
    yield from _changes()
    for name in journaled.TABLES:
        yield from _journal(name)
        yield from _version_guard(name)
        if name not in journaled.LINKS:
            yield row_trigger(f"keep_{name}", "BEFORE DELETE", name, "refuse('nothing_is_deleted')")
    for name in ("changes", "change_rows"):
        yield row_trigger(f"{name}_append_only", "BEFORE UPDATE OR DELETE", name, "refuse('journal_is_append_only')")
        yield _no_truncate(name, "journal_is_append_only")
    yield from seats_postgresql.statements()
    yield from notices_postgresql.statements()
    yield from certificates.postgresql()
    yield from _claims()
    yield from identity_postgresql.statements()
    yield from feed_postgresql.statements()
    yield from gate_postgresql.statements()
    yield from gate_seats.statements()
    yield from gate_own_places.statements()
    yield from gate_seen.statements()
    yield from gate_door.statements()
    yield from compliance_postgresql.statements()
    yield from issuing_postgresql.statements()
    yield from certifying_postgresql.statements()
    yield from gate_trainer.statements()
    yield from gate_presences.statements()
    yield from gate_sheet.statements()
    yield from contacts_postgresql.statements()
    yield from recount_postgresql.statements()
    yield function("facts_in_line()", "void", f"PERFORM pg_advisory_xact_lock({IN_LINE});")
    yield from gate_undo.statements()
    yield from gate_take_back.statements()


def missing(connection: Connection) -> list[str]:
    """Return the names of triggers, functions and constraints that are gone or switched off."""
    found = set(connection.exec_driver_sql(FOUND).scalars())
    wanted = (made for text in statements() for made in MADE.finditer(text))
    names = dict.fromkeys(f"{made[1]} on {made[2]}" if made[2] else made[3] or made[4] for made in wanted)
    return [name for name in names if name not in found]


def _no_truncate(table: str, refusal: str) -> str:
    when = f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
    return f"CREATE OR REPLACE TRIGGER keep_all {when} EXECUTE FUNCTION refuse('{refusal}')"


def _changes() -> Iterator[str]:
    yield (
        "ALTER TABLE changes ALTER COLUMN xid SET DEFAULT pg_current_xact_id(),"
        " ALTER COLUMN at SET DEFAULT now(), ALTER COLUMN actor SET DEFAULT session_user"
    )
    yield function(
        "refuse()",
        "trigger",
        "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',"
        " CONSTRAINT = TG_ARGV[0], MESSAGE = TG_ARGV[0];",
    )
    yield function(
        "journal_change()",
        "bigint",
        "SELECT id INTO found FROM changes WHERE xid = pg_current_xact_id() AND at = now();"
        " IF found IS NULL THEN INSERT INTO changes (label) VALUES ('direct') RETURNING id INTO found; END IF;"
        " RETURN found;",
        "DECLARE found bigint;",
    )
    yield function(
        "journal_open(label text, op_key text, undoes bigint, kind text)",
        "bigint",
        "INSERT INTO changes (label, op_key, undoes, kind) VALUES ($1, $2, $3, $4) RETURNING id INTO made;"
        " RETURN made;",
        "DECLARE made bigint;",  # a function of SQL would be planned anew by every write
    )


def image(name: str, row: str) -> str:
    """Return the SQL expression that makes a row's image; `row` is its name in the statement, no row has no image."""
    secret = journaled.KEPT_SECRET.get(name, ())
    columns = [column.name for column in journaled.image_columns(name)]
    # Only these columns are made JSON: to take the others away again costs a third of what an image does.
    made = (f"{journaled.hidden(row, each)} AS {each}" if each in secret else f"{row}.{each}" for each in columns)
    key = next(iter(journaled.table(name).primary_key)).name
    return f"to_jsonb((SELECT told FROM (SELECT {', '.join(made)}) told WHERE {row}.{key} IS NOT NULL))"


def differs(name: str, was: str, now: str) -> str:
    """Return the SQL condition that two images of a row differ; a column that one does not know is empty in it."""
    nothing = ", ".join(f"'{column.name}', NULL" for column in journaled.image_columns(name))
    empty = f"jsonb_build_object({nothing})"
    return f"({was} <> {now} AND {empty} || {was} <> {empty} || {now})"


def _journal(name: str) -> Iterator[str]:
    """A row whose key is changed is recorded as one that went and one that came."""
    columns = [column.name for column in journaled.image_columns(name)]
    keys = [column.name for column in journaled.table(name).primary_key]
    old, new = (f"({', '.join(f'{row}.{column}' for column in columns)})" for row in "on")
    joined = " AND ".join(f"o.{key} = n.{key}" for key in keys)
    changed = f"FROM o FULL JOIN n ON {joined} WHERE {old} IS DISTINCT FROM {new}"
    went, came = journaled.key_of(name, "o"), journaled.key_of(name, "n")
    put = f"INSERT INTO change_rows (change_id, tbl, pk, before, after) SELECT journal_change_id, '{name}', "
    body = (
        "SELECT id INTO journal_change_id FROM changes WHERE xid = pg_current_xact_id() AND at = now();"
        f" IF TG_OP = 'INSERT' THEN {_opened('n')}"
        f" {put} {came}, NULL, {image(name, 'n')} FROM n;"
        f" ELSIF TG_OP = 'DELETE' THEN {_opened('o')}"
        f" {put} {went}, {image(name, 'o')}, NULL FROM o;"
        f" ELSE {_opened(changed.removeprefix('FROM '))}"
        f" {put} coalesce({came}, {went}), {image(name, 'o')}, {image(name, 'n')} {changed}; END IF; RETURN NULL;"
    )
    yield function(f"journal_{name}()", "trigger", body, "DECLARE journal_change_id bigint;")
    for event, tables in ROWS_OF:
        yield statement_trigger(f"journal_{event.lower()}", event, name, tables, f"journal_{name}()")
    yield _no_truncate(name, "nothing_is_deleted")


def _opened(rows: str) -> str:
    """Return the statement that opens a change past the program where there is none yet, if there are such rows."""
    return (
        f"IF journal_change_id IS NULL AND EXISTS (SELECT FROM {rows})"
        " THEN journal_change_id := journal_change(); END IF;"
    )


def _version_guard(name: str) -> Iterator[str]:
    columns = journaled.guarded_columns(name)
    if not columns:
        return
    yield (
        f"CREATE OR REPLACE TRIGGER version_guard BEFORE UPDATE OF {', '.join(columns)} ON {name}"
        " FOR EACH ROW WHEN (NEW.version <> OLD.version + 1) EXECUTE FUNCTION refuse('version_guard')"
    )


def _claims() -> Iterator[str]:
    """The row lock comes before the constraint looks, or hot slots deadlock instead of waiting in line."""
    yield function(
        "claims_guard()",
        "trigger",
        "PERFORM 1 FROM resources WHERE id = NEW.resource_id FOR NO KEY UPDATE;"
        " IF NEW.session_id IS NOT NULL AND (EXISTS (SELECT FROM claims o WHERE o.resource_id = NEW.resource_id"
        " AND o.block_id IS NOT NULL AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at)"
        " OR EXISTS (SELECT FROM blocks b WHERE b.resource_id IS NULL AND b.deleted_at IS NULL"
        " AND b.starts_at < NEW.ends_at AND NEW.starts_at < b.ends_at))"
        " THEN RAISE EXCEPTION USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'claims_blocked',"
        " MESSAGE = 'claims_blocked'; END IF; RETURN NEW;",
    )
    yield row_trigger("claims_guard", "BEFORE INSERT OR UPDATE", "claims", "claims_guard()")
    for name in journaled.TIMED:
        yield f"ALTER TABLE {name} DROP CONSTRAINT IF EXISTS {name}_finite"
        yield f"ALTER TABLE {name} ADD CONSTRAINT {name}_finite CHECK (isfinite(starts_at) AND isfinite(ends_at))"
    yield (
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'claims_overlap')"
        f" THEN {OVERLAP}; END IF; END $$"
    )
