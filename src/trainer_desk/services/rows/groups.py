"""What became of people who were to be put into a breakout group or taken out of one, as plain values (K10)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """One person: assigned, moved, already, unassigned, in_none or refused (K10).

    `group` is the name of the group that the person is in afterwards, or was taken out of. A refusal has a `code`
    and the `facts` of its sentence.
    """

    person_id: int
    employee_no: str
    outcome: str
    group: str | None = None
    code: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """Whether the person stays where they were."""
        return self.outcome == "refused"
