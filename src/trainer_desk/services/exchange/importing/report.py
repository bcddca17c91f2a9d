"""What an import has to say: counts, refused rows with their reasons, and warnings."""

from dataclasses import dataclass, field
from typing import Any

from trainer_desk.services.errors import DeskError


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out. `row` counts the lines of the file (the header is 1), `ref` is the row's key.

    `error` is the first reason, `also` are further ones of the same row.
    """

    row: int
    ref: str
    error: DeskError
    also: tuple[DeskError, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that was taken but should be known; `row` is None when it concerns the file.

    `code` is one of texts.warnings or of a finding.
    """

    code: str
    facts: dict[str, Any]
    row: int | None = None
    ref: str | None = None


@dataclass(slots=True)
class ImportReport:
    """The answer of an import; `rows` counts the rows of the file without the header and blank lines.

    `written` is False after a dry run, and after a refused row when all or nothing was asked for.
    """

    kind: str
    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    written: bool = True

    def refuse(self, row: int, ref: str, error: DeskError, *also: DeskError) -> None:
        """Note that a row was left out."""
        self.refused.append(RefusedRow(row, ref, error, also))

    def warn(self, code: str, *, row: int | None = None, ref: str | None = None, **facts: Any) -> None:
        """Note something that was taken but should be known."""
        self.warnings.append(Warned(code, facts, row, ref))

    def count(self, verdict: str) -> None:
        """Count one row as added, updated or unchanged."""
        setattr(self, verdict, getattr(self, verdict) + 1)
