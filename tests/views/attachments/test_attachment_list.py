"""The list of a thing's files: added by dropping, opened in private, saved, taken back (N2)."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import make_draft, prepared
from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.keeping import attach_file
from trainer_desk.services.attachments.looking import list_attachments
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.store.engine import Store
from trainer_desk.views.attachments.attachment_list import AttachmentList
from trainer_desk.views.desk import Backend, Desk

CONTENT = b"%PDF-1.7 signed"


class Viewer(QObject):
    """Stands in the place of the system's viewer: Qt hands it what would be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def look(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@dataclass
class Place:
    """A list of a session's files in a window, and files on a disk."""

    qtbot: QtBot
    store: Store
    desk: Desk
    session: int
    files: AttachmentList
    folder: Path
    told: list[tuple[str, bool]] = field(default_factory=list)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.is_busy, timeout=8000)

    def file(self, name: str, content: bytes = CONTENT) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def drop(self, *paths: Path) -> bool:
        """Drop files as a file manager does; return whether they were welcome."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
        enter.ignore()
        QApplication.sendEvent(self.files, enter)
        if enter.isAccepted():
            QApplication.sendEvent(self.files, QDropEvent(QPointF(5, 5), copy, data, left, none))
        self.settle()
        return enter.isAccepted()

    def stored(self) -> list[str]:
        return [row.name for row in self.store.read(list_attachments, AttachmentOwner.SESSION, self.session)]

    def shown(self) -> list[str]:
        return [line.name for line in self.files.files.lines.rows]

    def choose(self, place: int) -> None:
        self.files.files.setCurrentIndex(self.files.files.lines.index(place))

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()


@pytest.fixture
def place(qtbot: QtBot, sqlite_store: Store, tmp_path: Path) -> Iterator[Place]:
    with prepared(sqlite_store) as db:
        session = make_draft(db)
    desk = Desk(cast(Backend, sqlite_store), sqlite_store.actor)
    crashes: list[str] = []
    desk.crashed.connect(crashes.append)
    window = QWidget()
    qtbot.addWidget(window)
    files = AttachmentList(desk, AttachmentOwner.SESSION, session)
    QVBoxLayout(window).addWidget(files)
    window.resize(340, 400)
    window.show()
    built = Place(qtbot, sqlite_store, desk, session, files, tmp_path)
    files.toast_requested.connect(lambda said, can_undo: built.told.append((said, can_undo)))
    built.settle()
    yield built
    desk.close()
    assert not crashes, crashes[0]


def test_dropped_files_are_attached_and_listed(place: Place) -> None:
    assert place.files.hint.isVisible()
    assert place.drop(place.file("sheet.pdf"), place.file("card.png", b"\x89PNG\r\n\x1a\n"))
    assert place.stored() == place.shown() == ["sheet.pdf", "card.png"]
    assert place.told == [("Attached “sheet.pdf”.", True), ("Attached “card.png”.", True)]
    line = place.files.files.lines.rows[0]
    assert (line.words, line.icon) == ("15 B", "file-text")
    assert line.note.startswith(place.store.actor)
    assert not place.files.hint.isVisible()


def test_each_refused_file_is_told_and_the_others_are_attached(place: Place) -> None:
    huge = place.file("huge.pdf", b"")
    os.truncate(huge, 200 * 1024 * 1024)
    place.drop(place.file("run.exe", b"MZ"), huge, place.file("sheet.pdf"))
    assert place.stored() == ["sheet.pdf"]
    said = place.files.trouble.sentence.text()
    assert "run.exe" in said
    assert "200.0 MB" in said
    place.drop(place.file("other.pdf", b"%PDF-1.4"))
    assert not place.files.trouble.isVisible()


def test_a_file_is_opened_from_a_private_folder(place: Place) -> None:
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "look")
    place.drop(place.file("sheet.pdf"))
    place.choose(0)
    place.press(place.files.open)
    QDesktopServices.unsetUrlHandler("file")
    (opened,) = viewer.opened
    assert opened.read_bytes() == CONTENT
    assert opened.name == "sheet.pdf"
    assert stat.S_IMODE(opened.stat().st_mode) == 0o600
    assert stat.S_IMODE(opened.parent.stat().st_mode) == 0o700
    opened.unlink()
    opened.parent.rmdir()


def test_a_file_is_saved_where_one_wants_it(place: Place) -> None:
    place.drop(place.file("sheet.pdf"))
    target = place.folder / "copy.pdf"
    place.files.save_to(place.files.files.lines.rows[0].key, target)
    place.settle()
    assert target.read_bytes() == CONTENT
    assert place.told[-1] == ("Saved “copy.pdf”.", False)
    place.files.save_to(place.files.files.lines.rows[0].key, place.folder / "nowhere" / "copy.pdf")
    place.settle()
    assert place.files.trouble.isVisible()


def test_del_takes_a_file_back_and_undo_shows_it_again(place: Place) -> None:
    place.drop(place.file("sheet.pdf"))
    place.choose(0)
    assert place.files.take_back.isVisible()
    QTest.keyClick(place.files.files, Qt.Key.Key_Delete)
    place.settle()
    assert not place.stored()
    assert not place.shown()
    assert place.told[-1] == ("Removed “sheet.pdf”.", True)
    place.desk.apply(place.files, undo_last)
    place.settle()
    assert place.shown() == ["sheet.pdf"]


def test_another_thing_has_other_files(place: Place) -> None:
    with prepared(place.store) as db:
        other = make_draft(db)
    attach_file(place.store, AttachmentOwner.SESSION, other, place.file("other.pdf"), label="Attach")
    place.files.show_owner(other)
    place.settle()
    assert place.shown() == ["other.pdf"]
    place.files.show_owner(None)
    assert not place.shown()
    assert not place.files.add.isVisible()


def test_whoever_may_not_attach_only_looks(place: Place) -> None:
    with prepared(place.store) as db:
        db.execute(sa.text("UPDATE accounts SET role = 'requester', version = version + 1"))
    place.files.reload()
    place.settle()
    assert not place.files.add.isVisible()
    assert not place.drop(place.file("sheet.pdf"))
    assert not place.stored()
