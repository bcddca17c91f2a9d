"""TLS against a real server that speaks it: checked in full, and what is wrong is said before a password goes out."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults.clusters import OwnServer, own_server
from tests.faults.test_lost_answer import add
from tests.postgres_server import Installation
from tests.tls_door import Certificate, make_certificate
from trainer_desk.models.enums import Role
from trainer_desk.services.accounts.server_logins import add_with_login
from trainer_desk.services.errors import DatabaseTrouble
from trainer_desk.services.store.engine import create_store, open_store
from trainer_desk.texts import error_text

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.postgres,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's server runs on Linux only"),
]
DEBIAN = Path("/usr/lib/postgresql")
RULES = """
host all postgres 127.0.0.1/32 trust
hostssl all old 127.0.0.1/32 md5
hostssl all all 127.0.0.1/32 scram-sha-256
"""
PASSWORD = "only-for-these-tests"
REFUSED = "password authentication failed"
LINE = sa.text("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")


@dataclass
class TlsServer:
    """A server with TLS, a database of ana's, and the authority of its certificate."""

    server: OwnServer
    authority: Path

    def address(self, host: str = "localhost", *, user: str = "ana", password: str = PASSWORD, **more: object) -> str:
        """Lead to ana's database, checked in full unless said otherwise."""
        words = {"sslmode": "verify-full", "sslrootcert": self.authority, "channel_binding": "require"} | more
        named = "&".join(f"{name}={value}" for name, value in words.items())
        return f"postgresql://{user}:{password}@{host}:{self.server.port}/desk?{named}"

    def show(self, certificate: Certificate) -> None:
        """Have the server show another certificate from now on."""
        self.lay(certificate)
        self.server.tell("SELECT pg_reload_conf()")

    def lay(self, certificate: Certificate) -> None:
        for source, name in ((certificate.file, "server.pem"), (certificate.key, "server.key")):
            lay(self.server.place, name, source.read_text())

    def told(self, words: str) -> int:
        """Count how often the server wrote something into its log."""
        return (self.server.place.data / "server.log").read_text().count(words)


def lay(place: Installation, name: str, text: str) -> None:
    """Put a file into a server's folder, for its eyes only."""
    file = place.data / name
    file.write_text(text)
    file.chmod(0o600)
    if place.identity:
        os.chown(file, place.identity["user"], place.identity["group"])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Make a certificate for `localhost`."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "localhost")


@pytest.fixture(scope="module")
def tls(certificate: Certificate) -> Iterator[TlsServer]:
    """Run Debian's server with TLS."""
    programs = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    assert programs, "Debian's PostgreSQL is not installed: dev.py test --nightly does so"
    place = Installation(programs[-1].parent, Path("/"))
    if os.geteuid() == 0:
        import pwd  # noqa: PLC0415 - there is none on Windows

        nobody = pwd.getpwnam("nobody")
        place.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    settings = {"ssl_cert_file": "server.pem", "ssl_key_file": "server.key"}
    with own_server(place, **settings) as server:
        made = TlsServer(server, certificate.authority)
        made.lay(certificate)
        lay(server.place, "pg_hba.conf", RULES)
        server.tell("CREATE DATABASE desk", "SET password_encryption = md5", "CREATE ROLE old LOGIN PASSWORD 'secret'")
        server.tell("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
        store = create_store(server.url("desk"))
        store.write("Add ana", add_with_login, "ana", Role.ADMINISTRATOR, PASSWORD)
        store.close()
        yield made


def refusal_of(address: str) -> str:
    """Try to open a database and return the words in which that is refused."""
    with pytest.raises(DatabaseTrouble) as told:
        open_store(address).close()
    return error_text(told.value)


def test_work_is_done_over_a_line_that_is_checked_in_full(tls: TlsServer) -> None:
    """The login proves that the server knows the password, too, and is bound to this very line."""
    store = open_store(tls.address())
    assert store.actor == "ana"
    assert tuple(store.read(lambda db: db.execute(LINE).one())) == (True, "TLSv1.3")
    store.write("Add", add)
    store.close()


WRONG = {
    "another name": ("127.0.0.1", {}, "made out to another name than 127.0.0.1"),
    "no file of authorities": ("localhost", {"sslrootcert": "/nowhere/root.crt"}, "cannot be read"),
    "authorities of the system": ("localhost", {"sslrootcert": "system"}, "an authority that this computer does not"),
    "no encryption": ("localhost", {"sslmode": "disable", "channel_binding": "disable"}, "takes only encrypted lines"),
    "a wrong password": ("localhost", {"password": "wrong"}, "The server refused the login: password authentication"),
    "nobody known": ("localhost", {"user": "nobody"}, "The server refused the login: password authentication failed"),
    "no such database": ("localhost", {"dbname": "nowhere"}, "The server has no database called"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_in_words(tls: TlsServer, case: str) -> None:
    host, more, words = WRONG[case]
    assert words in refusal_of(tls.address(host, **more))  # type: ignore[arg-type]


def test_an_authority_that_is_not_the_servers_is_not_believed(tls: TlsServer, tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "localhost").authority
    assert "an authority that this computer does not know" in refusal_of(tls.address(sslrootcert=other))


def test_a_server_without_tls_gets_no_password(tls: TlsServer) -> None:
    tls.server.tell("ALTER SYSTEM SET ssl = off", "SELECT pg_reload_conf()")
    try:
        assert "does not encrypt, so nothing was sent there" in refusal_of(tls.address())
    finally:
        tls.server.tell("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")


def test_a_certificate_that_ran_out_is_told_and_its_renewal_goes_unnoticed(
    tls: TlsServer, certificate: Certificate, tmp_path: Path
) -> None:
    store = open_store(tls.address())
    old = make_certificate(tmp_path, "localhost", days=-1)
    tls.show(old)
    try:
        assert "has run out" in refusal_of(tls.address(sslrootcert=old.authority))
    finally:
        tls.show(certificate)
    store.write("Add", add)
    store.close()
    open_store(tls.address()).close()


def test_a_password_kept_in_the_old_way_cannot_be_bound_to_the_line(tls: TlsServer) -> None:
    assert "It must keep passwords as SCRAM-SHA-256." in refusal_of(tls.address(user="old"))


def test_a_refused_login_is_not_tried_again(tls: TlsServer) -> None:
    """Many a server shuts a login out after a few tries."""
    before = tls.told(REFUSED)
    refusal_of(tls.address(password="wrong"))
    assert tls.told(REFUSED) == before + 1
    store = open_store(tls.address())
    assert store.role is not None
    tls.server.tell("ALTER ROLE ana PASSWORD 'new'", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename = 'ana'")  # fmt: skip
    try:
        with pytest.raises(DatabaseTrouble) as told:
            store.write("Add", add)
        assert told.value.facts["why"] == "login_refused"
        assert tls.told(REFUSED) <= before + 3
    finally:
        tls.server.tell(f"ALTER ROLE ana PASSWORD '{PASSWORD}'")
        store.close()


def test_a_server_elsewhere_is_checked_although_nobody_asks_for_it(
    tls: TlsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: this computer counts as another one."""
    monkeypatch.setattr("trainer_desk.services.store.wire.is_here", lambda _host: False)
    plain = f"postgresql://ana:{PASSWORD}@localhost:{tls.server.port}/desk"
    assert "an authority that this computer does not know" in refusal_of(plain)
    store = open_store(f"{plain}?sslrootcert={tls.authority}")
    assert store.read(lambda db: db.execute(LINE).one()).ssl is True
    store.close()
