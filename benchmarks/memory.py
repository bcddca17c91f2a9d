"""Goals: what goes in and out stays under 200 MB resident, whatever its length, each in a process of its own.

Ours is the peak of a whole command; growth is that by the peak at a tenth of the rows. The base is what the command's
own modules take, imported and not used. At the full size it takes hours: of a million sessions each is made by itself.
"""

import datetime as dt
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from benchmarks import memory_files as files
from benchmarks.measure import Line
from benchmarks.people_import import fresh
from benchmarks.place import Place
from benchmarks.scale import this_monday

ROWS = {"full": 1_000_000, "small": 100_000}
GOAL, GROWS = 200.0, 1.25
"""Megabytes (of a million bytes), and by how much ten times the rows may need more."""

MB = 1_000_000
CROWD = 100_000
"""People who are enrolled: ten times each at the full size."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a line is measured: the scale database, a folder for files, and what is closed at the end."""

    place: Place
    folder: Path
    stack: ExitStack
    numbers: Iterator[int] = field(default_factory=count)

    def empty(self, sessions: int = 0, crowd: int = 0) -> str:
        """Return the address of an organisation of its own, with a course and, if wanted, sessions and people."""
        store = fresh(self.place, self.folder, self.stack, self.numbers)
        files.fill(store, sessions, crowd)
        return store.url.render_as_string(hide_password=False) if not store.is_file else str(store.url.database)

    def path(self, name: str) -> Path:
        """Return where a file of that name goes."""
        return self.folder / name


Work = Callable[[Bench, int], float]
"""Does so many rows and returns the peak in megabytes."""


def lines(place: Place, names: tuple[str, ...] = ()) -> Iterator[Line]:
    """Yield the lines of these names, or all."""
    rows = ROWS[place.size]
    for name in names or WORKS:
        module, work = WORKS[name]
        peaks = []
        for wanted in (rows // 10, rows):
            with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
                peaks.append(work(Bench(place, Path(made), stack), wanted))
        base = told("base", "trainer_desk.cli.main", "trainer_desk.cli.task", module)
        tenth, whole = peaks
        yield Line(
            f"{name}, {rows:,} rows", place.dialect, whole, GOAL, whole / GOAL, 1, whole / tenth, GROWS,
            f"the goal; {base:.0f} MB are imported alone", "MB",
        )  # fmt: skip


def told(*words: str, codes: tuple[int, ...] = (0,)) -> float:
    """Run the probe and return the megabytes that it tells."""
    with tempfile.TemporaryDirectory() as made:
        answer = Path(made) / "answer"
        command = [sys.executable, "-m", "benchmarks.memory_probe", str(answer), *words]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        assert done.returncode in codes, f"{words} ended with {done.returncode}"
        return int(answer.read_text()) / MB


def _import_people(bench: Bench, rows: int) -> float:
    file = files.write_csv(bench.path("people.csv"), files.PEOPLE_HEAD, files.people(rows))
    return told("desk", "--database", bench.empty(), "--json", "import", "people", str(file))


def _import_workbook(bench: Bench, rows: int) -> float:
    file = files.write_workbook(bench.path("people.xlsx"), files.PEOPLE_HEAD, files.people(rows))
    return told("desk", "--database", bench.empty(), "--json", "import", "people", str(file))


def _import_refused(bench: Bench, rows: int) -> float:
    """All rows are refused, and written out as a file and as JSON."""
    file = files.write_csv(bench.path("people.csv"), files.PEOPLE_HEAD, files.people(rows, refused=True))
    report = str(bench.path("report.csv"))
    words = ("--database", bench.empty(), "--json", "import", "people", str(file), "--report", report)
    return told("desk", *words, codes=(1,))


def _import_leavers(bench: Bench, rows: int) -> float:
    """Everybody leaves."""
    address, head = bench.empty(0, rows), (*files.PEOPLE_HEAD, "active")
    file = files.write_csv(bench.path("people.csv"), head, ((*row, "no") for row in files.people(rows)))
    return told("desk", "--database", address, "--json", "import", "people", str(file))


def _import_seats(bench: Bench, rows: int) -> float:
    crowd = min(CROWD, rows)
    file = files.write_csv(bench.path("seats.csv"), files.SEATS_HEAD, files.seats(rows, crowd))
    address = bench.empty(-(-rows // files.SEATS), crowd)
    return told("desk", "--database", address, "--json", "import", "enrollments", str(file))


def _import_sessions(bench: Bench, rows: int) -> float:
    begins = this_monday() + dt.timedelta(days=7)
    file = files.write_csv(bench.path("sessions.csv"), files.SESSIONS_HEAD, files.drafts(rows, begins))
    return told("desk", "--database", bench.empty(), "--json", "import", "sessions", str(file))


def _export_roster(bench: Bench, rows: int, ending: str) -> float:
    """So many days as hold that many people, around the middle of the scale database."""
    wanted = "SELECT sum(seats_taken + waiting) FROM sessions WHERE status <> 'CANCELLED' AND starts_at < ?"
    days, place = 0, bench.place
    begins = place.instant(-7 * 600)
    while (place.rows(wanted, [place.stored(place.instant(days - 7 * 261))])[0][0] or 0) < rows:
        days += 7
    last = place.instant(days - 7 * 261 - 1).date().isoformat()
    words = ("--from", begins.date().isoformat(), "--to", last, "--output", str(bench.path(f"roster{ending}")))
    return told("desk", "--database", place.address, "export", "roster", *words)


def _export_csv(bench: Bench, rows: int) -> float:
    return _export_roster(bench, rows, ".csv")


def _export_workbook(bench: Bench, rows: int) -> float:
    return _export_roster(bench, rows, ".xlsx")


def _export_people(bench: Bench, rows: int) -> float:
    return told("people", bench.empty(0, rows), str(bench.path("people.xlsx")))


def _export_matrix(bench: Bench, rows: int) -> float:
    """Everybody of the scale database, with a course for every ten thousand rows that are asked for."""
    return told("matrix", bench.place.address, str(bench.path("matrix.xlsx")), str(max(1, rows // 10_000)))


def _export_tall_matrix(bench: Bench, rows: int) -> float:
    """So many people, with one course."""
    return told("matrix", bench.empty(0, rows), str(bench.path("matrix.xlsx")), "1")


_IN, _OUT = "trainer_desk.cli.exchange", "trainer_desk.cli.exporting"
WORKS: dict[str, tuple[str, Work]] = {
    "import people, CSV": (_IN, _import_people),
    "import people, XLSX": (_IN, _import_workbook),
    "import people who leave, CSV": (_IN, _import_leavers),
    "import enrollments, CSV": (_IN, _import_seats),
    "import sessions, CSV": (_IN, _import_sessions),
    "import, all refused": (_IN, _import_refused),
    "export roster, CSV": (_OUT, _export_csv),
    "export roster, XLSX": (_OUT, _export_workbook),
    "export people, XLSX": (_OUT, _export_people),
    "export matrix of the scale database, XLSX": ("trainer_desk.cli.matrix", _export_matrix),
    "export matrix of one course, XLSX": ("trainer_desk.cli.matrix", _export_tall_matrix),
}
