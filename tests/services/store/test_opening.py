"""What cannot be opened is told in a sentence with a way out, and nothing is made or changed by looking (U7, O4)."""

import os
import random
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from tests.databases import copy_of_sqlite_template
from tests.postgres_server import Run, url_of
from tests.rights import as_nobody, open_folder
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.store import schema
from trainer_desk.services.store.engine import Store, create_store, open_store
from trainer_desk.texts import error_text

Made = Callable[[Path], None]
PAGE = 4096


@pytest.fixture
def sound(run: Run, tmp_path: Path) -> Path:
    """Give a sound file in a folder of its own."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return Path(copy_of_sqlite_template(run, folder / "organisation.desk"))


def state_of(folder: Path) -> dict[str, object]:
    """Give what lies in a folder: the bytes and rights of every file, and what else there is."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode) if path.is_file() else path.is_dir()
        for path in sorted(folder.rglob("*"))
    }


def refusal_of(address: str | Path, *, check: bool = False) -> DeskError:
    """Open, expect a refusal, and prove that it is told in words."""
    with pytest.raises(DeskError) as refusal:
        open_store(str(address), check=check).close()
    text = error_text(refusal.value)
    assert text.endswith((".", "!")), text
    assert "Error" not in text
    assert "sqlite3" not in text
    return refusal.value


def why(error: DeskError) -> str:
    return str(error.facts["why"])


