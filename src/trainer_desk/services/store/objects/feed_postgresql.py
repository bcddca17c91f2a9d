"""PostgreSQL's part in telling workstations of each other: a word at each commit, and what was committed since (U6)."""

from collections.abc import Iterator

from trainer_desk.services.rows.feed import MOST_ROWS, ONE_BY_ONE
from trainer_desk.services.store.objects.plpgsql import function, row_trigger

CHANNEL = "trainer_desk"
"""Whoever may connect can send words here, so a word says no more than that a look may be worth while."""

PLANNERS = "'administrator', 'supervisor'"
"""Who is told which rows were touched; all others hear in which tables, and see what they may."""


def statements() -> Iterator[str]:
    """Yield the statements, safe to repeat."""
    yield function("tell_change()", "trigger", f"PERFORM pg_notify('{CHANNEL}', NEW.id::text); RETURN NULL;")
    yield row_trigger("tell_change", "AFTER INSERT", "changes", "tell_change()")
    # Ids are given before the commit and transactions end in any order: only a snapshot says what was not there yet.
    found = (
        "SELECT c.id FROM changes c WHERE c.xid >= pg_snapshot_xmin($1) AND NOT pg_visible_in_snapshot(c.xid, $1)"
        f" ORDER BY c.id LIMIT {ONE_BY_ONE + 1}"
    )
    rows = f"SELECT r.tbl, r.pk FROM change_rows r WHERE r.change_id = found.id LIMIT {MOST_ROWS + 1}"
    key = f"CASE WHEN me.role IN ({PLANNERS}) THEN touched.pk ELSE '' END"
    yield function(
        "changed_since(seen pg_snapshot)",
        "TABLE (change_id bigint, tbl text, pk text)",
        f"WITH me AS MATERIALIZED (SELECT me_role() AS role) SELECT found.id, touched.tbl, {key}"
        f" FROM me CROSS JOIN ({found}) found CROSS JOIN LATERAL ({rows}) touched",
        language="sql",
    )
