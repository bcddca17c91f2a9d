"""Everything that a database is made of, as lines of text that are compared with a golden list.

`python -m tests.services.store.catalog` writes the golden lists anew, from databases of its own; read the
difference before you commit it.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from trainer_desk.services.store.server_roles import roles_of

GOLDEN = Path(__file__).with_name("golden")

POSTGRESQL = {
    "table": """
        SELECT c.relname || ' ' || c.relkind::text || ' ' || coalesce(array_to_string(c.reloptions, ','), '')
        || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'S', 'p')""",
    "column": """
        SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attcollation NOT IN (0, 100) THEN ' collate ' || a.attcollation::regcollation::text ELSE '' END
        || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": """
        SELECT c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
        || CASE WHEN k.convalidated THEN '' ELSE ' not valid' END
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.connamespace = 'public'::regnamespace AND k.contype <> 'n'""",
    "index": """
        SELECT pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' not valid' END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace""",
    "trigger": """
        SELECT pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' disabled' END
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal""",
    "function": """
        SELECT p.oid::regprocedure::text || ' returns ' || p.prorettype::regtype::text
        || CASE WHEN p.prosecdef THEN ' definer ' ELSE ' invoker ' END
        || coalesce(array_to_string(p.proconfig, ' '), ''), p.prosrc
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace""",
    "policy": """
        SELECT tablename || '.' || policyname || ' ' || cmd || ' to ' || array_to_string(roles, ',')
        || coalesce(' rows ' || qual, '') || coalesce(' becomes ' || with_check, '')
        FROM pg_policies WHERE schemaname = 'public'""",
    "owner": """
        SELECT c.relname || ' ' || c.relowner::regrole FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'S')
        UNION ALL SELECT p.oid::regprocedure || ' ' || p.proowner::regrole FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace""",
    "right": """
        SELECT c.relname || ' ' || a.grantee::regrole || ' '
        || string_agg(a.privilege_type, ',' ORDER BY a.privilege_type) FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner GROUP BY c.relname, a.grantee
        UNION ALL SELECT c.relname || ' ' || a.grantee::regrole || ' ' || a.privilege_type || ' of '
        || string_agg(t.attname, ',' ORDER BY t.attname)
        FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
        WHERE c.relnamespace = 'public'::regnamespace GROUP BY c.relname, a.grantee, a.privilege_type
        UNION ALL SELECT p.oid::regprocedure || ' ' || a.grantee::regrole || ' executes'
        FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        WHERE p.pronamespace = 'public'::regnamespace AND a.grantee <> p.proowner""",
    "extension": "SELECT extname FROM pg_extension",
}


def catalog(db: sa.Connection) -> list[str]:
    """Give one line for every table, column, constraint, index, trigger and function, sorted."""
    lines = _sqlite(db) if db.dialect.name == "sqlite" else _postgresql(db)
    return sorted(" ".join(line.split()) for line in lines)


def golden(dialect: str) -> list[str]:
    """Give the lines that a database of today's schema must have."""
    return (GOLDEN / f"{dialect}.txt").read_text(encoding="utf-8").splitlines()


def _postgresql(db: sa.Connection) -> Iterator[str]:
    prefix = f"{roles_of(db).prefix}_"
    for kind, query in POSTGRESQL.items():
        for row in db.exec_driver_sql(query.replace("%", "%%")):
            yield " ".join([kind, row[0].replace(prefix, "D_").rstrip(), *(_mark(source) for source in row[1:])])


def _sqlite(db: sa.Connection) -> Iterator[str]:
    """Give tables with their columns and checks, which SQLite keeps as one text, and everything else by its text."""
    tables = []
    for kind, name, table, text in db.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_schema"):
        words = " ".join((text or "made by itself").split())
        if kind == "table":
            tables.append(name)
            yield f"table {name} {_mark(words)}"
        else:
            yield f"{kind} {table}.{name} {words if kind == 'index' else _mark(words)}"
    for table in tables:
        for _number, name, type_, needed, default, key, _hidden in db.exec_driver_sql(f"PRAGMA table_xinfo('{table}')"):
            yield f"column {table}.{name} {type_} null={not needed} default={default} key={key}"
        for key in db.exec_driver_sql(f"PRAGMA foreign_key_list('{table}')"):
            yield f"constraint {table}.{key[3]} references {key[2]} ({key[4]}) {key[5]} {key[6]}"


def _mark(source: str) -> str:
    """Give a short mark of a text that is too long for a list, whatever its white space."""
    return hashlib.sha256(" ".join(source.split()).encode()).hexdigest()[:12]


def write_golden() -> None:
    """Write both lists from fresh databases."""
    from tests.postgres_server import running  # noqa: PLC0415 - the lists are compared without starting a server
    from trainer_desk.services.store.engine import create_store  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, running(16) as server:
        for dialect, url in (("sqlite", f"{folder}/golden.desk"), ("postgresql", server)):
            store = create_store(url)
            with store.reading() as db:
                (GOLDEN / f"{dialect}.txt").write_text("\n".join(catalog(db)) + "\n", encoding="utf-8")
            store.close()


if __name__ == "__main__":
    write_golden()