def as_sql(statement: str) -> Made:
    def make(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db, db:
            db.executescript(statement)

    return make


def rotten(path: Path) -> None:
    """Write noise over every second page, as a dying disk does."""
    noise = random.Random(7)
    pages = path.stat().st_size // PAGE
    with path.open("r+b") as file:
        for page in range(2, pages, 2):
            file.seek(page * PAGE)
            file.write(noise.randbytes(PAGE))


def cut(share: float) -> Made:
    return lambda path: os.truncate(path, int(path.stat().st_size * share) // PAGE * PAGE + 17)


def gone(path: Path) -> None:
    path.unlink()


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


FOREIGN = "DROP TABLE alembic_version; CREATE TABLE bookmarks (id INTEGER);"
OTHERS_REVISION = """
    CREATE TABLE alembic_version (version_num TEXT);
    INSERT INTO alembic_version VALUES ('3f1ab7');
"""
BAD: dict[str, tuple[Made, str]] = {
    "missing": (gone, "no_such_file"),
    "a folder": (folder_instead, "is_a_folder"),
    "a pipe": (pipe_instead, "not_a_database"),
    "a link to nowhere": (link_to_nowhere, "no_such_file"),
    "empty": (lambda path: path.write_bytes(b"") and None, "not_ours"),
    "text": (lambda path: path.write_text("Dear Ana,\n" * 900) and None, "not_a_database"),
    "noise": (lambda path: path.write_bytes(random.Random(1).randbytes(90_000)) and None, "not_a_database"),
    "one byte": (lambda path: path.write_bytes(b"S") and None, "not_ours"),
    "cut in the middle": (cut(0.5), "damaged"),
    "cut to its first page": (lambda path: os.truncate(path, PAGE), "damaged"),
    "cut within its head": (lambda path: os.truncate(path, 60), "damaged"),
    "noise in its pages": (rotten, "damaged"),
    "of another program": (as_sql(FOREIGN), "not_ours"),
    "newer": (as_sql("UPDATE alembic_version SET version_num = '9999'"), "newer_schema"),
    "without a revision": (as_sql("DELETE FROM alembic_version"), "not_ours"),
}


@pytest.mark.parametrize(("spoil", "reason"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_told_and_left_alone(sound: Path, spoil: Made, reason: str) -> None:
    spoil(sound)
    before = state_of(sound.parent)
    error = refusal_of(sound, check=True)
    assert (error.code, why(error)) == ("database_error", reason)
    assert state_of(sound.parent) == before


def test_a_file_of_another_program_that_keeps_revisions_too_is_not_a_newer_one_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    as_sql(OTHERS_REVISION)(path)
    assert why(refusal_of(path)) == "not_ours"


def test_an_older_file_is_told_to_be_upgraded(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "HEAD", "a newer one")
    before = state_of(sound.parent)
    error = refusal_of(sound)
    assert why(error) == "older_schema"
    assert "upgrade" in error_text(error)
    assert state_of(sound.parent) == before


ODD = [
    "a?b.desk",
    "a%20b.desk",
    "a b.desk",
    "a#b.desk",
    "ä ß 日本 .desk",
    "'q\"uote;.desk",
    "a&mode=ro.desk",
    "x" * 250,
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_names(run: Run, tmp_path: Path, name: str) -> None:
    """The file named is the one that is opened, made and refused, and no other."""
    path = Path(copy_of_sqlite_template(run, tmp_path / name))
    open_store(str(path)).close()
    assert [found.name for found in tmp_path.iterdir()] == [name]
    path.unlink()
    assert why(refusal_of(path)) == "no_such_file"
    assert list(tmp_path.iterdir()) == []
    if len(name) > 247:  # there is no room for the names of the files that SQLite keeps beside it
        with pytest.raises(DeskError) as refusal:
            create_store(str(path))
        assert why(refusal.value) == "cannot_open"
        assert list(tmp_path.iterdir()) == []
        return
    create_store(str(path)).close()
    assert [found.name for found in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["x" * 256, "/".join(["y" * 200] * 30), "a\0b"])
def test_names_that_no_disk_takes_are_told(tmp_path: Path, name: str) -> None:
    for act in (open_store, create_store):
        with pytest.raises(DeskError) as refusal:
            act(f"{tmp_path}/{name}")
        assert error_text(refusal.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["", "  ", "mysql://host/db", "oracle+x://h", "postgresql://h:port/db"])
def test_addresses_that_mean_nothing_are_told(address: str) -> None:
    with pytest.raises(BadValue) as refusal:
        open_store(address)
    assert error_text(refusal.value).endswith(".")


def test_nothing_is_made_where_something_stands_or_nothing_can(sound: Path, tmp_path: Path) -> None:
    before = state_of(tmp_path)
    reasons = {sound: "already_there", sound.parent: "already_there", tmp_path / "no" / "x.desk": "no_such_folder"}
    for path, reason in reasons.items():
        with pytest.raises(DeskError) as refusal:
            create_store(str(path))
        assert why(refusal.value) == reason
    with pytest.raises(BadValue) as wrong_zone:
        create_store(str(tmp_path / "new.desk"), zone="Mars/Olympus")
    assert "zone" in error_text(wrong_zone.value)
    assert state_of(tmp_path) == before


# ---- rights: somebody who is not root ------------------------------------------------------------------------------

RIGHTS: dict[str, tuple[int, int, str]] = {
    "may be read and written": (0o666, 0o777, "opened"),
    "may not be read": (0o000, 0o777, "cannot_open"),
    "may not be written": (0o444, 0o777, "opened"),
    "lies where nothing may be written": (0o666, 0o555, "opened"),
    "lies where nobody may look": (0o666, 0o000, "cannot_open"),
}


def told(act: Callable[[str], Store], path: Path) -> str:
    """Open or create, and name the reason where that is refused in words."""
    try:
        act(str(path)).close()
    except DeskError as error:
        refusal = error
    else:
        return "opened"
    assert error_text(refusal).endswith(".")
    return why(refusal)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists of its own, which modes do not show")
@pytest.mark.parametrize(("file_mode", "folder_mode", "reason"), RIGHTS.values(), ids=RIGHTS.keys())
def test_rights_are_told(run: Run, file_mode: int, folder_mode: int, reason: str) -> None:
    with open_folder() as parent:
        folder = parent / "theirs"
        folder.mkdir()
        path = Path(copy_of_sqlite_template(run, folder / "a.desk"))
        before = path.read_bytes()
        create_store(str(parent / "before.desk")).close()
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        with as_nobody():
            assert told(open_store, path) == reason
            if folder_mode != 0o777:
                assert told(create_store, folder / "new.desk") == "cannot_open"
        assert path.read_bytes() == before
        assert [found.name for found in folder.iterdir()] == ["a.desk"]


# ---- servers -------------------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.socket() as taken:  # bound and not listening: nobody answers there, and nobody else comes meanwhile
        taken.bind(("127.0.0.1", 0))
        error = refusal_of(f"postgresql://ana:secret@127.0.0.1:{taken.getsockname()[1]}/desk")
    assert (error.code, why(error)) == ("database_error", "server_off")
    assert "secret" not in error_text(error) + str(error.facts)


def test_a_server_of_something_else_is_told() -> None:
    def answer() -> None:
        talk, _whom = other.accept()
        with talk:
            talk.recv(1000)
            talk.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as other:
        thread = threading.Thread(target=answer)
        thread.start()
        error = refusal_of(f"postgresql://ana@127.0.0.1:{other.getsockname()[1]}/desk?sslmode=disable")
        thread.join()
    assert why(error) == "no_server"


def test_a_database_that_is_not_there_is_told(postgres_server: str) -> None:
    error = refusal_of(url_of(postgres_server, "no_such_desk"))
    assert why(error) == "no_such_database"


def test_an_empty_database_is_told(postgres_url: str) -> None:
    assert why(refusal_of(postgres_url)) == "not_ours"
    with psycopg.connect(postgres_url) as db:
        count = db.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone()
    assert count == (0,)


def test_a_database_of_another_program_is_not_taken(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute("CREATE TABLE people (id integer)")
        with pytest.raises(DeskError) as refusal:
            create_store(postgres_url)
        tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert (why(refusal.value), tables) == ("not_empty", [("people",)])


def test_a_login_that_is_not_there_is_told(postgres_url: str) -> None:
    assert why(refusal_of(postgres_url.replace("postgres@", "nobody_known@"))) == "login_refused"


@pytest.fixture
def guarded_login(run: Run) -> Iterator[str]:
    """Give the URL of a login whose password the server asks for; the server is always our own."""
    server = run.server_url(16)
    name = f"guarded_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as db:
        db.execute(f"CREATE ROLE {name} LOGIN SUPERUSER PASSWORD 'p@ss:w/o?rd#%'")
        yield server.replace("postgres@", f"{name}:{{}}@")
        db.execute(f"DROP ROLE {name}")


def test_a_wrong_password_is_told_and_a_right_one_of_odd_characters_taken(guarded_login: str) -> None:
    for password, reason in (("wrong", "login_refused"), ("", "password_wanted")):
        error = refusal_of(guarded_login.format(password))
        assert why(error) == reason
        assert "password" in error_text(error)
    right = "p%40ss%3Aw%2Fo%3Frd%23%25"
    assert why(refusal_of(guarded_login.format(right))) == "not_ours"


def test_a_newer_server_database_is_told(postgres_store: Store) -> None:
    url = postgres_store.url.render_as_string(hide_password=False)
    with postgres_store.writing("Planted") as unit:
        unit.db.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        unit.db.execute(sa.text("INSERT INTO settings (key, value) VALUES ('a', 'b')"))
    error = refusal_of(url)
    assert (why(error), error.facts["revision"]) == ("newer_schema", "9999")
