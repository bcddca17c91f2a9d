"""Prints what one journalled change of a session costs, against the same rows written by the bare driver."""

from collections.abc import Iterator
from itertools import count

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.planning.drafts import edit_session

CHANGE = "INSERT INTO changes (actor, at, label) VALUES ('floor', ?, 'Edited') RETURNING id"
WRITE = "UPDATE sessions SET notes = ?, version = version + 1, updated_at = ? WHERE id = ?"


def goals(place: Place) -> Iterator[Goal]:
    """Yield a change of a draft's notes: one transaction with its change, its image and its commit."""
    query = "SELECT id FROM sessions WHERE status = 'DRAFT' AND starts_at IS NULL ORDER BY id LIMIT 2"
    mine, floors = (row[0] for row in place.rows(query))
    numbers = count()
    now = place.stored(place.instant(0))

    def ours() -> object:
        return place.store.write("Edited", edit_session, mine, {"notes": f"Note {next(numbers)}"}, version=None)

    def floor() -> None:
        place.driver.execute("BEGIN IMMEDIATE" if place.is_file else "BEGIN")
        if place.is_file:
            change = place.rows(CHANGE, [now])[0][0]
            place.driver.execute("INSERT INTO change_open (change_id) VALUES (?)", [change])
        else:
            place.rows("SELECT journal_open('Edited', NULL, NULL, 'do')")
        values = [f"Note {next(numbers)}", now, floors]
        place.driver.execute(WRITE if place.is_file else WRITE.replace("?", "%s"), values)
        if place.is_file:
            place.driver.execute("DELETE FROM change_open")
        place.driver.execute("COMMIT")

    yield Goal("one journalled change", ours, floor, floor_is="driver, same triggers")
