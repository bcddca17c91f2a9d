"""A command asks at the terminal for the password of a server; a job is told where it may stand instead (U1)."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.logins import PASSWORD, login_url, make_login
from trainer_desk.models.enums import Role
from trainer_desk.services.store.engine import create_store

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(os.name == "nt", reason="needs a terminal as POSIX knows it"),
]
SECONDS = 30


@pytest.fixture
def address(postgres_url: str) -> Iterator[str]:
    """Give the address of a database without the password that its server asks for."""
    store = create_store(postgres_url)
    login = make_login(store, Role.SUPERVISOR, name="guarded_cli")
    yield login_url(postgres_url, login).replace(f":{PASSWORD}", "")
    store.close()


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    named = {f"TRAINER_DESK_{name}": str(folder / name) for name in ("CONFIG", "DATA", "LOG")}
    return kept | named | {"HOME": str(folder), "PYTHONIOENCODING": "utf-8"} | more


def words(address: str) -> list[str]:
    return [sys.executable, "-m", "trainer_desk", "--database", address, "sessions", "list"]


def at_a_terminal(address: str, folder: Path, typed: str) -> tuple[int, str]:
    """Run a command as somebody at a terminal does who types this when asked; return its exit code and the screen."""
    child, terminal = os.forkpty()
    if child == 0:
        os.execve(sys.executable, words(address), environment(folder))
    said, until = b"", time.monotonic() + SECONDS
    with contextlib.suppress(OSError):  # the terminal is gone once the command has ended
        while b"Password of" not in said and time.monotonic() < until:
            said += os.read(terminal, 1000)
        os.write(terminal, f"{typed}\n".encode())
        while time.monotonic() < until:
            said += os.read(terminal, 1000)
    _child, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said.decode()


def test_the_password_is_asked_at_the_terminal_and_not_shown(address: str, tmp_path: Path) -> None:
    code, screen = at_a_terminal(address, tmp_path, PASSWORD)
    assert code == 0, screen
    assert "Password of guarded_cli" in screen
    assert PASSWORD not in screen


def test_a_wrong_password_is_told_and_not_asked_for_again(address: str, tmp_path: Path) -> None:
    code, screen = at_a_terminal(address, tmp_path, "wrong")
    assert code == 1
    assert screen.count("Password of") == 1
    assert "The server refused the login" in screen


def run(address: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a job does."""
    return subprocess.run(
        words(address),
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def test_a_job_takes_the_password_from_where_jobs_have_it(address: str, tmp_path: Path) -> None:
    refused = run(address, tmp_path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "asks for the password of guarded_cli" in refused.stderr
    assert run(address, tmp_path, PGPASSWORD=PASSWORD).returncode == 0
    file = tmp_path / "passwords"
    file.write_text(f"127.0.0.1:*:*:*:{PASSWORD}\n")
    file.chmod(0o600)
    assert run(address, tmp_path, PGPASSFILE=str(file)).returncode == 0
