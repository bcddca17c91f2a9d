"""What two workstations do that edit one session: save late, and lay both side by side before they save again (U5)."""

from collections.abc import Mapping
from typing import Any

from tests.faults.workstations import Answer, told
from trainer_desk.services.clock import Clock
from trainer_desk.services.errors import Stale
from trainer_desk.services.orchestration.scheduling import edit_session
from trainer_desk.services.planning.board import load_session
from trainer_desk.services.planning.fields import fields_of
from trainer_desk.services.rows.comparing import Comparison
from trainer_desk.services.rules.comparing import compare
from trainer_desk.services.store.engine import Store


def edit(store: Store, session: int, fields: Mapping[str, Any], version: int) -> Answer:
    """Save fields that were typed on a version."""
    return told(lambda: store.write("Edit", edit_session, session, dict(fields), version=version))


def edit_and_merge(store: Store, session: int, fields: Mapping[str, Any], version: int, base: Any) -> Answer:
    """Save fields; where somebody else was first, save again what is in nobody's way, and leave out the rest."""

    def save() -> None:
        wanted, seen = dict(fields), version
        while wanted:
            try:
                store.write("Edit", edit_session, session, wanted, version=seen)
            except Stale:
                detail = store.read(load_session, session, now=Clock().now())
                mine = {name: {name: value} for name, value in wanted.items()}
                found = Comparison(seen, detail.card.version, *compare(base, mine, fields_of(detail)))
                wanted, seen = found.kept({}), detail.card.version
                if found.contested:
                    raise
            else:
                return

    return told(save)
