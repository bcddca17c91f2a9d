"""What workstations do to booking requests at one instant, and the lock that can be taken out of their program."""

import contextlib
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier
from typing import Any
from unittest import mock

from tests.faults.workstations import SECONDS, Answer, told
from trainer_desk.services.orchestration import accepting
from trainer_desk.services.requests import deciding, filing
from trainer_desk.services.requests.reading import load_request
from trainer_desk.services.store.engine import Store


def accept(store: Store, request: int) -> Answer:
    return told(lambda: store.write("Accept", accepting.accept, request))


def accept_into(store: Store, request: int, session: int) -> Answer:
    return told(lambda: store.write("Accept", accepting.accept_into_session, request, session))


def decline(store: Store, request: int) -> Answer:
    return told(lambda: store.write("Decline", deciding.decline, request, "No"))


def cancel(store: Store, request: int) -> Answer:
    return told(lambda: store.write("Cancel", filing.cancel_request, request))


@contextlib.contextmanager
def no_lock(barrier: Barrier) -> Iterator[None]:
    """Have nobody lock the request, and everybody read it before anybody writes."""
    waits = iter([True])

    def look(db: Any, request_id: int, **_version: Any) -> Any:
        found = load_request(db, request_id)
        if next(waits, False):
            barrier.wait(SECONDS)
        return found

    with mock.patch.object(accepting, "lock_request", look):
        yield
