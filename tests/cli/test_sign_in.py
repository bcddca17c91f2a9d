"""Sign-in sheets as a PDF from the command line (X4)."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.commands import Desk


@pytest.mark.usefixtures("qapp")
def test_each_session_has_pages_of_its_own(scheduled: Desk, tmp_path: Path) -> None:
    scheduled.ok("enroll", "A", "1", "2")
    scheduled.ok("draft", "--course", "FIRE", "--ref", "B")
    path = tmp_path / "sheets.pdf"
    answer = scheduled.ok("export", "sign-in", "--session", "A", "--session", "B", "--output", str(path))
    assert answer == {"file": str(path), "rows": 2}
    reader = PdfReader(path)
    assert len(reader.pages) == 2
    assert all("version" in page.extract_text() for page in reader.pages)
    assert scheduled.words("export", "sign-in", "--session", "A", "--output", str(path))[:2] == (
        0, f"1 sign-in sheet written to {path}.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "name", "said"),
    [
        (("--session", "A"), 2, "usage", "--output"),
        (("--output", "x.pdf"), 2, "usage", "which sessions"),
        (("--session", "NONE", "--output", "x.pdf"), 1, "not_found", "NONE"),
        (("--from", "2001-01-01", "--to", "2001-01-02", "--output", "x.pdf"), 1, "bad_value", "No session"),
        (("--session", "A", "--output", "no/such/folder.pdf"), 1, "bad_value", "folder"),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_what_cannot_be_saved_is_told(
    scheduled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, name: str,
    said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    answered, document = scheduled.json("export", "sign-in", *words)
    assert (answered, document["error"]["code"]) == (code, name)
    assert said in document["error"]["message"]
    assert not list(tmp_path.glob("*.pdf"))
