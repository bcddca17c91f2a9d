"""What a requester tries with a bare client of the server: others' places, the engine beneath, names (U2)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from tests.databases import StoreFactory, postgres_organisation
from tests.factories import make_account, make_course, make_enrollment, make_people, make_scheduled, prepared
from tests.logins import login_url, make_login
from tests.postgres_server import Run
from trainer_desk.models.enums import EnrollmentState, Role, WaitlistMode
from trainer_desk.services.orchestration.signing_up import cancel_sign_up
from trainer_desk.services.seats.roster import load_seats
from trainer_desk.services.store.engine import Store

pytestmark = pytest.mark.postgres

CONFIRMED, WAITLISTED = EnrollmentState.CONFIRMED, EnrollmentState.WAITLISTED
BENEATH = (
    "seat_people(ARRAY[1], 1, ARRAY[2], now())", "give_place(1, 2, 'confirmed', NULL, now())", "promote(1, 2, now())",
    "take_out(1, 2, NULL, now())", "settle_scope(ARRAY[1], now())", "settle_stuck_now()", "confirm_offer(1, 2, now())",
    "lock_scope(ARRAY[1], ARRAY[2], ARRAY[2], now())", "lock_seats(ARRAY[1], ARRAY[2])", "know_place(1, 2, now())",
    "queue_of(1, ARRAY[2], true)", "seat_clashes(1, 2, now())", "put_back('enrollments', '1', NULL, now())",
    "leave_session(1, 2, now())", "sweep_lapsed(ARRAY[1], now())", "find_session(1)",
)  # fmt: skip
AT_THE_DOOR = ("walk_in(1, ARRAY[2])", "admit(1, 2)", "settle_due_now()", "reverse_own(1)")


@dataclass
class Client:
    """Ann's bare client, what others see, and a full session where Ann has a seat, one is offered and one waits."""

    sql: psycopg.Connection
    store: Store
    session: int
    ann: int
    others: list[int]

    def refused(self, call: str) -> psycopg.Error:
        with pytest.raises(psycopg.Error) as refusal, self.sql.transaction():
            self.sql.execute(f"SELECT {call}")  # type: ignore[arg-type]
        return refusal.value

    def stands(self) -> dict[int, str]:
        return {seat.person_id: seat.state.value for seat in self.store.read(load_seats, self.session)}


@pytest.fixture
def client(run: Run, postgres_server: str) -> Iterator[Client]:
    with postgres_organisation(run, postgres_server) as url:
        factory = StoreFactory(url)
        store = factory()
        with prepared(store) as db:
            course = make_course(db, sign_up=True)
            ann, bo, cy = make_people(db, 3)
            shape = {"capacity": 2, "waitlist": WaitlistMode.ENROL}
            start = store.clock.now() + dt.timedelta(days=7)
            session = make_scheduled(db, course=course, starts_at=start, **shape)
            for person, state in ((ann, CONFIRMED), (bo, CONFIRMED), (cy, WAITLISTED)):
                make_enrollment(db, session, person, state)
        login = make_login(store, Role.REQUESTER, person_id=ann)
        with psycopg.connect(login_url(url, login), autocommit=True) as sql:
            yield Client(sql, store, session, ann, [bo, cy])
        factory.close()


@pytest.mark.parametrize("call", [*BENEATH, *AT_THE_DOOR], ids=lambda call: call.split("(")[0])
def test_the_functions_beneath_are_for_nobody(client: Client, call: str) -> None:
    before = client.stands()
    assert client.refused(call).sqlstate == "42501"
    assert client.stands() == before


def test_what_is_called_concerns_the_own_person_alone(client: Client) -> None:
    for call in ("cancel_sign_up", "join_waitlist"):
        client.sql.execute(f"SELECT {call}({client.session})")  # type: ignore[arg-type]
    bo, cy = client.others
    assert client.stands() == {client.ann: "waitlisted", bo: "confirmed", cy: "confirmed"}
    [ours] = client.sql.execute("SELECT array_agg(DISTINCT person_id) FROM enrollments").fetchall()
    assert ours == ([client.ann],)
    assert client.sql.execute("SELECT session_id, rank FROM seen_places()").fetchall() == [(client.session, 1)]
    assert client.sql.execute(f"SELECT * FROM seen_ranks({client.session})").fetchall() == [(client.ann, 1)]  # type: ignore[arg-type]


def test_the_own_history_names_nobody_who_got_the_seat(client: Client) -> None:
    client.sql.execute(f"SELECT cancel_sign_up({client.session})")  # type: ignore[arg-type]
    rows = client.sql.execute("SELECT tbl, coalesce(after, before) ->> 'person_id' FROM change_rows").fetchall()
    assert {person for table, person in rows if table == "enrollments"} == {str(client.ann)}
    assert client.stands()[client.others[1]] == "confirmed"


def test_nobody_takes_a_seat_back_that_went_on(client: Client) -> None:
    client.sql.execute(f"SELECT cancel_sign_up({client.session})")  # type: ignore[arg-type]
    [(change,)] = client.sql.execute("SELECT max(id) FROM changes").fetchall()
    before = client.stands()
    assert client.refused(f"take_back_place({change})").sqlstate == "TD001"
    assert client.stands() == before


def test_somebody_elses_change_is_not_there(client: Client) -> None:
    with prepared(client.store) as db:
        make_account(db, "bo", Role.REQUESTER, person_id=client.others[0])
    changes = client.store.write("Bo leaves", cancel_sign_up, client.session, actor="bo").changes
    for call in ("take_back_place", "take_back_request"):
        refusal = client.refused(f"{call}({changes.change_id})")
        assert (refusal.sqlstate, refusal.diag.message_primary) == ("TD001", "not_found")


def test_who_is_disabled_does_nothing_more(client: Client) -> None:
    with prepared(client.store) as db:
        db.connection().exec_driver_sql(
            "UPDATE accounts SET disabled_at = now(), version = version + 1, updated_at = now()"
            f" WHERE person_id = {client.ann}"
        )
    refusal = client.refused(f"cancel_sign_up({client.session})")
    assert refusal.sqlstate in {"TD001", "42501"}
    assert client.stands()[client.ann] == "confirmed"
