"""What the guides show can be typed: every command is one of the program's, and the examples do what they say."""

import re
from pathlib import Path

import pytest

from tests.guide.blocks import GUIDES, ROOT, steps_of
from trainer_desk.cli.arguments import read_arguments
from trainer_desk.cli.main import main

SKIPPED = frozenset({"open"})
"""What opens a window."""


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_command_is_understood(page: Path) -> None:
    if page.stem == "commands":
        return  # it shows how commands look, not commands
    for kind, words in steps_of(page):
        if kind == "run" and "|" not in words:
            read_arguments(words)


def test_every_page_that_a_guide_names_is_there() -> None:
    for page in GUIDES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


@pytest.mark.nightly
def test_the_examples_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The administrator's minutes in the README, then the command line by example, line by line."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    refused = []
    for page in (ROOT / "README.md", ROOT / "docs" / "guide" / "command-line.md"):
        for kind, words in steps_of(page):
            if kind == "file":
                Path(words[0]).write_text(words[1])
            elif kind == "database":
                monkeypatch.setenv("TRAINER_DESK_DATABASE", words[0])
            elif not SKIPPED & set(words) and not any("server.example" in word for word in words) and main(words):
                refused.append(" ".join(words))
    assert refused == ["enroll GAS-1 S1 S2"]  # as the example says: no intake is on file
