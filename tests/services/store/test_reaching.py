"""A server that cannot be reached says why in words: host, port, TLS, login, database, account (U1, U7)."""

import itertools
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.tls_door import PASSWORD_WANTED, Certificate, answer_of, make_certificate, needs_openssl, tls_door
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.address import read_address
from trainer_desk.services.store.certificates import REASONS
from trainer_desk.services.store.engine import create_store, open_store
from trainer_desk.services.store.unreached import WORDS, said_by_server, why_unreached
from trainer_desk.services.store.wire import is_here, wire_options
from trainer_desk.texts import error_text
from trainer_desk.texts.unreached import UNREACHED

NOBODY = answer_of({"S": "FATAL", "C": "28P01", "M": 'password authentication failed for user "ana"'})
NO_DATABASE = answer_of({"S": "FATAL", "C": "3D000", "M": 'database "desk" does not exist'})
NO_CONNECT = answer_of({"S": "FATAL", "C": "42501", "M": 'permission denied for database "desk"'})
FULL = answer_of({"S": "FATAL", "C": "53300", "M": "sorry, too many clients already"})
ONLY_TLS = answer_of(
    {"S": "FATAL", "C": "28000", "M": 'no pg_hba.conf entry for host "::1", user "ana", no encryption'}
)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let nothing of this computer decide."""
    for name in (
        "PGSSLMODE",
        "PGSSLROOTCERT",
        "PGSERVICE",
        "PGSERVICEFILE",
        "PGHOST",
        "PGPASSWORD",
        "PGCHANNELBINDING",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "localhost")


def refusal_of(address: str) -> str:
    """Try to open a database and return the words in which that is refused."""
    with pytest.raises(DatabaseTrouble) as told:
        open_store(address).close()
    return error_text(told.value)


ANSWERS = {
    "login": (NOBODY, 'The server refused the login: password authentication failed for user "ana".'),
    "database": (NO_DATABASE, "The server has no database called desk."),
    "account": (NO_CONNECT, "The server knows ana, but there is no account for that login in desk, or it is disabled."),
    "full": (FULL, "The server takes no more connections at the moment."),
    "plain": (ONLY_TLS, "The server takes only encrypted lines."),
    "password": (PASSWORD_WANTED, "The server asks for the password of ana."),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_the_server_answers_is_said_in_words(case: str) -> None:
    answer, sentence = ANSWERS[case]
    with tls_door(None, answer) as port:
        assert sentence in refusal_of(f"postgresql://ana@127.0.0.1:{port}/desk")


def test_a_host_that_nobody_knows_and_a_port_where_nobody_listens_are_told_apart() -> None:
    assert "There is no computer called nowhere.invalid:5432." in refusal_of("postgresql://a@nowhere.invalid:5432/desk")
    assert "no database server is running there on this port" in refusal_of("postgresql://a@127.0.0.1:1/desk")
    said = refusal_of("postgresql://a@127.0.0.1:1,127.0.0.1:2/desk")
    assert "127.0.0.1:1, 127.0.0.1:2 answers" in said or "no database server is running" in said
    assert "do not know nothing" in refusal_of("service=nothing")


@needs_openssl
def test_certificates_that_cannot_be_trusted_are_told_apart(certificate: Certificate, tmp_path: Path) -> None:
    checked = f"sslmode=verify-full&sslrootcert={certificate.authority}"
    with tls_door(certificate, NOBODY) as port:
        right, wrong = f"postgresql://ana@localhost:{port}/desk", f"postgresql://ana@127.0.0.1:{port}/desk"
        assert "refused the login" in refusal_of(f"{right}?{checked}")
        assert "made out to another name than 127.0.0.1" in refusal_of(f"{wrong}?{checked}")
        assert "cannot be read" in refusal_of(f"{right}?sslmode=verify-full&sslrootcert={tmp_path / 'nothing'}")
        (tmp_path / "other").mkdir()
        other = make_certificate(tmp_path / "other", "other").authority
        said = refusal_of(f"{right}?sslmode=verify-full&sslrootcert={other}")
        assert "an authority that this computer does not know" in said
    with tls_door(None, NOBODY) as port:
        assert "does not encrypt" in refusal_of(f"postgresql://ana@localhost:{port}/desk?{checked}")


@needs_openssl
def test_a_server_elsewhere_is_checked_even_when_nobody_asks_for_it(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: this computer counts as another one."""
    monkeypatch.setattr("trainer_desk.services.store.wire.is_here", lambda _host: False)
    with tls_door(certificate, PASSWORD_WANTED) as port:
        assert "does not know" in refusal_of(f"postgresql://ana:secret@localhost:{port}/desk")
        known = f"postgresql://ana:secret@localhost:{port}/desk?sslrootcert={certificate.authority}"
        assert "cannot prove that it knows the password" in refusal_of(known)
    with tls_door(None, PASSWORD_WANTED) as port:
        assert "does not encrypt" in refusal_of(f"postgresql://ana:secret@localhost:{port}/desk")


