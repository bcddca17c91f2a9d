"""Refusals that a user can understand; anything else that is raised is a bug and goes to the crash handler."""

from collections.abc import Sequence
from typing import Any

from trainer_desk.services.findings import Finding


class DeskError(Exception):
    """A refusal with one of the product's codes; `facts` fill its sentence in `texts` (U7)."""

    code = "bad_value"

    def __init__(self, code: str | None = None, *, findings: Sequence[Finding] = (), **facts: Any) -> None:
        self.code = code or type(self).code
        self.findings = tuple(findings)
        self.facts = facts
        super().__init__(self.code, facts)

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to pack it away and have the same again."""
        return _unpacked, (type(self), self.code, self.findings, self.facts)


def _unpacked(kind: type[DeskError], code: str, findings: tuple[Finding, ...], facts: dict[str, Any]) -> DeskError:
    error = kind.__new__(kind)
    DeskError.__init__(error, code, findings=findings, **facts)
    return error


class Refused(DeskError):
    """A rule says no; `findings` hold every reason, and the code is that of the first."""

    def __init__(self, findings: Sequence[Finding], **facts: Any) -> None:
        super().__init__(findings[0].code, findings=findings, **facts)


class NotSignedIn(DeskError):
    """The login has no account, or a disabled one. Facts: login."""

    code = "not_signed_in"


class NotAllowed(DeskError):
    """The role may not do this. Facts: verb, role, and roles: which may."""

    code = "not_allowed"


class NotFound(DeskError):
    """The thing named does not exist. Facts: kind, key."""

    code = "not_found"


class BadValue(DeskError):
    """A value cannot be taken. Facts: field, value and `why`, a reason code of `texts.reasons`."""

    code = "bad_value"


class WrongState(DeskError):
    """The session's state does not allow this (S4). Facts: ref, state, wanted."""

    code = "wrong_state"


class Stale(DeskError):
    """Somebody saved a newer version meanwhile (U5). Facts: ref, by, at (UTC)."""

    code = "stale"


class DatabaseTrouble(DeskError):
    """The database could not do its work. Facts: `why`, a reason code of `texts.reasons`, and `detail`."""

    code = "database_error"


class Again(DatabaseTrouble):
    """What must be locked grew while it was being locked: the store runs the whole unit again, up to ten times.

    The fact `concerned` (ids of sessions) stands in `db.info` of the next try, which can then lock them in order.

    It is a trouble of the database, so that whoever collects refusals row by row lets it through.
    """

    def __init__(self, **facts: Any) -> None:
        super().__init__(**({"why": "deadlock"} | facts))
