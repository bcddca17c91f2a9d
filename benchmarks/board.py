"""Goals: a week and six weeks of the calendar, against the same rows by the bare driver, names joined."""

from collections.abc import Iterator

from benchmarks.measure import Goal
from benchmarks.place import Place
from trainer_desk.services.planning.board import load_board

COLUMNS = """
SELECT s.id, s.ref, s.course_id, s.title, s.status, s.starts_at, s.ends_at, s.trainer_id, s.venue_id, s.capacity,
       s.seats_taken, s.version, c.title, t.name, v.name, r.resource_id, r.role
FROM sessions s JOIN courses c ON c.id = s.course_id
LEFT JOIN resources t ON t.id = s.trainer_id LEFT JOIN resources v ON v.id = s.venue_id
LEFT JOIN session_resources r ON r.session_id = s.id WHERE s.deleted_at IS NULL
"""
DATED = f"{COLUMNS} AND s.starts_at > ? AND s.starts_at < ? AND s.ends_at > ? ORDER BY s.starts_at, s.id"
UNDATED = f"{COLUMNS} AND s.status = 'DRAFT' AND s.starts_at IS NULL"
BLOCKS = """
SELECT id, resource_id, starts_at, ends_at, reason FROM blocks
WHERE starts_at < ? AND ends_at > ? AND deleted_at IS NULL ORDER BY starts_at, id
"""


def goals(place: Place) -> Iterator[Goal]:
    """Yield the week and the six weeks that follow the Monday in the middle."""
    for name, days in (("week load", 7), ("six weeks load", 42)):
        begins, ends = place.instant(7), place.instant(7 + days)
        bounds = [place.stored(instant) for instant in (place.instant(6), ends, begins)]

        def ours(begins=begins, ends=ends) -> object:  # type: ignore[no-untyped-def]
            return place.store.read(load_board, begins, ends)

        def floor(bounds=bounds) -> tuple[list[object], ...]:  # type: ignore[no-untyped-def]
            return place.rows(DATED, bounds), place.rows(UNDATED), place.rows(BLOCKS, bounds[1:])

        board = place.store.read(load_board, begins, ends)
        assert [len(board.sessions), len(board.undated), len(board.blocks)] == [len(rows) for rows in floor()]
        yield Goal(name, ours, floor, at_most=1.25, floor_is="driver rows, names and co-trainers joined")