HERE = ("localhost", "127.0.0.1", "127.8.0.9:5432", "[::1]:5432", "::1", "/var/run/postgresql", "LOCALHOST:5433", "")
ELSEWHERE = ("db.example", "10.0.0.7", "localhost.example:5432", "[2001:db8::1]:5432", "127.0.0.1.example")


def test_what_is_this_computer_and_what_is_not() -> None:
    assert [host for host in HERE if not is_here(host)] == []
    assert [host for host in ELSEWHERE if is_here(host)] == []


def options(address: str) -> dict[str, str]:
    found = wire_options(read_address(address))
    found.pop("sslrootcert", None)
    return found


CHECKED = {"sslmode": "verify-full", "channel_binding": "require"}


def test_tls_is_the_rule_and_what_somebody_decided_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert options("postgresql://localhost/desk") == {}
    assert options("postgresql://db.example/desk") == CHECKED
    assert options("postgresql://db.example/desk?sslmode=disable") == {"channel_binding": "prefer"}
    several = CHECKED | {"target_session_attrs": "read-write"}
    assert options("postgresql://one.example,two.example/desk") == several
    assert options("postgresql://127.0.0.1:1,127.0.0.1:2/desk") == {"target_session_attrs": "read-write"}
    assert options("postgresql://localhost,two.example/desk?target_session_attrs=any") == CHECKED
    (tmp_path / "services").write_text(
        "[desk]\nhost=db.example\nsslmode=verify-ca\n[near]\nhost=localhost\n[far]\nhost=a.example,b.example\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert options("service=desk") == {"channel_binding": "require"}
    assert options("service=near") == {}
    assert options("service=far") == several
    monkeypatch.setenv("PGSSLMODE", "require")
    assert options("postgresql://db.example/desk") == {"channel_binding": "prefer"}


@pytest.mark.postgres
def test_a_service_and_several_hosts_lead_to_the_database(
    postgres_server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = read_address(postgres_server)
    name = f"desk_service_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    (tmp_path / "services").write_text(f"[desk]\nhost=127.0.0.1\nport={url.port}\ndbname={name}\nuser=postgres\n")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    create_store("service=desk").close()
    with_one_away = f"postgresql://postgres@127.0.0.1:1,127.0.0.1:{url.port}/{name}"
    for address in ("service=desk", with_one_away):
        store = open_store(address)
        assert store.actor == "postgres"
        store.close()
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(sql.Identifier(name)))
    assert "Only a copy that cannot be written to answers" in refusal_of(with_one_away)
    with psycopg.connect(postgres_server, autocommit=True) as db:
        db.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_every_reason_has_its_sentence_and_the_order_hides_none() -> None:
    reasons = {why for _words, why in WORDS} | {"no_server", "no_such_database", *REASONS.values()}
    assert reasons == set(UNREACHED)
    assert [words for words, why in WORDS if why_unreached(words) != why] == []
    said = 'connection failed: FATAL:  password authentication failed for user "ana"\nDETAIL: x'
    assert said_by_server(said) == 'password authentication failed for user "ana"'


def pairs() -> Iterator[tuple[str, str]]:
    yield from itertools.pairwise(sorted(UNREACHED))


def test_no_two_reasons_say_the_same() -> None:
    assert [pair for pair in pairs() if UNREACHED[pair[0]] == UNREACHED[pair[1]]] == []
