"""The compliance matrix in a file: read back cell by cell, as CSV and as a workbook (D3)."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.factories import make_course, make_item, make_people, make_person, prepared
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.dashboard import matrix
from trainer_desk.services.errors import DeskError
from trainer_desk.services.exchange.matrix import FIRST, save_matrix
from trainer_desk.services.exchange.steps import portions
from trainer_desk.services.rows.matrix import MatrixAsked
from trainer_desk.services.store.engine import Store
from trainer_desk.texts.matrix import cell_word

DAY = dt.date(2026, 7, 6)


def read_back(path: Path) -> list[list[str]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    sheet = load_workbook(path).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("name", ["held.csv", "held.xlsx"])
def test_everybody_is_in_the_file_with_words_for_marks(
    store: Store, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "CHUNK", 2)
    monkeypatch.setattr(portions, "__defaults__", (2,))
    with prepared(store) as db:
        fire, gas = make_course(db, "FIRE", title="A"), make_course(db, "=GAS", title="B")
        ann = make_person(db, "=1+1", employee_no="N1", department="Lab", site="North", job_role="Fitter")
        bo, cy = make_person(db, "Bo", employee_no="N2"), make_person(db, "Cy", employee_no="N3")
        make_item(db, ann, fire, ComplianceStatus.COMPLIANT, DAY + dt.timedelta(days=90))
        make_item(db, ann, gas, ComplianceStatus.NON_COMPLIANT)
        make_item(db, bo, fire, ComplianceStatus.COMPLIANT, DAY - dt.timedelta(days=1))
        make_item(db, bo, gas, ComplianceStatus.PENDING, due_on=DAY)
        make_item(db, cy, gas, ComplianceStatus.COMPLIANT, DAY)
    path, steps = tmp_path / name, []
    guard = "'" if name == "held.csv" else ""
    assert store.read(save_matrix, path, MatrixAsked(DAY, DAY), cell_word, step=steps.append) == 3
    assert steps == [2, 3]
    assert read_back(path) == [
        [*FIRST, "FIRE", f"{guard}=GAS"],
        ["N1", f"{guard}=1+1", "Lab", "North", "Fitter", "1", "Compliant, to 2026-10-04", "Not compliant"],
        ["N2", "Bo", "", "", "", "2", "Not compliant, expired 2026-07-05", "Pending, to 2026-07-06"],
        ["N3", "Cy", "", "", "", "0", "Not asked for", "Expiring soon, to 2026-07-06"],
    ]


@pytest.mark.parametrize("name", ["held.csv", "held.xlsx"])
def test_who_stops_leaves_nothing_behind(
    sqlite_store: Store, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "__defaults__", (2,))
    with prepared(sqlite_store) as db:
        make_item(db, make_people(db, 3)[0], make_course(db), ComplianceStatus.COMPLIANT)

    def step(done: int) -> None:
        if done == 2:
            raise DeskError("export_stopped")

    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text("older", encoding="utf-8")
    with pytest.raises(DeskError):
        sqlite_store.read(save_matrix, folder / name, MatrixAsked(DAY, DAY), cell_word, step=step)
    assert [one.name for one in folder.iterdir()] == [name]
    assert (folder / name).read_text(encoding="utf-8") == "older"
