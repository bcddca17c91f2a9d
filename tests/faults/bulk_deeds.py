"""What workstations do to many sessions at one instant: change them in bulk, or one of them by hand (R5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.faults.workstations import Answer, told
from trainer_desk.services.errors import Stale
from trainer_desk.services.orchestration.bulk import carry_out, has_changed
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.rows.bulk import NOTHING_SHOWN, BulkWish, Shown
from trainer_desk.services.store.engine import Store


def change_many(store: Store, sessions: Sequence[int], wish: BulkWish, shown: Shown = NOTHING_SHOWN) -> Answer:
    """Do what is wished; the log says what became of each, by ref, and who stood in the way of those refused."""
    log: list[str] = []

    def change() -> None:
        lines = carry_out(store, "Bulk", sessions, wish, shown).value
        log.extend(
            "/".join([line.key, line.fate.value, *(ref for one in line.findings for ref in one.clashes_with)])
            for line in lines
        )
        if has_changed(lines):
            raise Stale

    answer = told(change)
    return Answer(answer.code, facts=answer.facts, log=tuple(log))


def edit(store: Store, session: int, fields: Mapping[str, Any], version: int) -> Answer:
    """Save fields that were typed on a version."""
    return told(lambda: store.write("Edit", edit_session, session, dict(fields), version=version))
