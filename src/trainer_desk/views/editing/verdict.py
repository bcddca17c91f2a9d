"""What is said beside a field: a sentence, how bad it is, and what can be clicked about it."""

from dataclasses import dataclass

from trainer_desk.services.findings import Finding, Fix


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence with its tone (danger, warn, ok, muted) and the fixes that can be clicked; empty says nothing.

    `waivable` is a soft finding that can be waived here, `waived` one of which that can be taken back.
    `back` is on the button that gives up what is pending, where that is not “Put back”.
    """

    text: str = ""
    tone: str = "muted"
    fixes: tuple[Fix, ...] = ()
    pending: bool = False
    back: str = ""
    can_retry: bool = False
    waivable: Finding | None = None
    waived: Finding | None = None


SILENT = Verdict()
