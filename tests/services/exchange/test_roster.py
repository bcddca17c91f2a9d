"""The roster: who is on it, how it is written, and what happens when it cannot be."""

import csv
import io
import os
import shutil
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.factories import (
    BERLIN,
    MADE,
    at,
    make_course,
    make_draft,
    make_enrollment,
    make_person,
    make_scheduled,
    make_trainer,
    make_venue,
    prepared,
)
from tests.rights import as_nobody, open_folder
from tests.services.exchange.test_formulas import DANGEROUS, HARMLESS
from trainer_desk.models import Enrollment, Person
from trainer_desk.models.enums import EnrollmentState
from trainer_desk.services.errors import BadValue, DeskError, NotFound
from trainer_desk.services.exchange.formulas import guard
from trainer_desk.services.exchange.roster import DEFAULT_COLUMNS, save_roster, write_roster
from trainer_desk.services.exchange.selection import Selection
from trainer_desk.services.exchange.table_out import Shape
from trainer_desk.services.store.engine import Store

EVERYTHING = Selection(starts_at=at("2026-07-01 00:00"), ends_at=at("2026-08-01 00:00"))


@pytest.fixture
def store(store: Store) -> Store:
    """Fill an organisation: A with three people and one who withdrew, B for one of them, C cancelled, D a draft."""
    with prepared(store) as db:
        course = make_course(db, "FIRE", title="Fire; safety")
        trainer = make_trainer(db, "T1", courses=[course], name="Tom")
        room = make_venue(db, "R1", name='Room "1"')
        ann = make_person(db, "=Ann", employee_no="1", department="Press", site="York")
        ben = make_person(db, "Çelik", employee_no="2")
        cy = make_person(db, "Cy", employee_no="3")
        a = make_scheduled(db, course=course, trainer=trainer, venue=room, ref="A")
        make_enrollment(db, a, ben, remarks="+late")
        make_enrollment(db, a, ann)
        make_enrollment(db, a, make_person(db, "Dot", employee_no="4"), EnrollmentState.WAITLISTED, position=1)
        make_enrollment(db, a, cy, EnrollmentState.WITHDRAWN)
        b = make_scheduled(db, course=course, starts_at=at("2026-07-07 09:00"), ref="B", co_trainers=[trainer])
        make_enrollment(db, b, cy)
        wednesday = at("2026-07-08 09:00")
        c = make_draft(db, course=course, starts_at=wednesday, ref="C", status="CANCELLED", cancel_reason="x")
        make_enrollment(db, c, cy)
        d = make_draft(db, course=course, ref="D", title="Own title")
        make_enrollment(db, d, cy)
    return store


def rows_of(store: Store, selection: Selection, *columns: str, separator: str = ",") -> list[list[str]]:
    stream = io.StringIO(newline="")
    with store.snapshot() as db:
        count = write_roster(db, selection, stream, BERLIN, columns=columns or DEFAULT_COLUMNS, shape=Shape(separator))
    stream.seek(0)
    found = list(csv.reader(stream, delimiter=separator))
    assert count == len(found) - 1
    return found


def test_default_columns(store: Store) -> None:
    head, *rows = rows_of(store, Selection(refs=("A",)))
    assert head == [
        "ref", "course", "title", "start", "end", "venue", "trainer", "employee_no", "name", "department", "site",
        "state", "attendance", "remarks",
    ]  # fmt: skip
    session = ["A", "FIRE", "Fire; safety", "2026-07-06T09:00", "2026-07-06T10:00", 'Room "1"', "Tom"]
    assert rows == [
        [*session, "1", "'=Ann", "Press", "York", "confirmed", "registered", ""],
        [*session, "2", "Çelik", "", "", "confirmed", "registered", "'+late"],
        [*session, "4", "Dot", "", "", "waitlisted", "registered", ""],
    ]


@pytest.mark.parametrize(
    ("selection", "people"),
    [
        (EVERYTHING, ["A1", "A2", "A4", "B3"]),
        (Selection(refs=("C", "D")), ["C3", "D3"]),
        (Selection(), ["A1", "A2", "A4", "B3", "D3"]),
        (Selection(starts_at=at("2026-07-07 00:00")), ["B3"]),
        (Selection(trainer="T1"), ["A1", "A2", "A4", "B3"]),
        (Selection(venue="R1"), ["A1", "A2", "A4"]),
        (Selection(course="FIRE", ends_at=at("2026-07-07 00:00")), ["A1", "A2", "A4"]),
        (Selection(person="3", starts_at=at("2026-07-01 00:00")), ["B3"]),
    ],
)
def test_selections(store: Store, selection: Selection, people: list[str]) -> None:
    assert ["".join(row) for row in rows_of(store, selection, "ref", "employee_no")[1:]] == people


@pytest.mark.parametrize(
    "selection",
    [
        Selection(refs=("A", "X")),
        Selection(trainer="R1"),
        Selection(venue="T1"),
        Selection(course="X"),
        Selection(person="X"),
    ],
)
def test_what_does_not_exist(store: Store, selection: Selection) -> None:
    with pytest.raises(NotFound):
        rows_of(store, selection)


