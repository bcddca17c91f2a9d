"""Carries one write through until it is known whether it was done: its key is looked up before it is done again."""

import logging
import random
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sqlalchemy import Connection

from trainer_desk.services.changes import Changes
from trainer_desk.services.errors import Again, DatabaseTrouble, DeskError
from trainer_desk.services.store.afterwards import Afterwards, wanted_of
from trainer_desk.services.store.trouble import is_lost, is_repeated, is_worth_retrying
from trainer_desk.services.store.unit import Unit, find_change

LOG = logging.getLogger(__name__)
T = TypeVar("T")

TRIES = 3
"""How often a unit runs that meets deadlocks or lost races, or that loses its connection."""

MORE_TRIES = 10
"""How often a unit runs again that asks for it, because it must lock more than it knew."""

PAUSE_SECONDS = (0.001, 0.01)
"""Before a unit runs again because its locks have grown; the second time twice as long, and so on."""

RECONNECT_SECONDS = 5.0
"""How long after a loss a try to reach the server may begin; the last one takes 5 s at most (`connect_timeout`)."""

RECONNECT_PAUSE_SECONDS = (0.05, 0.2)


@dataclass(slots=True)
class Tries:
    """How often one unit may still run again, by what stopped it."""

    raced: int = TRIES - 1
    lost: int = TRIES - 1
    grown: int = MORE_TRIES

    def allow(self, error: DeskError) -> bool:
        """Whether the unit may run again after this; counts it, and lets the others pass if its locks have grown."""
        if isinstance(error, Again):
            self.grown -= 1
            time.sleep(random.uniform(*PAUSE_SECONDS) * (MORE_TRIES - self.grown))
            return self.grown >= 0
        if is_lost(error):
            self.lost -= 1
            return self.lost >= 0
        self.raced -= 1
        return self.raced >= 0 and is_worth_retrying(error)


class OneWrite(Generic[T]):
    """One write with its key, from the first try to the answer.

    The change with the key is the first row of every try, so a try can only begin once all earlier ones are known
    to have left nothing: the unique key waits for one that is still under way, and refuses after one that was done.
    """

    def __init__(
        self,
        key: str,
        label: str,
        opening: Callable[[], AbstractContextManager[Unit]],
        asking: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        """Take what opens a transaction whose change carries the key, and what lends a connection for questions."""
        self._key = key
        self._label = label
        self._opening = opening
        self._asking = asking
        self._tries = Tries()
        self._answers: dict[int, tuple[T, tuple[Afterwards, ...]]] = {}
        self._is_unknown = False
        self._deadline: float | None = None
        self._concerned: Collection[int] = ()
        self.afterwards: tuple[Afterwards, ...] = ()
        """What the verb wants done now that its transaction is committed; of what somebody else did before, nothing."""

    def run(self, prepare: Callable[[], Callable[[Unit], T]]) -> tuple[T, Changes, bool]:
        """Do it exactly once; return the answer, what changed, and whether somebody else had done it before.

        Raises DatabaseTrouble `connection_lost` when the server stays away; then the fact `key` serves to ask for
        the same once more, and `unknown` (the label) is there if it may have been done.
        """
        while True:
            try:
                return self._try(prepare())
            except DeskError as error:
                done = self._look_up(error)
                if done is not None:
                    return done
                if isinstance(error, Again):
                    self._concerned = error.facts.get("concerned", ())
                if not self._tries.allow(error):
                    if self._is_unknown or is_lost(error):
                        raise self._lost(error) from error
                    raise

    def _try(self, deed: Callable[[Unit], T]) -> tuple[T, Changes, bool]:
        sent: Unit | None = None
        try:
            with self._opening() as unit:
                self._is_unknown = False
                unit.db.info["concerned"] = self._concerned
                value = deed(unit)
                sent = unit
        except DeskError as error:
            if sent is not None and sent.is_sent and is_lost(error):
                self._answers[sent.change_id] = value, wanted_of(sent.db)
                self._is_unknown = True
            raise
        if not unit.is_discarded:
            self.afterwards = wanted_of(unit.db)
        return value, unit.changes, False

    def _look_up(self, error: DeskError) -> tuple[T, Changes, bool] | None:
        if not (self._is_unknown or is_lost(error) or is_repeated(error)):
            return None
        try:
            found = self._found()
        except DatabaseTrouble as trouble:
            if self._is_unknown or is_lost(trouble):
                raise self._lost(trouble) from error
            raise
        if found is None or found.change_id is None:
            return None
        LOG.info("%s is done already (change %s)", self._label, found.change_id)
        if found.change_id in self._answers:
            value, self.afterwards = self._answers[found.change_id]
            return value, found, False
        return cast(T, None), found, True

    def _found(self) -> Changes | None:
        """Ask for the key as soon as the server can be reached; raises the last trouble when it cannot."""
        if self._deadline is None:
            self._deadline = time.monotonic() + RECONNECT_SECONDS
        while True:
            try:
                with self._asking() as connection:
                    return find_change(connection, self._key)
            except DatabaseTrouble as trouble:
                if not is_lost(trouble) or time.monotonic() > self._deadline:
                    raise
            time.sleep(random.uniform(*RECONNECT_PAUSE_SECONDS))

    def _lost(self, error: DeskError) -> DatabaseTrouble:
        facts = error.facts | {"why": "connection_lost", "key": self._key}
        if self._is_unknown:
            facts["unknown"] = self._label
        return DatabaseTrouble("connection_lost", **facts)
