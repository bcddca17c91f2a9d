"""The inspector pack: what is in it and what never is, and that its list of sums holds for the usual tool."""

import csv
import datetime as dt
import subprocess
import zipfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.factories import (
    at,
    make_attachment,
    make_certificate,
    make_course,
    make_enrollment,
    make_intake,
    make_person,
    make_record,
    make_requirement,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from trainer_desk.models.enums import Attendance, EnrollmentState
from trainer_desk.services.errors import BadValue, DeskError, NotFound
from trainer_desk.services.exchange.inspector.pack import save_pack
from trainer_desk.services.rows.inspector import AttendanceSheet, PackAsked, PackFacts
from trainer_desk.services.rows.matrix import MatrixCell
from trainer_desk.services.store.engine import Store
from trainer_desk.texts.inspector import about_text

FIRST, LAST, NOW = dt.date(2026, 7, 1), dt.date(2026, 7, 31), at("2026-08-02 09:00")


class Plain:
    """Puts a pack into plain words: what stands in the PDFs is the business of whoever paints them."""

    def about(self, facts: PackFacts, names: Collection[str]) -> str:
        return f"{facts.subject} {facts.people} {facts.sessions} {facts.made_by}\n{about_text(facts, names)}"

    def cell(self, cell: MatrixCell | None) -> str:
        return "" if cell is None else cell.mark.name

    def certificates(self, rows: Sequence[Any], zone: ZoneInfo) -> bytes:
        return " ".join(row.number for row in rows).encode()

    def attendance(self, facts: PackFacts, sheets: Sequence[AttendanceSheet]) -> bytes:
        return " ".join(sheet.ref for sheet in sheets).encode()

    def matrix(self, facts: PackFacts, courses: Sequence[Any], rows: Sequence[Any]) -> bytes:
        return " ".join(row.name for row in rows).encode()


@pytest.fixture
def store(store: Store) -> Store:
    """Fill an organisation: two people of York and one of Hull, a course held in July and once in June, files."""
    with prepared(store) as db:
        fire, gas = make_course(db, "FIRE", title="Fire safety"), make_course(db, "GAS", title="Gas")
        tom = make_trainer(db, "T1", courses=[fire], name="Tom")
        room = make_venue(db, "R1", name="Room 1")
        ann, bo, cy = (
            make_person(db, name, employee_no=name[:1], site=site)
            for name, site in (("Ann", "York"), ("Bo", "York"), ("Cy", "Hull"))
        )
        make_requirement(db, fire, site="York")
        held = {"status": "COMPLETED", "finished_at": at("2026-07-06 12:00")}
        july = make_scheduled(db, course=fire, trainer=tom, venue=room, ref="JULY", **held)
        make_scheduled(db, course=fire, trainer=tom, venue=room, ref="JUNE", starts_at=at("2026-06-01 09:00"))
        make_scheduled(db, course=gas, venue=room, ref="GAS-1", starts_at=at("2026-07-20 09:00"))
        marks = {"attendance": Attendance.ATTENDED, "marked_by": "tom", "marked_at": at("2026-07-06 11:00")}
        late = {"attendance": Attendance.NO_SHOW, "marked_by": "tom", "marked_at": at("2026-07-07 11:00")}
        make_enrollment(db, july, ann, **marks)
        make_enrollment(db, july, bo, **late)
        make_enrollment(db, july, cy, **marks)
        make_enrollment(db, july, make_person(db, "Di", employee_no="D"), EnrollmentState.WITHDRAWN)
        make_certificate(db, ann, fire, july, dt.date(2026, 7, 6), person_name="Ann")
        record = make_record(db, bo, fire, dt.date(2025, 1, 2), provider="=Elsewhere")
        make_attachment(db, b"%PDF-1.7 card", record_id=record, name="../card.pdf")
        make_attachment(db, b"%PDF-1.7 sheet", session_id=july, name="sheet.pdf")
        make_attachment(db, b"%PDF-1.7 talk", intake_id=make_intake(db, ann, dt.date(2026, 1, 1)), name="talk.pdf")
    return store


def packed(store: Store, folder: Path, asked: PackAsked) -> Path:
    """Make a pack, unpack it, and give the folder in it."""
    folder.mkdir(exist_ok=True)
    target = folder / "pack.zip"
    with store.snapshot() as db:
        files = save_pack(db, target, asked, Plain(), made_by="marta", made_at=NOW)
    with zipfile.ZipFile(target) as pack:
        assert len(pack.namelist()) == files
        pack.extractall(folder / "out")
    [inside] = (folder / "out").iterdir()
    return inside


def told(about: list[str]) -> set[str]:
    """Return the files that a README names, those attached by their folder."""
    return {name for line in about[5:] if line and line[0] != " " for name in line.split(", ")}


def table(inside: Path, name: str) -> list[dict[str, str]]:
    with (inside / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_site_has_its_own_people_and_everything_that_proves_them(store: Store, tmp_path: Path) -> None:
    inside = packed(store, tmp_path, PackAsked(FIRST, LAST, site="York"))
    assert inside.name == "York_2026-07-01_2026-07-31"
    assert subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=inside, check=False).returncode == 0
    listed = {line.split("  ", 1)[1] for line in (inside / "SHA256SUMS").read_text().splitlines()}
    assert listed == {str(path.relative_to(inside)) for path in inside.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert [
        (row["session"], row["name"], row["attendance"], row["marked_late"]) for row in table(inside, "attendance.csv")
    ] == [
        ("JULY", "Ann", "attended", "no"),
        ("JULY", "Bo", "no_show", "yes"),
    ]
    assert [row["name"] for row in table(inside, "certificates.csv")] == ["Ann"]
    assert [(row["name"], row["FIRE"]) for row in table(inside, "matrix.csv")] == [("Ann", "HELD"), ("Bo", "HELD")]
    assert [row["provider"] for row in table(inside, "records.csv")] == ["'=Elsewhere"]
    assert [(row["name"], row["qualified"]) for row in table(inside, "qualifications.csv")] == [("Tom", "yes")]
    assert [row["site"] for row in table(inside, "requirements.csv")] == ["York"]
    about = (inside / "README.txt").read_text().splitlines()
    assert about[0] == "York 2 1 marta"
    assert told(about) == {name if "/" not in name else "attachments/" for name in listed} - {"README.txt"} | {
        "SHA256SUMS"
    }
    names = sorted(path.name for path in (inside / "attachments").iterdir())
    assert [name.partition("_")[2] for name in names] == ["card.pdf", "sheet.pdf"]


def test_a_person_and_a_course_have_what_is_theirs(store: Store, tmp_path: Path) -> None:
    one = packed(store, tmp_path / "one", PackAsked(FIRST, LAST, person="B"))
    assert [row["name"] for row in table(one, "attendance.csv")] == ["Bo"]
    assert (one / "certificates.pdf").exists() is False
    nobody = packed(store, tmp_path / "nobody", PackAsked(FIRST, FIRST, person="C"))
    about = (nobody / "README.txt").read_text().splitlines()
    assert told(about) == {path.name for path in nobody.iterdir()} - {"README.txt"}
    assert "attachments" not in "".join(about)
    course = packed(store, tmp_path / "course", PackAsked(FIRST, LAST, course="FIRE"))
    assert [row["name"] for row in table(course, "attendance.csv")] == ["Ann", "Bo", "Cy"]
    assert (course / "attendance.pdf").read_text() == "JULY"


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        (PackAsked(FIRST, LAST, site="Nowhere"), NotFound),
        (PackAsked(FIRST, LAST, person="Z"), NotFound),
        (PackAsked(FIRST, LAST, course="NONE"), NotFound),
        (PackAsked(LAST, FIRST, course="FIRE"), BadValue),
        (PackAsked(FIRST, LAST), BadValue),
    ],
)
def test_what_cannot_be_packed_is_told(
    sqlite_store: Store, tmp_path: Path, asked: PackAsked, refusal: type[DeskError]
) -> None:
    with sqlite_store.snapshot() as db, pytest.raises(refusal):
        save_pack(db, tmp_path / "pack.zip", asked, Plain(), made_by="marta", made_at=NOW)
    assert list(tmp_path.glob("*.zip")) == []


def test_what_is_stopped_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def stop(done: int) -> None:
        if done == 4:
            raise DeskError("export_stopped")

    with store.snapshot() as db, pytest.raises(DeskError):
        save_pack(
            db, tmp_path / "a.zip", PackAsked(FIRST, LAST, course="FIRE"), Plain(), made_by="m", made_at=NOW, step=stop
        )
    assert list(tmp_path.iterdir()) == [] or not list(tmp_path.glob("*.zip*"))
