"""What a command answers: one document for --json, the same in words, and the exit code."""

from dataclasses import dataclass
from typing import Any

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Answer:
    """`document` is printed with --json, `text` without; the text of an error goes to stderr."""

    document: dict[str, Any]
    text: str = ""
    code: int = DONE
    is_error: bool = False
