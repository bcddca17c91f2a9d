"""`intake`: a day and a note on file, who gets a seat through it, and what cannot be an intake (K12)."""

import pytest

from tests.cli.commands import Desk


def test_an_intake_is_put_on_file(desk: Desk) -> None:
    made = desk.ok("intake", "1", "--on", "2020-02-03", "--note", "Knows the site.")["intake"]
    assert (made["person"], made["held_on"], made["note"]) == ("1", "2020-02-03", "Knows the site.")
    code, out, _ = desk.words("intake", "1", "--on", "2020-02-04")
    assert (code, "intake of 04 Feb 2020 on file" in out) == (0, True), out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nobody",), "not_found"),
        (("1", "--on", "2999-01-01"), "bad_value"),
        (("1", "--on", "yesterday"), "bad_value"),
        (("1", "--note", "  "), "bad_value"),
    ],
)
def test_what_cannot_be_an_intake_is_refused(desk: Desk, words: tuple[str, ...], code: str) -> None:
    exit_code, answer = desk.json("intake", *words)
    assert (exit_code, answer["error"]["code"]) == (1, code)
    assert answer["error"]["message"]
