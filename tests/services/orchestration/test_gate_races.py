"""People with logins of their own, trainers at their doors and planners scramble for the same few places of a server.

No seat is sold twice, no promotion is lost, nobody waits for each other in a ring (K3, K5, K8).
"""

import datetime as dt
import multiprocessing
from collections import Counter
from typing import Any

import pytest

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import make_course, make_people, make_run, make_scheduled, make_trainer, prepared
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from tests.services.orchestration.gate_racing import Wish, scramble
from tests.services.seats.desk import judge
from trainer_desk.models.enums import OverlapPolicy, Role, WaitlistMode, WaitlistOrder
from trainer_desk.services.store.engine import Store

PEOPLE, DEEDS = 6, 25
REQUESTERS, TRAINERS, PLANNERS = 4, 1, 2


def crowded(store: Store) -> tuple[list[int], list[int], list[int]]:
    """Make three sessions, two of them of a capped run, two at one time; give sessions, people and trainers."""
    start = store.clock.now() + dt.timedelta(days=7)
    with prepared(store) as db:
        course = make_course(db, sign_up=True, overlap_policy=OverlapPolicy.BLOCK)
        run = make_run(db, course=course, max_people=2)
        trainers = [make_trainer(db, courses=[course]) for _ in range(3)]
        shapes = [(WaitlistMode.ENROL, 0), (WaitlistMode.OFFER, 0), (WaitlistMode.ENROL, 3)]
        sessions = [
            make_scheduled(
                db, course=course, trainer=trainer, capacity=1, waitlist=mode, waitlist_order=WaitlistOrder.URGENT,
                starts_at=start + dt.timedelta(hours=hours), run_id=run if number % 2 == 0 else None,
            )
            for number, ((mode, hours), trainer) in enumerate(zip(shapes, trainers, strict=True))
        ]  # fmt: skip
        return sessions, make_people(db, PEOPLE), trainers


@pytest.mark.postgres
def test_nothing_is_lost_in_a_scramble(run: Run, postgres_server: str) -> None:
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        store = factory()
        sessions, people, trainers = crowded(store)
        came = _scramble(_wishes(store, url, sessions, people, trainers))
        assert not {name for name in came if name.startswith("trouble")}, came
        assert came["enrolled"] > 0, came
        assert judge(store, store.clock.now()) == []
        factory.close()


def _wishes(
    store: Store, url: str, sessions: list[int], people: list[int], trainers: list[int]
) -> list[dict[str, Any]]:
    """Say who scrambles: people with logins, trainers in own sessions, and planners by the database's owner."""
    own = [make_login(store, Role.REQUESTER, person_id=person) for person in people[:REQUESTERS]]
    doors = [make_login(store, Role.TRAINER, trainer_id=trainer) for trainer in trainers[:TRAINERS]]
    everywhere, everybody = tuple(sessions), {"people": tuple(people)}
    return [
        *({"address": login_url(url, one), "role": "requester", "sessions": everywhere} | everybody for one in own),
        *(
            {"address": login_url(url, one), "role": "trainer", "sessions": (session,)} | everybody
            for one, session in zip(doors, sessions, strict=False)
        ),
        *({"address": url, "role": "planner", "sessions": everywhere} | everybody for _ in range(PLANNERS)),
    ]


def _scramble(wishes: list[dict[str, Any]]) -> Counter[str]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.services.orchestration.gate_racing"])
    with context.Manager() as manager, context.Pool(len(wishes)) as pool:
        line = manager.Barrier(len(wishes))
        told = [Wish(start=line, deeds=DEEDS, beginning=number, **wish) for number, wish in enumerate(wishes)]
        return sum(pool.map(scramble, told, chunksize=1), Counter())
