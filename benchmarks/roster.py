"""Goal: a roster of 100,000 rows in a file, against the database's own program and against the bare driver."""

import csv
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.measure import Goal
from benchmarks.place import Place
from benchmarks.scale import ZONE
from trainer_desk.services.exchange.roster import DEFAULT_COLUMNS, save_roster
from trainer_desk.services.exchange.selection import Selection

ROWS = 100_000
ROSTER = """
SELECT s.ref, c.code, coalesce(s.title, c.title), s.starts_at, s.ends_at, v.name, t.name, p.employee_no, p.name,
       p.department, p.site, e.state, e.attendance, e.remarks
FROM enrollments e JOIN sessions s ON s.id = e.session_id JOIN people p ON p.id = e.person_id
JOIN courses c ON c.id = s.course_id
LEFT JOIN resources t ON t.id = s.trainer_id LEFT JOIN resources v ON v.id = s.venue_id
WHERE s.deleted_at IS NULL AND s.status <> 'CANCELLED' AND e.state IN ('confirmed', 'offered', 'waitlisted')
AND s.starts_at >= '{begins}' AND s.starts_at < '{ends}' ORDER BY s.starts_at, s.ref, p.sort_name, p.id
"""


def goals(place: Place) -> Iterator[Goal]:
    """Yield the export of as many weeks as hold that many rows; the tenth exports a tenth of them."""
    wanted = ROWS if place.size == "full" else ROWS // 10
    begins = place.instant(-7 * (wanted * 10 // ROWS + 14))
    ends = begins
    count = "SELECT sum(seats_taken) FROM sessions WHERE status <> 'CANCELLED' AND starts_at >= ? AND starts_at < ?"
    while (place.rows(count, [place.stored(begins), place.stored(ends)])[0][0] or 0) < wanted:
        ends += (place.instant(1) - place.instant(0)) * (7 if place.size == "full" else 1)
    selection = Selection(starts_at=begins, ends_at=ends)
    query = ROSTER.format(begins=place.stored(begins), ends=place.stored(ends))
    folder = Path(tempfile.gettempdir())
    ours, floor = folder / "benchmark-roster-ours.csv", folder / "benchmark-roster-floor.csv"
    save = partial(_save, place, selection, ours)
    driver = partial(_driver, place, query, floor)
    assert save() == driver() >= wanted
    yield Goal("roster, 100,000 rows (driver)", save, driver, floor_is="driver rows, csv.writer")
    program = "sqlite3" if place.is_file else "psql"
    if shutil.which(program):
        at_most = 2.2 if place.is_file else 1.3
        tool = partial(_tool, place, query, floor)
        yield Goal("roster, 100,000 rows", save, tool, at_most, floor_is=f"{program}, whole program")


def _save(place: Place, selection: Selection, path: Path) -> int:
    return place.store.read(save_roster, selection, path, ZoneInfo(ZONE), columns=DEFAULT_COLUMNS)


def _driver(place: Place, query: str, path: Path) -> int:
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = place.driver.execute(query).fetchall()
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    return len(rows)


def _tool(place: Place, query: str, path: Path) -> None:
    one_line = " ".join(query.split())
    with path.open("w") as out:
        if place.is_file:
            command = ["sqlite3", "-readonly", "-csv", "-header", place.address, one_line]
        else:
            command = ["psql", "-qX", place.address, "-c", f"COPY ({one_line}) TO STDOUT WITH (FORMAT csv, HEADER)"]
        subprocess.run(command, stdout=out, check=True)
