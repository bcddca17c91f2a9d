"""Files that belong to things: attached, read back, taken back and brought back, on both databases (N2)."""

import datetime as dt
import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.factories import (
    BERLIN,
    make_course,
    make_draft,
    make_intake,
    make_person,
    make_qualification,
    make_record,
    make_trainer,
    prepared,
)
from trainer_desk.models.enums import AttachmentOwner
from trainer_desk.services.attachments.keeping import attach_file, remove
from trainer_desk.services.attachments.looking import list_attachments, read_back
from trainer_desk.services.errors import BadValue, DatabaseTrouble, DeskError, NotFound
from trainer_desk.services.findings import Finding
from trainer_desk.services.journal.history import history_of_session
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import redo_last, undo_last
from trainer_desk.services.rules.files import SIZE_LIMIT
from trainer_desk.services.store.engine import Store
from trainer_desk.texts import error_text
from trainer_desk.texts.soundness import soundness_text

DAY = dt.date(2026, 5, 4)
CONTENT = b"%PDF-1.7\n\0\xff card"


def owners(store: Store) -> dict[AttachmentOwner, int]:
    with prepared(store) as db:
        course, person = make_course(db), make_person(db)
        return {
            AttachmentOwner.RECORD: make_record(db, person, course, DAY),
            AttachmentOwner.SESSION: make_draft(db, course=course),
            AttachmentOwner.QUALIFICATION: make_qualification(db, make_trainer(db), course),
            AttachmentOwner.INTAKE: make_intake(db, person, DAY),
        }


