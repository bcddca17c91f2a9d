"""The command reference says what the program takes and answers."""

from tests.guide.organisation import NOT_RUN
from tests.guide.reference import PAGE, page
from tests.guide.words import NAMES


def test_the_reference_is_what_the_program_says_of_itself() -> None:
    said = page()
    assert said == PAGE.read_text(), "write it anew: python -m tests.guide.reference"
    assert [words for words in NAMES.values() if f"\n## {words}\n" not in said] == []
    assert said.count("Answers with `--json`") == len(NAMES) - len(NOT_RUN)
