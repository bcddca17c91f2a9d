"""A small organisation with people who ask for sessions: Mia leads Ola and Pat, Pat leads Quy; Zed is nobody's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.factories import at, make_account, make_course, make_person, make_run, make_trainer, make_venue, prepared
from trainer_desk.models.enums import Role
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.orchestration import accepting
from trainer_desk.services.requests import deciding, filing
from trainer_desk.services.requests.reading import load_request
from trainer_desk.services.rows.requests import Accepted, RequestRow, Wish
from trainer_desk.services.store.engine import Store

NOW = at("2026-07-01 12:00")
NINE, TEN, ELEVEN = (at(f"2026-07-06 {hour}:00") for hour in ("09", "10", "11"))


@dataclass
class Asking:
    """Courses FIRE (usual capacity 8) and AID; Ann teaches both, Bo FIRE; a room and a hall of two halves."""

    store: Store
    clock: FixedClock
    fire: int
    aid: int
    old: int
    ann: int
    bo: int
    left: int
    room: int
    hall: int
    hall_a: int
    run: int
    people: dict[str, int]

    def wish(self, names: str = "", **others: Any) -> Wish:
        """Wish for FIRE on Monday from nine to ten with Ann in the room, unless `others` say otherwise."""
        plan: dict[str, Any] = {
            "course_id": self.fire,
            "trainer_id": self.ann,
            "venue_id": self.room,
            "starts_at": NINE,
            "ends_at": TEN,
        }
        return Wish(**plan | {"person_ids": self.ids(names)} | others)

    def ids(self, names: str) -> tuple[int, ...]:
        return tuple(self.people[name] for name in names.split())

    def do(self, verb: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Carry out a verb as one write and return what it answers."""
        return self.store.write("Test", verb, *args, **more).value

    def as_login(self, login: str, verb: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Carry out a verb in the name of a login, also where the store of the tests is somebody else's."""
        with self.store.writing("Test", actor=login) as unit:
            return verb(unit.db, *args, actor=login, now=unit.now, **more)

    def file(self, names: str = "", *, by: str = "mia", **others: Any) -> int:
        return int(self.as_login(by, filing.file_request, self.wish(names, **others)))

    def request(self, request_id: int) -> RequestRow:
        return self.store.read(load_request, request_id)

    def accept(self, request_id: int, fields: dict[str, Any] | None = None, **more: Any) -> Accepted:
        accepted: Accepted = self.do(accepting.accept, request_id, fields, **more)
        return accepted

    def decline(self, request_id: int, reason: str = "No trainer") -> None:
        self.do(deciding.decline, request_id, reason)


def make_asking(open_store: Callable[[FixedClock], Store]) -> Asking:
    """Fill an empty organisation; it is noon on 1 July 2026."""
    clock = FixedClock(NOW)
    store = open_store(clock)
    with prepared(store) as db:
        people = {name: make_person(db, name, employee_no=name) for name in ("Mia", "Zed")}
        people |= {name: make_person(db, name, employee_no=name, manager_no="Mia") for name in ("Ola", "Pat")}
        people["Quy"] = make_person(db, "Quy", employee_no="Quy", manager_no="Pat")
        people["Gone"] = make_person(db, "Gone", employee_no="Gone", manager_no="Mia", active=False)
        make_account(db, "mia", Role.REQUESTER, person_id=people["Mia"])
        make_account(db, "zed", Role.REQUESTER, person_id=people["Zed"])
        make_account(db, "newcomer", Role.REQUESTER)
        fire, aid = make_course(db, "FIRE", default_capacity=8), make_course(db, "AID")
        hall = make_venue(db, "HALL")
        return Asking(
            store,
            clock,
            fire,
            aid,
            old=make_course(db, "OLD", active=False),
            ann=make_trainer(db, "ANN", courses=[fire, aid]),
            bo=make_trainer(db, "BO", courses=[fire]),
            left=make_trainer(db, "LEFT", courses=[fire], active=False),
            room=make_venue(db, "ROOM"),
            hall=hall,
            hall_a=make_venue(db, "HALL-A", part_of=hall),
            run=make_run(db, "JULY", course=fire),
            people=people,
        )
