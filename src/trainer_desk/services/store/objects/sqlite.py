"""SQLite's side of journal, claims, seat counters and guards: row triggers that abort with a constraint's name."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from trainer_desk.services.store.objects import certificates, journaled, notices_sqlite, seats_sqlite
from trainer_desk.services.store.objects.sqlite_trigger import trigger

NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
APPEND_ONLY = ("changes", "change_rows")


def statements() -> Iterator[str]:
    """Yield the statements in an order that works on an empty and on an existing database."""
    yield from _open_change()
    for name in journaled.TABLES:
        yield from _journal(name)
        yield from _version_guard(name)
        if name not in journaled.LINKS:
            yield from trigger(f"keep_{name}", f"BEFORE DELETE ON {name}", "SELECT RAISE(ABORT, 'nothing_is_deleted');")
    yield from seats_sqlite.statements()
    yield from notices_sqlite.statements()
    yield from _instants()
    yield from _claims()
    yield from _people_search()
    yield from certificates.sqlite()
    for name in APPEND_ONLY:
        for event in ("UPDATE", "DELETE"):
            yield from trigger(
                f"{name}_no_{event.lower()}",
                f"BEFORE {event} ON {name}",
                "SELECT RAISE(ABORT, 'journal_is_append_only');",
            )


def missing(connection: Connection) -> list[str]:
    """Return the names of triggers that are gone or are not as this program makes them."""
    found: dict[str, str] = dict(
        connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
    )
    wanted = {made[1]: text for text in statements() if (made := re.match(r"CREATE TRIGGER (\w+)", text))}
    return [name for name, text in wanted.items() if found.get(name) != text]


def _open_change() -> Iterator[str]:
    """One row while a change is open; its deferred key into an empty table makes a COMMIT with it fail."""
    yield "CREATE TABLE IF NOT EXISTS never (id INTEGER PRIMARY KEY CHECK (id IS NULL)) STRICT"
    yield (
        "CREATE TABLE IF NOT EXISTS change_open (change_id INTEGER NOT NULL REFERENCES changes (id),"
        " must_be_closed INTEGER NOT NULL DEFAULT 1 REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED) STRICT"
    )


def image(name: str, row: str) -> str:
    """Return the SQL expression that makes a row's image; `row` is the row's name in the statement."""
    secret = journaled.KEPT_SECRET.get(name, frozenset())
    parts = []
    for column in journaled.image_columns(name):
        value = f"json({row}.{column.name})" if journaled.is_json(column) else f"{row}.{column.name}"
        parts.append(f"'{column.name}', {journaled.hidden(row, column.name) if column.name in secret else value}")
    return f"json_object({', '.join(parts)})"


def differs(name: str, was: str, now: str) -> str:
    """Return the SQL condition that two images of a row differ; a column that one does not know is empty in it.

    Without their empty values they tell that, but for those deep within JSON, which is compared as it stands.
    """
    extra = [column.name for column in journaled.image_columns(name) if journaled.is_json(column)]
    pairs = [(f"json_patch('{{}}', {was})", f"json_patch('{{}}', {now})")]
    pairs += [(f"json_extract({was}, '$.{column}')", f"json_extract({now}, '$.{column}')") for column in extra]
    return f"({was} <> {now} AND ({' OR '.join(f'{old} IS NOT {new}' for old, new in pairs)}))"


def _journal(name: str) -> Iterator[str]:
    columns = [column.name for column in journaled.image_columns(name)]
    for event in ("INSERT", "UPDATE", "DELETE"):
        row = "OLD" if event == "DELETE" else "NEW"
        of = f" OF {', '.join(columns)}" if event == "UPDATE" else ""
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        when = f" WHEN {differs}" if event == "UPDATE" else ""
        before = "NULL" if event == "INSERT" else image(name, "OLD")
        after = "NULL" if event == "DELETE" else image(name, "NEW")
        body = (
            f"INSERT INTO changes (actor, at, label) SELECT 'unknown', {NOW}, 'direct'"
            " WHERE NOT EXISTS (SELECT 1 FROM change_open) AND NOT EXISTS (SELECT 1 FROM changes"
            f" WHERE id = (SELECT max(id) FROM changes) AND label = 'direct' AND at = {NOW});"
            " INSERT INTO change_rows (change_id, tbl, pk, before, after) VALUES"
            " (coalesce((SELECT change_id FROM change_open), (SELECT max(id) FROM changes)),"
            f" '{name}', {journaled.key_of(name, row)}, {before}, {after});"
        )
        yield from trigger(f"journal_{name}_{event.lower()}", f"AFTER {event}{of} ON {name}{when}", body)


def _version_guard(name: str) -> Iterator[str]:
    columns = journaled.guarded_columns(name)
    if not columns:
        return
    yield from trigger(
        f"version_{name}",
        f"BEFORE UPDATE OF {', '.join(columns)} ON {name} WHEN NEW.version <> OLD.version + 1",
        "SELECT RAISE(ABORT, 'version_guard');",
    )


def _instants() -> Iterator[str]:
    """Instants are compared as texts, so each must have the one form; `infinity` is none."""
    digits = "[0-9][0-9]"
    form = f"{digits}{digits}-{digits}-{digits}T{digits}:{digits}:{digits}Z"
    for name in journaled.TIMED:
        for event in ("INSERT", "UPDATE OF starts_at, ends_at"):
            yield from trigger(
                f"{name}_instants_{event.split()[0].lower()}",
                f"BEFORE {event} ON {name} WHEN NEW.starts_at NOT GLOB '{form}' OR NEW.ends_at NOT GLOB '{form}'",
                f"SELECT RAISE(ABORT, '{name}_finite');",
            )


def _claims() -> Iterator[str]:
    for event in ("INSERT", "UPDATE"):
        yield from trigger(
            f"claims_{event.lower()}",
            f"BEFORE {event} ON claims WHEN NEW.session_id IS NOT NULL",
            "SELECT RAISE(ABORT, 'claims_overlap') WHERE EXISTS (SELECT 1 FROM claims o"
            " WHERE o.resource_id = NEW.resource_id AND o.session_id IS NOT NULL AND o.id IS NOT NEW.id"
            " AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at);"
            " SELECT RAISE(ABORT, 'claims_blocked') WHERE EXISTS (SELECT 1 FROM claims o"
            " WHERE o.resource_id = NEW.resource_id AND o.block_id IS NOT NULL"
            " AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at)"
            " OR EXISTS (SELECT 1 FROM blocks b WHERE b.resource_id IS NULL AND b.deleted_at IS NULL"
            " AND b.starts_at < NEW.ends_at AND NEW.starts_at < b.ends_at);",
        )


def _people_search() -> Iterator[str]:
    """An index of every three letters of a person's search key; a row in the pause table holds its triggers still."""
    yield (
        "CREATE VIRTUAL TABLE IF NOT EXISTS people_search USING fts5"
        " (search, content = 'people', content_rowid = 'id', detail = none, columnsize = 0, tokenize = 'trigram')"
    )
    yield "CREATE TABLE IF NOT EXISTS people_search_paused (since INTEGER NOT NULL) STRICT"
    going = "WHEN NOT EXISTS (SELECT 1 FROM people_search_paused)"
    put = "INSERT INTO people_search (rowid, search) VALUES (NEW.id, NEW.search);"
    take = "INSERT INTO people_search (people_search, rowid, search) VALUES ('delete', OLD.id, OLD.search);"
    yield from trigger("people_search_insert", f"AFTER INSERT ON people {going}", put)
    differs = "AND OLD.search <> NEW.search"
    yield from trigger("people_search_update", f"AFTER UPDATE OF search ON people {going} {differs}", take + put)
    yield "INSERT INTO people_search (people_search) VALUES ('rebuild')"
