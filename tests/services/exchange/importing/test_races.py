"""Imports at the same instant on several workstations: the database decides, and every import says what came of it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.databases import StoreFactory
from tests.factories import make_course, make_person, make_trainer, make_venue, prepared
from trainer_desk.services.exchange.importing.report import ImportReport
from trainer_desk.services.exchange.importing.run import import_file
from trainer_desk.services.orchestration.soundness import check_database

SLOTS = 12
WORKSTATIONS = 4


def test_clashing_files(store_factory: StoreFactory, tmp_path: Path) -> None:
    store = store_factory()
    with prepared(store) as db:
        make_trainer(db, "T", courses=[make_course(db, "F")])
        make_venue(db, "R")
    files = []
    for desk in range(WORKSTATIONS):
        order = range(SLOTS) if desk % 2 else reversed(range(SLOTS))
        day = "2027-07-05T"
        rows = [f"{desk}-{slot},F,T,R,{day}{8 + slot:02}:00,{day}{9 + slot:02}:00,SCHEDULED" for slot in order]
        path = tmp_path / f"desk{desk}.csv"
        path.write_text("\n".join(["ref,course,trainer,venue,start,end,status", *rows]), encoding="utf-8")
        files.append(path)
    stores = [store_factory() for _ in files]

    def bring(desk: int) -> ImportReport:
        return import_file(stores[desk], "sessions", files[desk])

    with ThreadPoolExecutor(WORKSTATIONS) as pool:
        reports = list(pool.map(bring, range(WORKSTATIONS)))
    assert sum(report.added for report in reports) == SLOTS
    for report in reports:
        assert report.added + len(report.refused) == SLOTS
        for row in report.refused:
            assert row.error.code == "trainer_busy"
            assert all(finding.clashes_with for finding in row.error.findings)
            assert row.error.findings
    assert store.read(check_database) == []


def test_the_same_people_twice(store_factory: StoreFactory, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = "\n".join(f"{number},Person {number}" for number in range(3_000))
    path.write_text("employee_no,name\n" + rows, encoding="utf-8")
    stores = [store_factory() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda store: import_file(store, "people", path), stores))
    assert all(report.added + report.unchanged == 3_000 and not report.refused for report in reports)
    assert stores[0].read(check_database) == []


def test_rules_people_and_what_is_said_of_them_at_once(store_factory: StoreFactory, tmp_path: Path) -> None:
    """Each import sees what the others left, so that nobody who starts is missed by a rule that is new."""
    store = store_factory()
    with prepared(store) as db:
        for number in range(4):
            make_course(db, f"C{number}")
        for number in range(10):
            make_person(db, employee_no=str(number), job_role="Operator")
    wave = "".join(f"{number},Person {number},{'Driver' if number % 2 else 'Operator'}\n" for number in range(5, 25))
    texts = {
        "people": "employee_no,name,job_role\n" + wave,
        "requirements": "course,job_role,grace_days\nC0,,\nC1,Driver,30\nC2,Operator,\n",
        "compliance": "employee_no,course,status\n" + "".join(f"{n},C{n % 4},PENDING\n" for n in range(10)),
    }
    for kind, text in texts.items():
        (tmp_path / f"{kind}.csv").write_text(text, encoding="utf-8")
    stores = {kind: store_factory() for kind in texts}

    def bring(kind: str) -> ImportReport:
        return import_file(stores[kind], kind, tmp_path / f"{kind}.csv")

    with ThreadPoolExecutor(len(texts)) as pool:
        reports = list(pool.map(bring, texts))
    assert [report.refused for report in reports] == [[], [], []]
    assert store.read(check_database) == []
