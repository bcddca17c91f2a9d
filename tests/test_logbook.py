"""Several windows write one log: it rotates once, no line goes to a file that was put aside, none is lost (O5)."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer_desk.logbook import Logbook, _Writer


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[list[_Writer]]:
    """Give the files of two windows on one log of 1,000 bytes."""
    made = [_Writer(tmp_path / "trainer-desk.log", maxBytes=1_000, backupCount=3, encoding="utf-8") for _ in range(2)]
    yield made
    for writer in made:
        writer.close()


def write(writer: _Writer, text: str) -> None:
    writer.handle(logging.LogRecord("trainer_desk", logging.INFO, "", 0, text, (), None))


def lines(folder: Path) -> list[str]:
    found: list[str] = []
    for path in sorted(folder.glob("trainer-desk.log*"), reverse=True):
        found += path.read_text().splitlines()
    return found


def test_what_one_window_put_aside_the_other_leaves(writers: list[_Writer], tmp_path: Path) -> None:
    said = [f"line {number:03} " + "x" * 40 for number in range(60)]
    for number, text in enumerate(said):
        write(writers[number % 2], text)
    assert lines(tmp_path) == said
    assert all(path.stat().st_size <= 1_000 for path in tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="there the file that another window has open cannot be removed")
def test_a_log_that_was_removed_is_begun_anew(writers: list[_Writer], tmp_path: Path) -> None:
    write(writers[0], "before")
    (tmp_path / "trainer-desk.log").unlink()
    write(writers[0], "after")
    assert lines(tmp_path) == ["after"]


def test_a_file_that_cannot_be_put_aside_is_written_on(
    writers: list[_Writer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(_source: str, _target: str) -> None:
        raise PermissionError("open in another window")

    monkeypatch.setattr(os, "rename", taken)
    said = [f"line {number:03} " + "x" * 40 for number in range(60)]
    for text in said:
        write(writers[0], text)
    assert lines(tmp_path) == said


def test_nothing_is_logged_where_nothing_can_be(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    book = Logbook(tmp_path / "taken")
    logging.getLogger("trainer_desk.test").warning("nowhere")
    assert book.file is None
    book.close()