@pytest.mark.parametrize("columns", [("ref", "shoe_size"), ()])
def test_columns_that_do_not_exist(store: Store, columns: tuple[str, ...]) -> None:
    with pytest.raises(BadValue) as refused, store.snapshot() as db:
        write_roster(db, Selection(), io.StringIO(), BERLIN, columns=columns)
    assert refused.value.facts["why"] == "unknown_column"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [False, True])
def test_file(store: Store, tmp_path: Path, separator: str, bom: bool) -> None:
    path = tmp_path / "roster.csv"
    with store.snapshot() as db:
        assert save_roster(db, Selection(refs=("A",)), path, BERLIN, shape=Shape(separator, bom)) == 3
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") is bom
    text = data.decode("utf-8-sig")
    assert text.count("\n") == 4
    assert {len(row) for row in csv.reader(text.splitlines(), delimiter=separator)} == {14}
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith("organisation.desk")] == ["roster.csv"]


def test_the_old_file_stands_when_the_new_one_fails(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "roster.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(DeskError), store.snapshot() as db:
        save_roster(db, Selection(refs=("X",)), path, BERLIN)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in folder.iterdir()] == ["roster.csv"]


def test_rights_are_those_of_any_file(store: Store, tmp_path: Path) -> None:
    path, other = tmp_path / "roster.csv", tmp_path / "other.csv"
    other.write_text("x", encoding="utf-8")
    with store.snapshot() as db:
        save_roster(db, Selection(refs=("A",)), path, BERLIN)
        assert path.stat().st_mode == other.stat().st_mode
        path.chmod(0o640)
        save_roster(db, Selection(refs=("A",)), path, BERLIN)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("target", "why"),
    [("nowhere/roster.csv", "no_such_folder"), ("folder", "is_a_folder"), ("file/x.csv", "not_writable")],
)
def test_places_that_cannot_be_written(store: Store, tmp_path: Path, target: str, why: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadValue) as refused, store.snapshot() as db:
        save_roster(db, Selection(refs=("A",)), tmp_path / target, BERLIN)
    assert refused.value.facts["why"] == why


def test_a_database_is_never_replaced(sqlite_store: Store, tmp_path: Path) -> None:
    path = Path(shutil.copy(sqlite_store.url.database or "", tmp_path / "roster.csv"))
    before = path.read_bytes()
    with pytest.raises(BadValue) as refused, sqlite_store.snapshot() as db:
        save_roster(db, Selection(starts_at=MADE), path, BERLIN)
    assert (refused.value.facts["why"], path.read_bytes()) == ("is_a_database", before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither such links nor such files")
def test_links_and_devices_stay_what_they_are(store: Store, tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "there.csv", tmp_path / "link.csv", tmp_path / "pipe"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    os.mkfifo(pipe)
    read = threading.Thread(target=lambda: received.append(pipe.read_text(encoding="utf-8")))
    received: list[str] = []
    read.start()
    with store.snapshot() as db:
        save_roster(db, Selection(refs=("A",)), link, BERLIN)
        save_roster(db, Selection(refs=("A",)), pipe, BERLIN)
    read.join()
    assert link.is_symlink()
    assert pipe.is_fifo()
    assert [target.read_text(encoding="utf-8")] == received


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, which modes do not show")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o400, 0o777), (0o666, 0o555)])
def test_a_file_or_folder_without_the_right_to_write_stays_as_it_is(
    store: Store, file_mode: int, folder_mode: int
) -> None:
    with open_folder() as parent, store.snapshot() as db:
        save_roster(db, Selection(refs=("A",)), parent / "before.csv", BERLIN)
        folder = parent / "theirs"
        folder.mkdir()
        path = folder / "roster.csv"
        path.write_text("old", encoding="utf-8")
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        with pytest.raises(BadValue) as refused, as_nobody():
            save_roster(db, Selection(refs=("A",)), path, BERLIN)
        assert refused.value.facts["why"] == "not_writable"
        assert path.read_text(encoding="utf-8") == "old"
        assert [found.name for found in folder.iterdir()] == ["roster.csv"]


def test_many_rows_stream(store: Store) -> None:
    with prepared(store) as db:
        session = make_scheduled(db, ref="BIG")
        stamps = {"created_at": MADE, "updated_at": MADE}
        names = [f"N{number:05}" for number in range(5_000)]
        people = [{"employee_no": name, "name": name, "search": "n", "sort_name": name} | stamps for name in names]
        made = db.execute(sa.insert(Person).returning(Person.id), people).scalars().all()
        seat = {"session_id": session, "state": "confirmed", "enrolled_at": MADE, "enrolled_by": "x"} | stamps
        db.execute(sa.insert(Enrollment), [seat | {"person_id": person} for person in made])
    assert len(rows_of(store, Selection(refs=("BIG",)))) == 5_001


def test_both_databases_guard_alike(store: Store) -> None:
    names = [name for name in (*DANGEROUS, *HARMLESS, "Ärger", "ＡＢ", "’x", "_x", "~") if name]
    with prepared(store) as db:
        session = make_scheduled(db, ref="G")
        for number, name in enumerate(names):
            make_enrollment(db, session, make_person(db, name, employee_no=f"G{number:03}"))
    rows = rows_of(store, Selection(refs=("G",)), "employee_no", "name")[1:]
    found = {row[0]: row[1] for row in rows}
    assert [found[f"G{number:03}"] for number in range(len(names))] == [guard(name) for name in names]
