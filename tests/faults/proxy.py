"""A line to a PostgreSQL server that can be bad: it cuts at COMMIT, swallows the answer, or falls silent."""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from enum import Enum
from urllib.parse import urlsplit

BYTES = 65536
SECONDS = 60
LOOK_SECONDS = 0.05
FOR_EVER = 1_000_000


class Fault(Enum):
    """What happens to a COMMIT on its way."""

    EAT = "the server does it, but its answer is swallowed and the line is cut"
    CUT = "the line is cut before it reaches the server"
    HOLD = "the line to the client is cut; the server hears of it only at `release`"
    SILENCE = "the server does it, but its answer never comes, and the line is not cut"


class Proxy:
    """Passes everything between clients and one server, until a fault is planned; `met` are the faults that happened.

    `taken` and `turned_away` count the connections of clients. For lines without encryption: it must see COMMIT.
    """

    def __init__(self, server_url: str) -> None:
        """Open a port of its own; `url` leads through it to the same database."""
        parts = urlsplit(server_url)
        self._server = (parts.hostname or "", parts.port or 5432)
        self._listener = socket.create_server(("127.0.0.1", 0))
        login = f"{parts.username}@" if parts.username else ""
        self.url = parts._replace(netloc=f"{login}127.0.0.1:{self._listener.getsockname()[1]}").geturl()
        self.met: list[Fault] = []
        self._planned: list[Fault] = []
        self._away = 0
        self._to_turn_away = 0
        self.taken = 0
        self.turned_away = 0
        self.silenced = 0
        self._born = self._silent_until = 0
        self._over, self._released, self._is_silent = threading.Event(), threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._cut = 0
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def plan(self, *faults: Fault, away: int = 0) -> None:
        """Let these happen to the next COMMITs; with the last, cut all lines and turn away as many new ones."""
        with self._lock:
            self._planned += faults
            self._away = away

    def cut(self, *, away: int = 0) -> None:
        """Cut all lines that there are, and turn away as many new connections."""
        with self._lock:
            self._cut += 1
            self._to_turn_away = away

    def silence(self) -> None:
        """Let nothing pass any more; new connections are taken and never answered."""
        self._is_silent.set()

    def speak(self) -> None:
        """Cut the silent lines, and let everything pass again."""
        self.cut()
        self._is_silent.clear()

    def silence_now(self) -> None:
        """Let nothing pass any more on the lines that there are; new ones are good."""
        with self._lock:
            self._silent_until = self._born
            self.silenced += 1

    def release(self) -> None:
        """Hand on the COMMIT that is held."""
        self._released.set()

    def close(self) -> None:
        """Cut everything and wait until all threads have ended."""
        self._over.set()
        self._released.set()
        self._listener.close()
        for thread in self._threads:
            thread.join(SECONDS)

    # ---- threads ---------------------------------------------------------------------------------------------------

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                if not select.select([self._listener], [], [], LOOK_SECONDS)[0]:
                    continue
                client, _ = self._listener.accept()
            except (OSError, ValueError):  # closed meanwhile
                return
            with self._lock:
                is_welcome = self._to_turn_away == 0
                self._to_turn_away -= not is_welcome
                self.taken += is_welcome
                self.turned_away += not is_welcome
                cut = self._cut
                self._born += 1
                number = self._born
            if is_welcome:
                self._start(self._pump, client, cut, number)
            else:
                client.close()

    def _pump(self, client: socket.socket, cut: int, number: int) -> None:
        with client, socket.create_connection(self._server) as server, contextlib.suppress(OSError):
            while self._cut == cut and not self._over.is_set():
                if self._is_silent.is_set() or number <= self._silent_until:
                    self._over.wait(LOOK_SECONDS)
                    continue
                ready, _, _ = select.select([client, server], [], [], LOOK_SECONDS)
                for end in ready:
                    data = end.recv(BYTES)
                    fault = self._take() if end is client and b"COMMIT" in data else None
                    if fault is not None:
                        self._break(fault, client, server, data)
                    if not data or fault is not None:
                        return
                    (server if end is client else client).sendall(data)

    def _take(self) -> Fault | None:
        with self._lock:
            if not self._planned:
                return None
            fault = self._planned.pop(0)
            self.met.append(fault)
            if self._away and not self._planned:
                self._cut += 1
                self._to_turn_away = self._away
            return fault

    def _break(self, fault: Fault, client: socket.socket, server: socket.socket, data: bytes) -> None:
        if fault is Fault.EAT:
            server.sendall(data)
            server.recv(BYTES)
        elif fault is Fault.HOLD:
            client.close()
            self._released.wait(SECONDS)
            server.sendall(data)
            server.recv(BYTES)
        elif fault is Fault.SILENCE:
            server.sendall(data)
            self._over.wait(SECONDS)


@contextlib.contextmanager
def bad_line(server_url: str) -> Iterator[Proxy]:
    """Lend a line to that server, good until something is planned."""
    proxy = Proxy(server_url)
    try:
        yield proxy
    finally:
        proxy.close()
