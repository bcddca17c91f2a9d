"""A connection to a server that does not wait for ever: a line on which nothing moves counts as one that broke."""

import time
from collections.abc import Generator
from select import select
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

QUIET_SECONDS = 4.0
"""After so long without a sign the server is asked over another line whether it still works on this."""

ASK_SECONDS = 3
"""How long that may take, to connect and to answer: a question ends within 10 s of a network that fell silent."""

PATIENCE_SECONDS = 35.0
"""Longer than the server itself works on a statement (`statement_timeout`), so only silence is ended by it."""

STATE_OF = "SELECT state FROM pg_stat_activity WHERE pid = %s"
END_OF = "SELECT pg_terminate_backend(%s)"
WAITS_FOR_US = frozenset({"idle", "idle in transaction", "idle in transaction (aborted)"})
"""What a server process does that has sent its answer, or never got the question."""


class ServerSilent(psycopg.OperationalError):
    """The server is not heard on a new line either: to ask it once more would only take longer."""

    is_silent = True


class PatientConnection(psycopg.Connection[Any]):
    """Gives the server up after so long without a sign: a network can swallow what was sent, and say nothing."""

    limit = PATIENCE_SECONDS
    address = ""
    """How the same server is reached again; empty for a line that asks about another one."""

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **named: Any) -> Any:
        """Carry out one step of the driver; raises OperationalError, with the connection closed, after a silence.

        It is closed, too, when it may only read: it would stay so, even once the server may be written to again, and
        where the primary has become a standby a new one finds the other host.
        """
        try:
            return super().wait(self._limited(gen), *args, **named)
        except psycopg.errors.ReadOnlySqlTransaction:
            self.pgconn.finish()
            raise

    def _limited(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Look at the clock whenever the driver comes back from waiting; it does so ten times a second."""
        since = asked = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                now = time.monotonic()
                if ready:
                    since = asked = now
                elif now - since > min(self.limit, PATIENCE_SECONDS):
                    raise self._given_up(psycopg.OperationalError("the server does not answer"))
                elif self.address and now - asked > QUIET_SECONDS:
                    self._require_at_work()
                    asked = time.monotonic()
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value

    def _require_at_work(self) -> None:
        """Ask on a line of its own what the server does for this one; raises when it is silent or waits for us.

        What it still holds for us it lets go: its process is ended. A server that refuses the line is alive.
        """
        process = self.pgconn.backend_pid
        try:
            with PatientConnection.connect(self.address, autocommit=True) as other:
                other.limit = ASK_SECONDS
                found = other.execute(STATE_OF, [process]).fetchone()
                is_at_work = found is not None and found[0] not in WAITS_FOR_US
                if is_at_work or self._has_answered():
                    return
                other.execute(END_OF, [process])
        except psycopg.OperationalError as trouble:
            if "FATAL:" in str(trouble):
                return
            raise self._given_up(ServerSilent("the server does not answer")) from trouble
        raise self._given_up(psycopg.OperationalError("the line to the server is dead"))

    def _has_answered(self) -> bool:
        """Whether the answer came while the server was asked."""
        return bool(select([self.pgconn.socket], [], [], 0.1)[0])

    def _given_up(self, error: psycopg.OperationalError) -> psycopg.OperationalError:
        self.pgconn.finish()
        return error


def connect_patiently(*words: Any, **named: Any) -> PatientConnection:
    """Connect as psycopg does, by a connection that is not waited for in vain; raises psycopg's errors."""
    connection = PatientConnection.connect(*words, **named)
    info = connection.info
    here = {"host": info.host, "hostaddr": info.hostaddr, "port": info.port, "target_session_attrs": "any"}
    wanted = {name: value for name, value in (named | here).items() if value and name != "context"}
    connection.address = make_conninfo(*words, **wanted | {"connect_timeout": ASK_SECONDS})
    return connection
