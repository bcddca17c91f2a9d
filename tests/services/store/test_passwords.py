"""Passwords are looked up in the keyring when a server asks for one, kept there on demand, and nowhere else (U1)."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import psycopg
import pytest
from psycopg import sql

from tests.keyrings import Locked, Readable, Ring, own_ring
from tests.tls_door import PASSWORD_WANTED, answer_of, tls_door
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.engine import open_store
from trainer_desk.services.store.passwords import find_password, forget_password, has_keyring, keep_password

URL = read_address("postgresql://ana@db.example:5433/desk")
REFUSED = answer_of({"S": "FATAL", "C": "28P01", "M": 'password authentication failed for user "ana"'})


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ring]:
    """Give a keyring that is empty, and take away what else may hold a password."""
    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    with own_ring() as mine:
        yield mine


def test_a_password_is_kept_by_place_and_login(ring: Ring) -> None:
    assert find_password(URL) is None
    assert keep_password(URL, "Tr0mbone")
    assert find_password(URL) == "Tr0mbone"
    for other in ("bob@db.example:5433/desk", "ana@db.example:5432/desk", "ana@db.example:5433/other"):
        assert find_password(read_address(f"postgresql://{other}")) is None
    assert list(ring.kept) == [("Trainer Desk db.example:5433/desk", "ana")]
    forget_password(URL)
    forget_password(URL)
    assert find_password(URL) is None


@pytest.mark.parametrize("kind", [Locked, Readable, keyring.backends.fail.Keyring])
def test_without_a_keyring_that_works_nothing_is_kept(kind: type[Ring], ring: Ring) -> None:
    broken = kind()
    keyring.set_keyring(broken)
    assert not keep_password(URL, "Tr0mbone")
    assert find_password(URL) is None
    forget_password(URL)
    assert getattr(broken, "kept", {}) == {}
    assert has_keyring() is (kind is Locked)
    assert ring.kept == {}


def test_the_keyring_is_asked_once_and_a_refused_password_is_not_tried_again(ring: Ring) -> None:
    with tls_door(None, PASSWORD_WANTED, REFUSED) as port:
        address = f"postgresql://ana@127.0.0.1:{port}/desk"
        with pytest.raises(DatabaseTrouble) as told:
            open_store(address)
        assert (told.value.facts["why"], ring.asked) == ("password_wanted", 1)
        assert keep_password(read_address(address), "Tr0mbone")
        with pytest.raises(DatabaseTrouble) as told:
            open_store(address)
        assert (told.value.facts["why"], ring.asked) == ("login_refused", 2)
        with pytest.raises(DatabaseTrouble) as told:
            open_store(address.replace("ana@", "ana:typed@"))
        assert (told.value.facts["why"], ring.asked) == ("login_refused", 2)


@pytest.mark.postgres
@pytest.mark.usefixtures("ring")
def test_a_server_without_password_leaves_the_keyring_alone(postgres_server: str, ring: Ring) -> None:
    name = f"desk_trust_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        with pytest.raises(DatabaseTrouble):
            open_store(read_address(postgres_server).set(database=name).render_as_string(hide_password=False))
        db.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
    assert ring.asked == 0
