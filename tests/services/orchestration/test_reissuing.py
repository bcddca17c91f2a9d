"""A certificate is issued again for a reason; a session tells what it proves (A5, A7)."""

import datetime as dt

import pytest
import sqlalchemy as sa

from tests.databases import StoreFactory
from tests.factories import at, make_compliance, prepared
from tests.services.orchestration.certified import NOW, Room, compliant
from trainer_desk.models.enums import Attendance, CertificateEnd, ComplianceStatus, Result
from trainer_desk.services.clock import FixedClock
from trainer_desk.services.dossiers.session_certificates import load_session_proof
from trainer_desk.services.errors import BadValue, NotFound, Stale
from trainer_desk.services.orchestration.reissuing import reissue
from trainer_desk.services.orchestration.soundness import check_database
from trainer_desk.services.orchestration.undoing import undo_last
from trainer_desk.services.people.certificates import load_certificate
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rows.certificates import WhyNot
from trainer_desk.services.rules.certificates import checksum_of
from trainer_desk.texts import error_text

LATER = at("2026-08-03 09:00")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def room(store_factory: StoreFactory, clock: FixedClock) -> Room:
    return Room(store_factory(clock))


def test_a_new_revision_has_the_names_of_today_and_keeps_what_was_earned(room: Room, clock: FixedClock) -> None:
    room.complete(room.session, room.ada)
    [first] = room.live(room.ada)
    with prepared(room.store) as db:
        db.execute(sa.text("UPDATE people SET name = 'Ada King', version = version + 1 WHERE employee_no = 'A'"))
        db.execute(sa.text("UPDATE courses SET title = 'Fire', validity_months = 1, version = version + 1"))
        db.execute(sa.text("UPDATE resources SET name = 'Jon Smyth', version = version + 1 WHERE code = 'SMITH'"))
        recompute(db)
    clock.instant = LATER
    key = room.store.write("Issue again", reissue, first.id, " Married ").value
    second = room.store.read(load_certificate, key)
    assert (second.number, second.revision, second.reason, second.is_live) == (first.number, 2, "Married", True)
    assert (second.person_name, second.course_title, second.trainer_name) == ("Ada King", "Fire", "Jon Smyth")
    assert (second.held_on, second.minutes, second.expires_on) == (first.held_on, first.minutes, first.expires_on)
    assert (second.issued_at, second.certified_at) == (LATER, first.certified_at)
    assert (second.checksum, second.checksum == first.checksum) == (checksum_of(second), False)
    assert room.store.read(load_certificate, first.id).withdrawn_why is CertificateEnd.REPLACED
    assert room.item(room.ada) == compliant(2027, 7, 6)
    assert {one.code for one in room.store.read(check_database)} <= {"keys_stale"}
    undo_last(room.store)
    assert [row.id for row in room.live(room.ada)] == [first.id]


def test_issuing_again_is_no_news_against_what_was_attested_since(room: Room, clock: FixedClock) -> None:
    room.complete(room.session, room.ada)
    with prepared(room.store) as db:
        make_compliance_anew(db, room)
        recompute(db)
    lost = (ComplianceStatus.NON_COMPLIANT, dt.date(2026, 7, 25))
    assert room.item(room.ada) == lost
    clock.instant = LATER
    room.store.write("Issue again", reissue, room.live(room.ada)[0].id, "Typing error")
    assert room.item(room.ada) == lost


def make_compliance_anew(db: sa.orm.Session, room: Room) -> None:
    """Attest, after the certificate was earned, that Ada is not compliant."""
    db.execute(sa.text("DELETE FROM compliance_items"))
    make_compliance(db, room.ada, room.course, ComplianceStatus.NON_COMPLIANT, dt.date(2026, 7, 25))
    db.execute(sa.text("UPDATE attestations SET stated_at = '2026-07-25T08:00:00Z', version = version + 1"))


def test_what_cannot_be_issued_again(room: Room) -> None:
    room.complete(room.session, room.ada)
    [first] = room.live(room.ada)
    with pytest.raises(BadValue) as refusal:
        room.store.write("Issue again", reissue, first.id, "  ")
    assert error_text(refusal.value)
    with pytest.raises(NotFound) as unknown:
        room.store.write("Issue again", reissue, 999, "Name")
    assert error_text(unknown.value)
    room.store.write("Issue again", reissue, first.id, "Name")
    with pytest.raises(Stale) as stale:
        room.store.write("Issue again", reissue, first.id, "Name")
    assert error_text(stale.value)
    assert len(room.of(room.ada)) == 2


def test_a_reissued_certificate_goes_with_its_session_and_comes_back_as_the_next_revision(room: Room) -> None:
    room.complete(room.session, room.ada)
    room.store.write("Issue again", reissue, room.live(room.ada)[0].id, "Name")
    room.reopen(room.session)
    assert [row.withdrawn_why for row in room.of(room.ada)] == [CertificateEnd.REOPENED, CertificateEnd.REPLACED]
    room.complete(room.session)
    assert [(row.revision, row.is_live) for row in room.of(room.ada)] == [(3, True), (2, False), (1, False)]


def test_a_session_tells_who_is_certified_and_why_others_are_not(store_factory: StoreFactory) -> None:
    room = Room(store_factory(FixedClock(NOW)), requires_result=True)
    room.mark(room.session, room.bo, Attendance.ATTENDED, result=Result.FAILED)
    room.complete(room.session, room.ada)
    proof = room.store.read(load_session_proof, room.session)
    assert [(one.name, one.why) for one in proof.lacking] == [("Ada", WhyNot.NO_RESULT), ("Bo", WhyNot.FAILED)]
    room.mark(room.session, room.ada, Attendance.ATTENDED, result=Result.PASSED)
    proof = room.store.read(load_session_proof, room.session)
    assert ([row.person_name for row in proof.certificates], len(proof.lacking)) == (["Ada"], 1)
    room.reopen(room.session)
    proof = room.store.read(load_session_proof, room.session)
    assert (proof.certificates, proof.lacking) == ((), ())


def test_each_day_of_a_course_tells_the_certificate_that_all_made(room: Room) -> None:
    first, second = room.run_of("2026-07-07 09:00", "2026-07-08 09:00")
    room.complete(first, room.ada, room.bo)
    assert {one.why for one in room.store.read(load_session_proof, first).lacking} == {WhyNot.OTHER_DAYS}
    room.complete(second, room.ada)
    for session in (first, second):
        assert len(room.store.read(load_session_proof, session).certificates) == 1
    assert [one.name for one in room.store.read(load_session_proof, first).lacking] == ["Bo"]
