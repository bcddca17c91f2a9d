"""Calls what other packages hook in: the entry points of the group `trainer_desk.hooks` (S11, ADR 16).

An entry point names a module or another object. Of its functions those count that have the name of an event:

    def on_session_completed(session: SessionCompleted) -> None: ...

A hook runs once, in the process that completed the session, after the commit: it can neither delay nor undo it.
"""

import logging
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from trainer_desk.models.enums import Severity
from trainer_desk.services.findings import Finding
from trainer_desk.services.rows.hooks import SessionCompleted

LOG = logging.getLogger(__name__)
GROUP = "trainer_desk.hooks"
COMPLETED = "on_session_completed"


def installed() -> list[EntryPoint]:
    """Return the hooks of every package that is installed, by name."""
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def tell_completed(session: SessionCompleted) -> Iterator[Finding]:
    """Tell every hook of a completed session; yield an orange finding for each that failed, which is logged, too."""
    for hook in installed():
        try:
            told = getattr(hook.load(), COMPLETED, None)
            if told is not None:
                told(session)
        except (Exception, SystemExit) as error:  # whatever a stranger's code raises, the session is completed
            LOG.exception("the hook %s (%s) failed for %s", hook.name, hook.value, session.ref)
            yield failure(hook, str(error) or type(error).__name__, session.ref)


def failure(hook: EntryPoint, reason: str, ref: str) -> Finding:
    """Return the warning that a hook did not do its part."""
    facts = {"hook": hook.name, "reason": reason, "ref": ref}
    return Finding("hook_failed", Severity.ORANGE, subject=hook.name, facts=facts)
