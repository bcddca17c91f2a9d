"""Every role, every table, every verb, every function, tried by real logins against a golden matrix (U2).

`python -m tests.services.store.rights.test_matrix` writes the matrix anew; read the difference before you commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.databases import StoreFactory
from tests.logins import login_url
from tests.services.store.rights.whose import Whose, fill
from trainer_desk.models.enums import Role

GOLDEN = Path(__file__).with_name("matrix.txt")
TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f')
"""
COLUMNS = """
    SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname
"""
FUNCTIONS = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
SEQUENCES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'"

REFUSED = psycopg.errors.InsufficientPrivilege
"""Rows are another matter: a statement may be allowed and find none."""


def matrix(url: str, whose: Whose) -> Iterator[str]:
    """Give a line for each role and table, and one for each function with the roles that may call it."""
    boss = psycopg.connect(url, autocommit=True)
    tables = sorted(name for (name,) in boss.execute(TABLES))
    counts = {name: _count(boss, name) for name in tables}
    columns = {name: [column for (column,) in boss.execute(COLUMNS, (name,))] for name in tables}
    functions = [name for (name,) in boss.execute(FUNCTIONS)]
    callers: dict[str, list[str]] = {name: [] for name in functions}
    for role, login in sorted(whose.logins.items()):
        with psycopg.connect(login_url(url, login)) as db:
            for table in tables:
                yield f"{role.value} {table}: {_said(db, table, columns[table], counts[table])}"
            for name in functions:
                if db.execute("SELECT has_function_privilege(%s, 'EXECUTE')", (name,)).fetchone() == (True,):
                    callers[name].append(role.value)
            db.rollback()
    boss.close()
    for name in functions:
        yield f"function {name}: {', '.join(callers[name]) or 'nobody'}"


def _said(db: psycopg.Connection[tuple[object, ...]], table: str, columns: list[str], rows: int) -> str:
    said = [f"reads {_reach(db, table, columns, rows)}"]
    adds = [name for name in columns if _may(db, _insert(table, name))]
    said.append(f"adds {_list(adds, columns)}")
    changes = [name for name in columns if _may(db, _update(table, name))]
    reach = ""
    if changes:
        try:
            with db.transaction(force_rollback=True):
                found = db.execute(sql.SQL("SELECT 1 FROM {} FOR NO KEY UPDATE").format(sql.Identifier(table)))
                reach = f" of {_part(len(found.fetchall()), rows)}"
        except REFUSED:
            reach = " unseen"
    said.append(f"changes {_list(changes, columns)}{reach}")
    said.append(f"removes {'rows' if _may(db, _delete(table)) else 'nothing'}")
    return "; ".join(said)


def _reach(db: psycopg.Connection[tuple[object, ...]], table: str, columns: list[str], rows: int) -> str:
    read = [name for name in columns if _may(db, _select(table, name))]
    if not read:
        return "nothing"
    found = db.execute(sql.SQL("SELECT {} FROM {}").format(sql.Identifier(read[0]), sql.Identifier(table))).fetchall()
    part = _part(len(found), rows)
    return part if read == columns else f"{part} ({', '.join(read)})"


def _part(found: int, rows: int) -> str:
    assert rows, "what is empty proves nothing"
    return "all" if found == rows else "none" if not found else "some"


def _list(names: list[str], columns: list[str]) -> str:
    return "nothing" if not names else "everything" if names == columns else ", ".join(names)


def _may(db: psycopg.Connection[tuple[object, ...]], statement: sql.Composed) -> bool:
    """Whether a statement that touches no row is let through."""
    try:
        with db.transaction(force_rollback=True):
            db.execute(statement)
    except (REFUSED, psycopg.errors.FeatureNotSupported):  # what a view makes up is for nobody to change
        return False
    except psycopg.Error:
        return True  # the right was there, something else was in the way
    return True


def _select(table: str, column: str) -> sql.Composed:
    return sql.SQL("SELECT {} FROM {} WHERE false").format(sql.Identifier(column), sql.Identifier(table))


def _insert(table: str, column: str) -> sql.Composed:
    words = "INSERT INTO {} ({}) SELECT NULL WHERE false"
    return sql.SQL(words).format(sql.Identifier(table), sql.Identifier(column))


def _update(table: str, column: str) -> sql.Composed:
    return sql.SQL("UPDATE {} SET {} = NULL WHERE false").format(sql.Identifier(table), sql.Identifier(column))


def _delete(table: str) -> sql.Composed:
    return sql.SQL("DELETE FROM {} WHERE false").format(sql.Identifier(table))


def _count(boss: psycopg.Connection[tuple[object, ...]], table: str) -> int:
    found = boss.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found is not None
    return int(str(found[0]))


@pytest.fixture
def filled(each_factory: StoreFactory) -> tuple[str, Whose]:
    """Give a server's organisation with its logins."""
    return each_factory.url, fill(each_factory())


@pytest.mark.parametrize("each_url", ["postgres", "postgres18"], indirect=True)
def test_every_role_may_what_the_matrix_says_and_nothing_else(filled: tuple[str, Whose]) -> None:
    url, whose = filled
    found = list(matrix(url, whose))
    assert found == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("each_url", ["postgres"], indirect=True)
def test_the_matrix_sees_whatever_nobody_listed(filled: tuple[str, Whose]) -> None:
    """A table, a view and a function that somebody adds are lines that the golden matrix lacks."""
    url, whose = filled
    everybody = ", ".join(whose.logins.values())
    with psycopg.connect(url, autocommit=True) as boss:
        boss.execute("CREATE TABLE forgotten (id int)")
        boss.execute("CREATE VIEW everything AS SELECT * FROM people")
        boss.execute(f"GRANT SELECT ON everything TO {everybody}")
        boss.execute("CREATE FUNCTION open_door() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        boss.execute(f"GRANT UPDATE (capacity) ON sessions TO {whose.logins[Role.TRAINER]}")
    new = set(matrix(url, whose)) - set(GOLDEN.read_text(encoding="utf-8").splitlines())
    assert "function open_door(): administrator, requester, supervisor, trainer" in new
    assert "trainer everything: reads all; adds nothing; changes nothing; removes nothing" in new
    assert any(line.startswith("requester forgotten: ") for line in new)
    assert any(line.startswith("trainer sessions: ") and "changes capacity of" in line for line in new)


def write_golden() -> None:
    """Write the matrix as a fresh server gives it."""
    from tests.databases import ZONE  # noqa: PLC0415
    from tests.postgres_server import Run, postgres_database  # noqa: PLC0415
    from trainer_desk.services.store.engine import create_store  # noqa: PLC0415

    run = Run.begin()
    try:
        with postgres_database(run.server_url(16)) as url:
            store = create_store(url, zone=ZONE)
            whose = fill(store)
            store.close()
            GOLDEN.write_text("\n".join(matrix(url, whose)) + "\n", encoding="utf-8")
    finally:
        run.end()


if __name__ == "__main__":
    write_golden()
