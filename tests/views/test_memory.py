"""The window's memory: what was put comes back tomorrow, and damage costs only the memory."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from trainer_desk.views.memory import Memory


@pytest.mark.parametrize("value", ["dark", 125, 1.5, True, ["a", "b"], {"zoom": 52}, "ünï\ncode = [x]"])
def test_what_was_put_comes_back(tmp_path: Path, value: object) -> None:
    file = tmp_path / "new folder" / "window.ini"
    memory = Memory(file)
    memory.put("schedule/value", value)
    memory.save()
    assert Memory(file).get("schedule/value", type(value)()) == value


def test_bytes_come_back(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.ini")
    memory.put_bytes("window/geometry", QByteArray(b"\x00\x01\xff"))
    memory.save()
    assert Memory(tmp_path / "window.ini").get_bytes("window/geometry") == QByteArray(b"\x00\x01\xff")


DAMAGED = ("[schedule]\nzoom=not json\n", '[schedule]\nzoom="\\"large\\""\n', "\x00\x01", "")


@pytest.mark.parametrize("text", DAMAGED)
def test_what_cannot_be_read_is_forgotten(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.ini"
    file.write_text(text, encoding="utf-8")
    assert Memory(file).get("schedule/zoom", 52) == 52


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    memory = Memory(tmp_path / "file" / "window.ini")
    memory.put("a", 1)
    memory.save()
    assert memory.get("a", 0) == 1
