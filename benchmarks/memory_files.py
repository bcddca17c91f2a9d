"""The long files that memory is measured with, and an organisation into which they fit."""

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import sqlalchemy as sa

from trainer_desk.models import Base
from trainer_desk.services.rules.names import person_keys
from trainer_desk.services.store.bulk import stored_form, upsert
from trainer_desk.services.store.engine import Store

PEOPLE_HEAD = ("employee_no", "name", "department", "site", "job_role", "manager_no", "email", "phone")
SEATS_HEAD = ("session", "employee_no", "remarks")
SESSIONS_HEAD = ("ref", "course", "title", "start", "end", "capacity", "notes")
SEATS = 50
"""Seats of a session."""

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def people(count: int, *, refused: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield invented people; with `refused`, none of them has a name."""
    for number in range(count):
        name = "" if refused else f"{_GIVEN[number % 7]} {_LAST[number % 11]}son {number}"
        place = f"Department {number % 40}", f"Site {number % 9}", f"Role {number % 60}"
        yield f"E{number:07}", name, *place, f"E{number % 900:07}", f"e{number}@example.org", f"+44 20 {number:07}"


def seats(count: int, crowd: int) -> Iterator[tuple[str, ...]]:
    """Yield places in sessions of which each stands here and there in the file; nobody sits in two at one time."""
    sessions = -(-count // SEATS)
    for number in range(count):
        session, place = number % sessions, number // sessions
        yield f"S{session:07}", f"E{(session * SEATS + place) % crowd:07}", f"Remark {number % 1000}"


def drafts(count: int, begins: dt.date) -> Iterator[tuple[str, ...]]:
    """Yield sessions that are no more than planned, one after the other within working days."""
    for number in range(count):
        day = begins + dt.timedelta(days=number % 300)
        times = f"{day}T{8 + number % 9:02}:00", f"{day}T{8 + number % 9:02}:45"
        yield f"D{number:07}", "C1", f"Draft {number}", *times, "12", f"Note of {number % 500}"


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a file as other programs do."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([head])
        csv.writer(stream).writerows(rows)
    return path


def write_workbook(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a workbook as Excel does: every text once in a list of its own, and its number in the cells."""
    known: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _FRAME.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{_SPACE}"><sheetData>'.encode())
            for line, row in enumerate(chain([head], rows), 1):
                part.write(_row(line, row, known))
            part.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{_SPACE}">'.encode())
            for text in known:
                part.write(f"<si><t>{escape(text)}</t></si>".encode())
            part.write(b"</sst>")
    return path


def _row(line: int, row: Sequence[str], known: dict[str, int]) -> bytes:
    cells = (
        f'<c r="{chr(65 + place)}{line}" t="s"><v>{known.setdefault(text, len(known))}</v></c>'
        for place, text in enumerate(row)
        if text
    )
    return f'<row r="{line}">{"".join(cells)}</row>'.encode()


def fill(store: Store, sessions: int, crowd: int) -> None:
    """Put a course into an empty organisation, people, and sessions of which each has its own hour."""
    with store.writing("Fill") as unit:
        form, now = stored_form(unit.db), unit.now
        stamps = form(now), form(now)
        tables = Base.metadata.tables
        names = [row[:2] for row in people(crowd)]
        rows: dict[str, tuple[tuple[str, ...], Iterable[tuple[Any, ...]]]] = {
            "courses": (("id", "code", "title", "created_at", "updated_at"), [(1, "C1", "Fire safety", *stamps)]),
            "people": (
                ("employee_no", "name", "search", "sort_name", "created_at", "updated_at"),
                [(number, name, *person_keys(number, name, ""), *stamps) for number, name in names],
            ),
            "resources": (
                ("id", "kind", "code", "name", "sort_name", "created_at", "updated_at"),
                [(1, "trainer", "T1", "Tom", "tom", *stamps), (2, "venue", "V1", "Hall", "hall", *stamps)],
            ),
            "trainers": (("id", "weekly_hours"), [(1, 38)]),
            "venues": (("id", "kind", "turnaround_minutes"), [(2, "room", 0)]),
            "sessions": (_SESSION, [_session(number, form, now, stamps) for number in range(sessions)]),
        }
        for table, (columns, values) in rows.items():
            _insert(unit.db, tables[table], columns, list(values))


def _insert(db: Any, table: sa.Table, columns: Sequence[str], values: list[tuple[Any, ...]]) -> None:
    key = {"people": "employee_no", "sessions": "ref"}.get(table.name, "id")
    if values:
        upsert(db, table, columns, (key,), values)


def _session(number: int, form: Any, now: dt.datetime, stamps: tuple[Any, ...]) -> tuple[Any, ...]:
    starts_at = now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=1, hours=number)
    ends_at = starts_at + dt.timedelta(minutes=45)
    key = f"00000000-0000-4000-8000-{number:012}"
    return key, f"S{number:07}", 1, "SCHEDULED", 1, 2, form(starts_at), form(ends_at), SEATS, 1, *stamps


_SESSION = (
    "uuid", "ref", "course_id", "status", "trainer_id", "venue_id", "starts_at", "ends_at", "capacity", "minimum",
    "created_at", "updated_at",
)  # fmt: skip
_GIVEN = ("Ada", "Bo", "Cy", "Di", "Émile", "Fay", "Gus")
_LAST = ("Ander", "Ber", "Carl", "David", "Erik", "Freder", "Grön", "Han", "Isak", "Jon", "Karl")
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SPACE}" xmlns:r="{_RELATED}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
