"""Lets a PostgreSQL server write CSV itself: COPY … TO STDOUT, with the guard against formulas as an expression."""

from collections.abc import Iterable
from io import StringIO
from typing import Any, TextIO

import sqlalchemy as sa
from sqlalchemy import Connection

from trainer_desk.services.exchange.formulas import DANGEROUS
from trainer_desk.services.exchange.steps import Step, portions


def guarded(text: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Return the expression of `formulas.guard`; what begins with a letter or a digit is not looked at further."""
    plain = sa.collate(text, "C")
    # Letters first: most texts begin with one, and each comparison costs as much as writing the text.
    harmless = sa.or_(
        sa.and_(plain >= sa.literal("A"), plain < sa.literal("\u00a0")),
        sa.and_(plain < sa.literal("="), plain >= sa.literal("0")),
    )
    looked_at = sa.case((text.op("~")(sa.literal(f"^{DANGEROUS}")), sa.literal("'") + text), else_=text)
    return sa.case((harmless, text), (text.is_(None), sa.literal("")), else_=looked_at)


def wall_clock_table(rows: Iterable[tuple[int, str, str]]) -> sa.FromClause:
    """Return (session id, start, end) as a table to join, its times already written as wall clock.

    They go as one text each: the driver writes an array value by value, and all of them alone take ten times the room.
    """
    texts = (StringIO(), StringIO(), StringIO())
    for row in rows:
        for text, cell in zip(texts, row, strict=True):
            text.write(f"{cell}\n")
    ids, starts, ends = (sa.func.string_to_array(text.getvalue()[:-1], "\n") for text in texts)
    made = sa.func.unnest(sa.cast(ids, sa.ARRAY(sa.Integer)), starts, ends)
    return made.table_valued(
        sa.column("id", sa.Integer), sa.column("start", sa.Text), sa.column("end", sa.Text), name="wall_clock"
    ).render_derived()


def copy_out(db: Connection, query: sa.Select[Any], stream: TextIO, separator: str, step: Step) -> int:
    """Write the rows of a query of text cells to a stream, all quoted, and return their number."""
    compiled = query.compile(db, compile_kwargs={"render_postcompile": True})
    mark = {"\t": "E'\\t'"}.get(separator, f"'{separator}'")
    statement = f"COPY ({compiled}) TO STDOUT (FORMAT csv, DELIMITER {mark}, FORCE_QUOTE *)"
    driver: Any = db.connection.driver_connection
    with driver.cursor() as cursor:
        with cursor.copy(statement, compiled.params) as copy:
            done = 0
            for lines in portions(iter(copy.read, b"")):
                stream.write(str(b"".join(lines), "utf-8"))
                done += len(lines)
                step(done)
        return int(cursor.rowcount)
