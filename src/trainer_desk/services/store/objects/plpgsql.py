"""How triggers and functions of PostgreSQL are written down: all run with the owner's rights and in UTC."""

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'"


def row_trigger(name: str, when: str, table: str, call: str, condition: str = "") -> str:
    """Return a trigger that is called for each row; `when` is like `BEFORE UPDATE OF state`."""
    only = f" WHEN ({condition})" if condition else ""
    return f"CREATE OR REPLACE TRIGGER {name} {when} ON {table} FOR EACH ROW{only} EXECUTE FUNCTION {call}"


def statement_trigger(name: str, event: str, table: str, rows: str, call: str) -> str:
    """Return a trigger that is called once after a statement and sees its rows under the names in `rows`."""
    when = f"AFTER {event} ON {table} REFERENCING {rows} FOR EACH STATEMENT"
    return f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION {call}"


def function(name: str, returns: str, body: str, declare: str = "", language: str = "plpgsql") -> str:
    """Return a function; `body` holds statements of PL/pgSQL, or one of SQL."""
    block = f"{declare} BEGIN {body} END" if language == "plpgsql" else body
    return f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE {language} {DEFINER} AS $$ {block} $$"
