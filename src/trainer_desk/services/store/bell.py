"""Wakes a thread that waits: for a while, for something to read, or until it is to end."""

import selectors
import socket
from typing import Protocol


class Readable(Protocol):
    """What a wait can also be ended by: something arrives on it."""

    def fileno(self) -> int:
        """Return the descriptor of its socket."""


class Bell:
    """Rung once and for all, by any thread; only one thread waits."""

    def __init__(self) -> None:
        self._heard, self._rope = socket.socketpair()
        self.is_rung = False

    def ring(self) -> None:
        """End every wait, now and later."""
        if not self.is_rung:
            self.is_rung = True
            self._rope.send(b"!")

    def wait(self, seconds: float, other: Readable | None = None) -> bool:
        """Wait so long, or until there is something to read from `other`, or until rung; return whether it is rung."""
        if not self.is_rung:
            with selectors.DefaultSelector() as selector:
                for each in (self._heard, other):
                    if each is not None:
                        selector.register(each, selectors.EVENT_READ)
                selector.select(seconds)
        return self.is_rung

    def close(self) -> None:
        """Let its sockets go; nobody waits any more."""
        self._heard.close()
        self._rope.close()
