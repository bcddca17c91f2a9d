"""Goal: the history of one object among a million changes, against the bare query for its images by the driver."""

from collections.abc import Iterator

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.journal.history import history_of_requirement

CHANGES, IMAGES = 1_000_000, 200
"""How many changes there are at the full size, and how many of them touch the one object."""
SERIES = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
MADE = f"""{SERIES} INSERT INTO changes (id, actor, at, label, kind)
SELECT -i - 2000000, 'bench', ?, 'Edited', 'do' FROM n"""
WRITTEN = f"""{SERIES} INSERT INTO change_rows (id, change_id, tbl, pk, before, after)
SELECT -i - 2000000, -i - 2000000, 'requirements', CASE WHEN i % ? = 0 THEN '-7' ELSE '-' || (8 + i % 5000) END,
       '{{"grace_days": 1}}', '{{"grace_days": 2}}' FROM n"""
FLOOR = """SELECT c.id, c.at, c.actor, c.label, c.kind, r.tbl, r.pk, r.before, r.after
FROM change_rows r JOIN changes c ON c.id = r.change_id
WHERE r.tbl = 'requirements' AND r.pk = '-7' ORDER BY r.id DESC LIMIT 200"""


def goals(place: Place) -> Iterator[Goal]:
    """Yield the history of a rule of which every so-many-th change is one; the rows are made once and stay."""
    _fill(place)

    def ours() -> object:
        return place.store.read(history_of_requirement, -7)

    def floor() -> object:
        return place.rows(FLOOR)

    assert len(place.rows(FLOOR)) == IMAGES
    yield Goal("history of one object", ours, floor, 3, grows=1.5, floor_is="driver, the index and the changes joined")


def _fill(place: Place) -> None:
    """Add changes past the triggers, which only this file's owner may; nothing else is touched."""
    if place.rows("SELECT 1 FROM changes WHERE id = -2000001"):
        return
    count = CHANGES if place.size == "full" else CHANGES // 10
    when = place.stored(place.instant(0))
    place.driver.execute(_marked(place, MADE), [count, when])
    place.driver.execute(_marked(place, WRITTEN), [count, count // IMAGES])
    place.driver.execute("ANALYZE")


def _marked(place: Place, statement: str) -> str:
    return statement if place.is_file else statement.replace("%", "%%").replace("?", "%s")
