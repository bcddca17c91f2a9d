"""Goals: the first screen of the compliance matrix with 100 courses and its counts, and a frame while it scrolls.

The floor of the first screen asks the bare driver for the courses, the first people by name, and what they hold; the
frame is held against the sixtieth of a second that it may take, whatever else the machine does.
"""

import json
import statistics
from collections.abc import Iterator
from functools import partial
from itertools import cycle

from benchmarks.measure import Goal, Line, race
from benchmarks.place import Place
from benchmarks.scale import this_monday
from benchmarks.stage import application
from trainer_desk.services.dashboard.matrix import FIRST, load_courses, load_ids, load_rows, load_screen
from trainer_desk.services.dashboard.matrix_counts import count_marks
from trainer_desk.services.rows.matrix import MatrixAsked, MatrixPage
from trainer_desk.views.matrix.grid import MatrixGrid
from trainer_desk.views.matrix.model import MatrixModel
from trainer_desk.views.theme import look

COURSES, SIZE, FRAME = 100, (1440, 820), 1000 / 60
STEP = 96
"""Pixels of a turn of the wheel."""
SOME = "SELECT id, code, title, category, expiring_days FROM courses WHERE active AND id <= ? ORDER BY category, title"
PEOPLE = """
SELECT p.id, p.employee_no, p.name, p.department, p.site, p.job_role FROM people p
WHERE p.active {more} ORDER BY p.sort_name, p.id LIMIT ?
"""
LACKS = """
 AND EXISTS (SELECT 1 FROM compliance_items i WHERE i.person_id = p.id AND i.course_id <= ?
 AND (i.counts_from IS NULL OR i.counts_from <= ?)
 AND (i.status <> 'COMPLIANT' OR i.expires_on < ?))
"""
ITEMS = """
SELECT course_id, person_id, status, expires_on, due_on, counts_from FROM compliance_items
WHERE {among} AND course_id <= ?
"""
COUNTED = """
SELECT course_id, CASE WHEN status <> 'COMPLIANT' OR expires_on < ? THEN 1 ELSE 4 END AS mark, count(*)
FROM compliance_items WHERE course_id <= ? GROUP BY course_id, mark
"""


def goals(place: Place) -> Iterator[Goal]:
    """Yield the first screen of everybody, of those who lack something, and the counts of all courses."""
    for name, lacking in (("everybody", False), ("who lacks something", True)):
        asked = _asked(lacking=lacking)
        ours, floor = partial(_screen, place, asked), partial(_raw_screen, place, lacking)
        assert [row.person_id for row in ours().rows] == floor()[:FIRST]
        yield Goal(f"matrix, first screen, {name}", ours, floor, 2, 1.5, "driver, people and items")
    counts, raw = partial(_counts, place, _asked()), partial(place.rows, COUNTED, (_day(place), COURSES))
    yield Goal("matrix, counts of 100 courses", counts, raw, 2, floor_is="driver, one GROUP BY of two groups")


def lines(place: Place) -> Iterator[Line]:
    """Yield a frame while everybody scrolls by; all rows that come into sight are there already."""
    if not place.is_file:
        return
    app = application()
    look().start("light", 100)
    asked, model = _asked(), MatrixModel()
    grid = MatrixGrid(model, lambda course: course % 8)
    grid.resize(*SIZE)
    grid.show()
    with place.store.reading() as db:
        courses = load_courses(db, asked)
        ids = load_ids(db, asked, courses)
        rows = load_rows(db, ids[:1000], asked, courses)
    model.set_page(MatrixPage(asked, tuple(courses), tuple(rows)))
    model.set_ids(ids)
    app.processEvents()
    own = _scrolled(grid, len(rows))
    (times,) = race([lambda: next(own)])
    frame = statistics.median(times)
    yield Line(
        f"matrix, frame of {len(ids):,} people", "window", frame, FRAME, frame / FRAME, 1, floor_is="60 a second"
    )


def _scrolled(grid: MatrixGrid, rows: int) -> Iterator[None]:
    down, across = grid.verticalScrollBar(), grid.horizontalScrollBar()
    high = min(down.maximum(), (rows - 60) * grid.rowHeight(0))
    for turn, value in enumerate(cycle(range(0, high, STEP))):
        down.setValue(value)
        if turn % 4 == 0:
            across.setValue((turn * 11) % max(1, across.maximum()))
        grid.viewport().repaint()
        grid.names.viewport().repaint()
        yield


def _asked(*, lacking: bool = False) -> MatrixAsked:
    return MatrixAsked(this_monday(), this_monday(), courses=tuple(range(1, COURSES + 1)), lacking=lacking)


def _screen(place: Place, asked: MatrixAsked) -> MatrixPage:
    return place.store.read(load_screen, asked)


def _counts(place: Place, asked: MatrixAsked) -> object:
    with place.store.reading() as db:
        return count_marks(db, asked, load_courses(db, asked))


def _raw_screen(place: Place, lacking: bool) -> list[int]:
    place.rows(SOME, (COURSES,))
    values = (COURSES, _day(place), _day(place)) if lacking else ()
    people = place.rows(PEOPLE.format(more=LACKS if lacking else ""), (*values, FIRST + 1))
    ids = [row[0] for row in people]
    among = "person_id IN (SELECT value FROM json_each(?))" if place.is_file else "person_id = ANY(?)"
    place.rows(ITEMS.format(among=among), (json.dumps(ids) if place.is_file else ids, COURSES))
    return ids


def _day(place: Place) -> object:
    return this_monday().isoformat() if place.is_file else this_monday()
