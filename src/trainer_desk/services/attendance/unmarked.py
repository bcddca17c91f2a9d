"""Who has a seat in a session and is not marked yet (S5)."""

import sqlalchemy as sa

from trainer_desk.models import Enrollment, Person
from trainer_desk.models.enums import Attendance, EnrollmentState
from trainer_desk.services.rows.attendance import UnmarkedPerson
from trainer_desk.services.store.db import Db

UNMARKED = (
    sa.select(Enrollment.id, Person.id, Person.employee_no, Person.name)
    .join(Person, Person.id == Enrollment.person_id)
    .where(
        Enrollment.session_id == sa.bindparam("session_id"),
        Enrollment.state == EnrollmentState.CONFIRMED.value,
        Enrollment.attendance == Attendance.REGISTERED.value,
    )
    .order_by(Person.sort_name, Person.id)
)


def list_unmarked(db: Db, session_id: int) -> list[UnmarkedPerson]:
    """Return the confirmed people of a session who are marked neither attended nor no-show, by name."""
    return [UnmarkedPerson(*row) for row in db.execute(UNMARKED, {"session_id": session_id})]
