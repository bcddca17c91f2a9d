"""What the bell does with the store: it keeps what was seen, beside the journal (D6)."""

from collections.abc import Collection

from trainer_desk.services.changes import Changes
from trainer_desk.services.notices.seeing import see
from trainer_desk.services.rows.notices import Notice, Reminding
from trainer_desk.services.store.engine import Store, Written


def keep_seen(store: Store, notices: Collection[Notice], *, actor: str | None = None) -> Written[None]:
    """Keep that the actor has seen these notices, reminders too."""
    ids = [notice.id for notice in notices if notice.id is not None]
    reminders = [
        Reminding(notice.session_id, notice.starts_at, notice.lead_minutes)
        for notice in notices
        if notice.id is None and notice.session_id and notice.starts_at and notice.lead_minutes
    ]
    return Written(store.signal(see, ids, reminders, actor=actor), Changes())
