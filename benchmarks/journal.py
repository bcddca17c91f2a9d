"""Goal: one journalled update of a row, against the same update of the same row in a table without triggers.

That table has the checks, defaults, keys and indexes of the other, and statistics of its own.
"""

import re
from collections.abc import Iterator
from itertools import count

from benchmarks.measure import Goal
from benchmarks.place import Place
from benchmarks.single_write import CHANGE

COPY = "journal_floor"
DRAFT = "SELECT id FROM sessions WHERE status = 'DRAFT' AND starts_at IS NULL ORDER BY id LIMIT 1"
WRITE = "UPDATE {table} SET notes = ?, version = version + 1, updated_at = ? WHERE id = ?"
LAID = "SELECT sql FROM sqlite_master WHERE tbl_name = 'sessions' AND type IN ('table', 'index') AND sql IS NOT NULL"
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'sessions'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


def goals(place: Place) -> Iterator[Goal]:
    """Yield a change of a draft's notes by the bare driver, with its change and its image, and without either."""
    [[session]] = place.rows(DRAFT)
    _copy(place)
    numbers = count()
    now = place.stored(place.instant(0))

    def write(table: str) -> None:
        statement = WRITE.format(table=table)
        values = [f"Note {next(numbers)}", now, session]
        place.driver.execute(statement if place.is_file else statement.replace("?", "%s"), values)

    def ours() -> None:
        place.driver.execute("BEGIN IMMEDIATE" if place.is_file else "BEGIN")
        if place.is_file:
            change = place.rows(CHANGE, [now])[0][0]
            place.driver.execute("INSERT INTO change_open (change_id) VALUES (?)", [change])
        else:
            place.rows("SELECT journal_open('Edited', NULL, NULL, 'do')")
        write("sessions")
        if place.is_file:
            place.driver.execute("DELETE FROM change_open")
        place.driver.execute("COMMIT")

    def floor() -> None:
        place.driver.execute("BEGIN IMMEDIATE" if place.is_file else "BEGIN")
        write(COPY)
        place.driver.execute("COMMIT")

    told = "driver, same row, checks and indexes, no triggers"
    yield Goal("one update with its journal", ours, floor, 3, floor_is=told)


def _copy(place: Place) -> None:
    """Lay the sessions beside themselves as they are, but for their triggers."""
    place.driver.execute(f"DROP TABLE IF EXISTS {COPY}")
    if place.is_file:
        for (text,) in place.rows(LAID):
            place.driver.execute(_renamed(text))
        place.driver.execute(f"INSERT INTO {COPY} SELECT * FROM sessions")
    else:
        [[columns]] = place.rows(COLUMNS)
        place.driver.execute(f"CREATE TABLE {COPY} (LIKE sessions INCLUDING ALL)")
        place.driver.execute(f"INSERT INTO {COPY} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM sessions")
    place.driver.execute(f"ANALYZE {COPY}")


def _renamed(text: str) -> str:
    """Return how a table or an index is laid, under a name of the copy's."""
    if text.startswith("CREATE TABLE"):
        return text.replace("TABLE sessions", f"TABLE {COPY}", 1)
    return re.sub(r"INDEX (\w+) ON sessions", rf"INDEX {COPY}_\1 ON {COPY}", text, count=1)
