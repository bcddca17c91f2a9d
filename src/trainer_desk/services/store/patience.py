"""A connection to a server that does not wait for ever: a line on which nothing moves counts as one that broke."""

import time
from collections.abc import Generator
from typing import Any

import psycopg

PATIENCE_SECONDS = 35.0
"""Longer than the server itself works on a statement (`statement_timeout`), so only silence is ended by it."""


class PatientConnection(psycopg.Connection[Any]):
    """Gives the server up after so long without a sign: a network can swallow what was sent, and say nothing."""

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **named: Any) -> Any:
        """Carry out one step of the driver; raises OperationalError, with the connection closed, after a silence."""
        return super().wait(self._limited(gen), *args, **named)

    def _limited(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Look at the clock whenever the driver comes back from waiting; it does so ten times a second."""
        until = time.monotonic() + PATIENCE_SECONDS
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    until = time.monotonic() + PATIENCE_SECONDS
                elif time.monotonic() > until:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
