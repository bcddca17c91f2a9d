"""The demo's tellings: everybody knows of their place but those of a few sessions, two of which have changed (D7)."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Base, Enrollment, Person, Session
from trainer_desk.models.enums import EnrollmentState, SessionStatus
from trainer_desk.services.notices.telling import tell
from trainer_desk.services.rows.tellings import PlaceFacts

AHEAD = dt.timedelta(days=2)
"""So far ahead lie those of which somebody has to be told."""
NEW, MOVED = 4, 5
"""Places of the first session that are new, and of the second one, which stood an hour later when it was told."""
PEOPLE = Base.metadata.tables["people"]
INSTANT = Session.__table__.c.starts_at.type
PLACES = (
    sa.select(
        Enrollment.id,
        Enrollment.session_id,
        Enrollment.person_id,
        Enrollment.state,
        Session.status,
        Session.starts_at,
        Session.ends_at,
        Session.venue_id,
    )
    .join(Session, Session.id == Enrollment.session_id)
    .where(
        Session.ends_at > sa.bindparam("now", type_=INSTANT),
        Session.status.in_([SessionStatus.SCHEDULED.value, SessionStatus.CANCELLED.value]),
        Enrollment.state != EnrollmentState.WITHDRAWN.value,
    )
    .order_by(Session.starts_at, Session.id, Enrollment.id)
)
MANAGERS = sa.select(Person.employee_no).order_by(Person.id).limit(12)


def tell_of_places(db: DbSession, now: dt.datetime, *, actor: str) -> None:
    """Tell everybody at `now` (UTC) but a few, who have phones and managers."""
    places = db.execute(PLACES, {"now": now}).all()
    ahead = [row for row in places if row.starts_at > now + AHEAD and row.status == SessionStatus.SCHEDULED.value]
    sessions = list(dict.fromkeys(row.session_id for row in ahead))[:2]
    of_first, of_second = ([row for row in ahead if row.session_id == key] for key in sessions)
    new, moved = {row.id for row in of_first[:NEW]}, {row.id for row in of_second[:MOVED]}
    told = []
    for row in places:
        later = dt.timedelta(hours=1 if row.id in moved else 0)
        occasion = row.starts_at + later, row.ends_at + later, row.venue_id
        facts = PlaceFacts(EnrollmentState(row.state), SessionStatus(row.status), *occasion)
        if row.id not in new:
            told.append((row.id, facts))
    tell(db, told, actor=actor, now=now)
    _give_phones(db, [row.person_id for row in (*of_first[:NEW], *of_second[:MOVED])], now)


def _give_phones(db: DbSession, people: list[int], now: dt.datetime) -> None:
    """Give those people, and who leads them, a number; the last of them has none."""
    managers = list(db.execute(MANAGERS).scalars())
    version, stamp = PEOPLE.c.version + 1, {"updated_at": now}
    for place, number in enumerate(managers):
        lead = sa.update(PEOPLE).where(PEOPLE.c.employee_no == number)
        db.execute(lead.values(phone=f"+44 20 7946 09{place:02}", version=version, **stamp))
    for place, person in enumerate(people[:-1]):
        reach = sa.update(PEOPLE).where(PEOPLE.c.id == person)
        values = {"phone": f"+44 7700 9001{place:02}", "manager_no": managers[place % 3]}
        db.execute(reach.values(**values, version=version, **stamp))