def card(folder: Path, content: bytes = CONTENT, name: str = "card.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def names(store: Store, kind: AttachmentOwner, owner_id: int) -> list[str]:
    return [row.name for row in store.read(list_attachments, kind, owner_id)]


def damaged(store: Store) -> list[Finding]:
    return [one for one in store.read(check_database) if one.code == "attachment_damaged"]


def test_each_thing_has_files_of_its_own(store: Store, tmp_path: Path) -> None:
    things = owners(store)
    for kind, owner_id in things.items():
        attach_file(store, kind, owner_id, card(tmp_path, name=f"{kind}.pdf"), label="Attach")
    for kind, owner_id in things.items():
        assert names(store, kind, owner_id) == [f"{kind}.pdf"]
        (row,) = store.read(list_attachments, kind, owner_id)
        assert (row.size, row.media_type, row.added_by) == (len(CONTENT), "application/pdf", store.actor)
        assert store.read(read_back, row.id).content == CONTENT
    assert not damaged(store)


def test_a_file_of_the_largest_size_comes_back_whole(store: Store, tmp_path: Path) -> None:
    session = owners(store)[AttachmentOwner.SESSION]
    content = b"%PDF-" + os.urandom(SIZE_LIMIT - 5)
    key = attach_file(store, AttachmentOwner.SESSION, session, card(tmp_path, content), label="Attach").value
    assert store.read(read_back, key).content == content


def test_two_hundred_megabytes_are_refused_unread(store: Store, tmp_path: Path) -> None:
    session = owners(store)[AttachmentOwner.SESSION]
    path = card(tmp_path, b"")
    os.truncate(path, 200 * 1024 * 1024)  # a hole: nothing is on the disk, and its bytes are no PDF
    with pytest.raises(BadValue) as refusal:
        attach_file(store, AttachmentOwner.SESSION, session, path, label="Attach")
    assert "200.0 MB" in error_text(refusal.value)
    assert not names(store, AttachmentOwner.SESSION, session)


def test_what_is_no_file_is_never_opened(store: Store, tmp_path: Path) -> None:
    session = owners(store)[AttachmentOwner.SESSION]
    pipe, folder = tmp_path / "pipe.pdf", tmp_path / "folder.pdf"
    os.mkfifo(pipe)  # reading it would wait for ever
    folder.mkdir()
    for path, why in ((pipe, "file_is_no_file"), (folder, "file_is_no_file"), (tmp_path / "no.pdf", "file_missing")):
        with pytest.raises(BadValue) as refusal:
            attach_file(store, AttachmentOwner.SESSION, session, path, label="Attach")
        assert refusal.value.facts["why"] == why


def test_the_same_file_is_attached_once(store: Store, tmp_path: Path) -> None:
    things = owners(store)
    session = things[AttachmentOwner.SESSION]
    key = attach_file(store, AttachmentOwner.SESSION, session, card(tmp_path), label="Attach").value
    with pytest.raises(BadValue) as refusal:
        attach_file(store, AttachmentOwner.SESSION, session, card(tmp_path, name="copy.pdf"), label="Attach")
    assert refusal.value.facts["why"] == "file_attached_already"
    store.write("Remove", remove, key)
    attach_file(store, AttachmentOwner.SESSION, session, card(tmp_path, name="copy.pdf"), label="Attach")
    assert names(store, AttachmentOwner.SESSION, session) == ["copy.pdf"]


def test_nothing_is_attached_to_what_is_gone(store: Store, tmp_path: Path) -> None:
    things = owners(store)
    with prepared(store) as db:
        db.execute(sa.text("UPDATE training_records SET deleted_at = created_at, version = version + 1"))
    for kind, owner_id in ((AttachmentOwner.RECORD, things[AttachmentOwner.RECORD]), (AttachmentOwner.SESSION, 9999)):
        with pytest.raises(NotFound):
            attach_file(store, kind, owner_id, card(tmp_path), label="Attach")


def test_taking_a_file_back_and_attaching_it_can_be_undone(store: Store, tmp_path: Path) -> None:
    record = owners(store)[AttachmentOwner.RECORD]
    key = attach_file(store, AttachmentOwner.RECORD, record, card(tmp_path), label="Attach card.pdf").value
    store.write("Remove card.pdf", remove, key)
    with pytest.raises(NotFound):
        store.write("Remove card.pdf", remove, key)
    assert undo_last(store).value == "Remove card.pdf"
    assert names(store, AttachmentOwner.RECORD, record) == ["card.pdf"]
    assert undo_last(store).value == "Attach card.pdf"
    assert not names(store, AttachmentOwner.RECORD, record)
    redo_last(store)
    assert names(store, AttachmentOwner.RECORD, record) == ["card.pdf"]
    assert store.read(read_back, key).content == CONTENT


def test_a_sessions_history_names_its_files_and_not_their_bytes(store: Store, tmp_path: Path) -> None:
    session = owners(store)[AttachmentOwner.SESSION]
    attach_file(store, AttachmentOwner.SESSION, session, card(tmp_path), label="Attach card.pdf")
    newest = store.read(history_of_session, session)[0]
    assert newest.label == "Attach card.pdf"
    assert [(table, after["name"]) for table, _key, _before, after in newest.rows] == [("attachments", "card.pdf")]


DAMAGE = {
    "other bytes": "UPDATE attachment_bytes SET content = :content",
    "fewer bytes": "UPDATE attachment_bytes SET content = :short",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE)
def test_damaged_bytes_are_noticed(store: Store, tmp_path: Path, statement: str) -> None:
    session = owners(store)[AttachmentOwner.SESSION]
    key = attach_file(store, AttachmentOwner.SESSION, session, card(tmp_path), label="Attach").value
    with prepared(store) as db:
        make_course(db)
        values = {"content": b"%PDF-1.7\n\0\xff CARD", "short": b"%PDF"}
        db.execute(sa.text(statement).bindparams(**{name: values[name] for name in values if f":{name}" in statement}))
    with pytest.raises(DatabaseTrouble) as refusal:
        store.read(read_back, key)
    assert "card.pdf" in error_text(refusal.value)
    (finding,) = damaged(store)
    assert (finding.code, finding.subject) == ("attachment_damaged", f"A{key}")
    assert "card.pdf" in soundness_text(finding, BERLIN)


def test_an_unknown_file_is_not_found(store: Store) -> None:
    with pytest.raises(DeskError) as refusal:
        store.read(read_back, 77)
    assert refusal.value.code == "not_found"
