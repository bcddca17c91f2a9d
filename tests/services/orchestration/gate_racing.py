"""What one process of a scramble for places does at a server: deeds drawn at random, by a login of its own."""

from collections import Counter
from dataclasses import dataclass
from random import Random
from threading import Barrier
from typing import Any

from trainer_desk.services.errors import DatabaseTrouble, DeskError
from trainer_desk.services.orchestration import attending, signing_up
from trainer_desk.services.seats import enrolling, settling
from trainer_desk.services.store.engine import Store, open_store


@dataclass(frozen=True)
class Wish:
    """Who scrambles (`role`), where, and for whom: the sessions and people that deeds are drawn from."""

    address: str
    start: Barrier
    role: str
    sessions: tuple[int, ...]
    people: tuple[int, ...]
    deeds: int
    beginning: int


def scramble(wish: Wish) -> Counter[str]:
    """Begin together with everybody else; count what came of each deed, troubles with their reason."""
    rnd, came = Random(wish.beginning), Counter[str]()
    store = open_store(wish.address)
    try:
        wish.start.wait(60)
        for _ in range(wish.deeds):
            verb, words = _deed(rnd, wish)
            came[_came_of(store, verb, words)] += 1
    finally:
        store.close()
    return came


def _deed(rnd: Random, wish: Wish) -> tuple[Any, list[Any]]:
    session, people = rnd.choice(wish.sessions), rnd.sample(wish.people, min(len(wish.people), rnd.randint(1, 2)))
    if wish.role == "requester":
        verbs = (signing_up.sign_up, signing_up.join_waitlist, signing_up.join_waitlist, signing_up.cancel_sign_up,
                 signing_up.accept_own_offer, signing_up.decline_own_offer)  # fmt: skip
        return rnd.choice(verbs), [session]
    if wish.role == "trainer":
        if rnd.random() < 0.2:
            return settling.settle_due, []
        return rnd.choice([(attending.walk_in, [session, people]), (attending.admit, [session, people[0]])])
    return rnd.choice(
        [
            (enrolling.enroll, [session, people]),
            (enrolling.withdraw_all, [session, people[:1]]),
            (settling.settle_sessions, [[session]]),
        ]
    )


def _came_of(store: Store, verb: Any, words: list[Any]) -> str:
    try:
        answer = store.write("Scramble", verb, *words).value
    except DatabaseTrouble as trouble:
        return f"trouble: {trouble.facts}"
    except DeskError as refusal:
        return refusal.code
    return str(getattr(answer, "outcome", "done"))
