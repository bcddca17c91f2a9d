"""Sessions out as a file that comes back in, as CSV and as a workbook, on both databases."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.factories import BERLIN, make_equipment, make_run, prepared
from tests.services.exchange.files import counts, whys
from trainer_desk.models.sessions import Session
from trainer_desk.services.errors import BadValue, NotFound
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.exchange.roster import DEFAULT_COLUMNS, roster_table, save_roster
from trainer_desk.services.exchange.selection import Selection
from trainer_desk.services.exchange.session_list import SESSION_COLUMNS, session_table
from trainer_desk.services.exchange.table_out import PLAIN, Shape, save
from trainer_desk.services.store.engine import Store

EVERY = Selection()
SESSIONS = (
    "ref,course,title,description,trainer,co_trainers,venue,equipment,start,end,capacity,minimum,decision_on,"
    "waitlist,waitlist_order,run,status,notes,metadata\n"
    'A,F,=Fire,"For all,\nbring shoes",T,V|U,R1,BEAMER|ALARM,2027-07-05T09:00,2027-07-05T10:00:30+02:00,12,3,'
    '2027-07-01,on,urgent,,SCHEDULED,-quiet,"{""colour"": ""röt""}"\n'
    "B,F,,,T,,R1,,2027-10-31T02:30+02:00,2027-10-31T02:30+01:00,,,,off,joined,,SCHEDULED,,\n"
    "C,F,'=x,,,,,,,,,,,off,joined,W,DRAFT,,\n"
)


@pytest.fixture
def store(each_store: Store, tmp_path: Path) -> Store:
    """Fill an organisation with three sessions that hold whatever a session can hold."""
    for kind, text in {
        "courses": "code,title\nF,Fire\n",
        "venues": "code,name\nR1,Room 1\n",
        "trainers": "code,name\nT,Tom\nU,Una\nV,Vic\n",
        "qualifications": "trainer,course\nT,F\nU,F\nV,F\n",
    }.items():
        (tmp_path / f"{kind}.csv").write_text(text)
        import_file(each_store, kind, tmp_path / f"{kind}.csv")
    with prepared(each_store) as db:
        make_equipment(db, "BEAMER")
        make_equipment(db, "ALARM")
        make_run(db, code="W")
    path = tmp_path / "sessions.csv"
    path.write_text(SESSIONS, encoding="utf-8")
    assert import_file(each_store, "sessions", path).added == 3
    return each_store


def write(store: Store, path: Path, shape: Shape = PLAIN, columns: tuple[str, ...] = SESSION_COLUMNS) -> int:
    with store.snapshot() as db:
        return save(path, session_table(db, EVERY, columns), BERLIN, shape)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_what_went_out_comes_back_in(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write(store, path, Shape(";", bom=True)) == 3
    report = import_file(store, "sessions", path)
    assert counts(report)[3] == []
    assert counts(report)[:3] == (0, 0, 3)


def test_what_is_over_comes_back_in_as_it_is_and_nothing_else_is_made_so(store: Store, tmp_path: Path) -> None:
    with prepared(store) as db:
        db.execute(
            sa.update(Session)
            .where(Session.ref == "C")
            .values(status="CANCELLED", cancel_reason="Ill", version=Session.version + 1)
        )
    path = tmp_path / "out.csv"
    path.write_text("ref,course,status\nC,F,CANCELLED\n", encoding="utf-8")
    assert counts(import_file(store, "sessions", path)) == (0, 0, 1, [])
    path.write_text("ref,course,status\nA,F,CANCELLED\nC,F,COMPLETED\nNEW,F,CANCELLED\n", encoding="utf-8")
    assert whys(import_file(store, "sessions", path)) == [(line, "status", "not_one_of") for line in (2, 3, 4)]


def test_every_cell(store: Store, tmp_path: Path) -> None:
    with store.snapshot() as db:
        rows = [dict(zip(SESSION_COLUMNS, row, strict=True)) for row in session_table(db, EVERY).rows]
    assert [row["ref"] for row in rows] == ["A", "B", "C"]
    assert (rows[0]["co_trainers"], rows[0]["equipment"], rows[0]["trainer"]) == ("U|V", "ALARM|BEAMER", "T")
    assert (rows[0]["capacity"], str(rows[0]["decision_on"]), rows[2]["run"]) == (12, "2027-07-01", "W")


def test_what_does_not_exist_is_refused(store: Store) -> None:
    with store.snapshot() as db:
        with pytest.raises(BadValue, match="unknown_column"):
            session_table(db, EVERY, ("ref", "colour"))
        with pytest.raises(NotFound):
            session_table(db, Selection(trainer="X"))


def test_a_roster_is_the_same_as_a_workbook_and_as_csv(store: Store, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("employee_no,name\n007,=Bo\n2,Ann\n")
    import_file(store, "people", tmp_path / "people.csv")
    (tmp_path / "enrollments.csv").write_text("session,employee_no\nA,007\nA,2\nB,2\n")
    assert import_file(store, "enrollments", tmp_path / "enrollments.csv").added == 3
    wide = (*DEFAULT_COLUMNS, "email")
    with store.snapshot() as db:
        names = [(row[0], row[1]) for row in roster_table(db, EVERY, ("ref", "name")).rows]
        assert save_roster(db, EVERY, tmp_path / "r.xlsx", BERLIN, columns=wide) == 3
        assert save_roster(db, EVERY, tmp_path / "r.csv", BERLIN, columns=wide) == 3
    assert names == [("A", "=Bo"), ("A", "Ann"), ("B", "Ann")]
