"""Keeps what an account has seen: notices are marked, a reminder is stored when it is seen (D6)."""

import datetime as dt
import json
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Account, Base
from trainer_desk.models.enums import NoticeKind
from trainer_desk.services.rows.notices import Reminding
from trainer_desk.services.store.gate import is_login, through_gate
from trainer_desk.services.store.lists import Among

NOTICES = Base.metadata.tables["notices"]
OWN = sa.select(Account.id).where(Account.login == sa.bindparam("login"), Account.disabled_at.is_(None))
MARK = sa.update(NOTICES).where(
    NOTICES.c.account_id == sa.bindparam("account"), NOTICES.c.seen_at.is_(None), Among(NOTICES.c.id, "ids")
)
KEY = ("session_id", "starts_at", "lead_minutes")
VALUES = ("account_id", "kind", "session_id", "at", "actor", "starts_at", "lead_minutes", "seen_at")
REMINDED = sa.select(NOTICES.c.id).where(
    NOTICES.c.account_id == sa.bindparam("account_id"),
    NOTICES.c.session_id == sa.bindparam("session_id"),
    NOTICES.c.starts_at == sa.bindparam("starts_at", type_=NOTICES.c.starts_at.type),
    NOTICES.c.lead_minutes == sa.bindparam("lead_minutes"),
    NOTICES.c.kind == NoticeKind.REMINDER.value,
)


def see(
    db: DbSession, ids: Collection[int], reminders: Collection[Reminding] = (), *, actor: str, now: dt.datetime
) -> None:
    """Mark own notices and reminders as seen at `now` (UTC); what is not one's own stays as it is.

    It may be done twice: by two windows of one account, or because an answer was lost.
    """
    if is_login(db, actor):  # nobody writes to the notices of a server by themselves
        keys = [{name: str(getattr(one, name)) for name in KEY} for one in reminders]
        through_gate(db, "see_notices", sorted(ids), json.dumps(keys))
        return
    account = db.execute(OWN.with_for_update(of=Account, key_share=True), {"login": actor}).scalar_one_or_none()
    if account is None:
        return
    db.execute(MARK.values(seen_at=now), {"account": account, "ids": sorted(ids)})
    for one in reminders:
        key = {"account_id": account, "session_id": one.session_id, "starts_at": one.starts_at}
        key |= {"lead_minutes": one.lead_minutes}
        if db.execute(REMINDED, key).first() is None:
            at = one.starts_at - dt.timedelta(minutes=one.lead_minutes)
            row = key | {"kind": NoticeKind.REMINDER.value, "at": at, "actor": "", "seen_at": now}
            db.execute(sa.insert(NOTICES).values(row))
