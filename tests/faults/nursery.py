"""A warm process that forks clients which may be killed at any instant: nobody but they knows their connections."""

import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from tests.faults.workstations import CONTEXT, SECONDS

CRASHED = 1
"""How a client ends that raised; what it was is in the nursery's folder."""


class Nursery:
    """Forks clients in a few milliseconds, with everything loaded; they are its children, and anybody may kill them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pipe, theirs = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=serve, args=(theirs, folder), daemon=True)
        self.process.start()
        theirs.close()

    def start(self, deed: Callable[..., Any], *arguments: Any) -> int:
        """Fork a client that does this and ends; give its process id."""
        return self._ask("start", deed, arguments)

    def wait(self, client: int) -> int:
        """Wait until a client has ended; give its exit code, negative for a signal."""
        code = self._ask("wait", client)
        assert code != CRASHED, (self.folder / f"{client}.txt").read_text()
        return code

    def kill(self, client: int) -> None:
        """End a client at once, whatever it is doing."""
        os.kill(client, signal.SIGKILL)
        self.wait(client)

    def close(self) -> None:
        """End the process; whoever still lives ends with it."""
        self.pipe.send(None)
        self.process.join(SECONDS)

    def _ask(self, *question: Any) -> int:
        self.pipe.send(question)
        assert self.pipe.poll(SECONDS), f"the nursery does not answer: {question}"
        return int(self.pipe.recv())


def serve(pipe: Pipe, folder: Path) -> None:
    """Fork and bury until there is nothing more to do."""
    clients: set[int] = set()
    while (question := pipe.recv()) is not None:
        match question:
            case ("start", deed, arguments):
                client = os.fork()
                if not client:
                    pipe.close()
                    live(deed, arguments, folder)
                clients.add(client)
                pipe.send(client)
            case ("wait", client):
                clients.discard(client)
                pipe.send(os.waitstatus_to_exitcode(os.waitpid(client, 0)[1]))
    for client in clients:
        os.kill(client, signal.SIGKILL)


def live(deed: Callable[..., Any], arguments: tuple[Any, ...], folder: Path) -> None:
    """Do the deed and end without anything that a program does at its end."""
    code = CRASHED
    try:
        deed(*arguments)
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the test must see it
        (folder / f"{os.getpid()}.txt").write_text(traceback.format_exc())
    finally:
        os._exit(code)
