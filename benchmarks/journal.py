"""Goal: one journalled update of a row, against the same update of the same row in a table without triggers."""

from collections.abc import Iterator
from itertools import count

from benchmarks.measure import Goal
from benchmarks.place import Place
from benchmarks.single_write import CHANGE

COPY = "journal_floor"
DRAFT = "SELECT id FROM sessions WHERE status = 'DRAFT' AND starts_at IS NULL ORDER BY id LIMIT 1"
WRITE = "UPDATE {table} SET notes = ?, version = version + 1, updated_at = ? WHERE id = ?"


def goals(place: Place) -> Iterator[Goal]:
    """Yield a change of a draft's notes by the bare driver, with its change and its image, and without either."""
    session = place.rows("SELECT id FROM sessions WHERE status = 'DRAFT' AND starts_at IS NULL ORDER BY id LIMIT 1")[0][
        0
    ]
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

    yield Goal("one update with its journal", ours, floor, 3, floor_is="driver, same row, no triggers")


def _copy(place: Place) -> None:
    """Lay the sessions beside themselves, bare but for their key."""
    place.driver.execute(f"DROP TABLE IF EXISTS {COPY}")
    place.driver.execute(f"CREATE TABLE {COPY} AS SELECT * FROM sessions")
    place.driver.execute(f"CREATE UNIQUE INDEX {COPY}_id ON {COPY} (id)")
