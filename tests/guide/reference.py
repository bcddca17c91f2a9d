# ruff: noqa: E501 - tables and sentences in one line can be read
"""The command reference, made from the program: `python -m tests.guide.reference` writes docs/guide/commands.md anew."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.guide.answers import Learned, Shape, learn
from tests.guide.organisation import NOT_RUN
from tests.guide.words import each_command
from trainer_desk.texts.sentences import SENTENCES
from trainer_desk.texts.soundness import CHECKS
from trainer_desk.texts.warnings import WARNINGS

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "commands.md"

HEAD = """# Commands

Made from the program by `python -m tests.guide.reference`; a test says when it is no longer true.

`trainer-desk [--database URL|FILE] [--json] COMMAND`, also `python -m trainer_desk`. Without a command the window opens. `--database` names
the database, else the variable `TRAINER_DESK_DATABASE` does. Every command takes `--help`.

| exit code | means |
|---|---|
| 0 | done, also with orange findings or warnings |
| 1 | refused; any row or person of a list was refused; `findings` or `db check` found something |
| 2 | wrong usage, or there is no display |

With `--json` the standard output is one JSON document, also for what is refused: `{"error": error}`. Times are wall clock of the organisation
with seconds and offset; what is not set is `null`; courses, trainers, venues, equipment and runs are told by their codes. Keys may be added
in later versions, none is renamed. Below, `text or null` says what was seen to stand under a key, and a bare name is one of the
[things](#things-in-json) at the end.
"""

EVERYWHERE = "[-h] [--database URL|FILE] [--json] "
"""What every command takes, and its usage need not say."""

TAILS = (
    ("Codes", "Of refusals and findings; names in braces stand for what is filled in.", SENTENCES),
    ("Codes of warnings", "Of imports and of what was done otherwise than one may have thought.", WARNINGS),
    ("Codes of `db check`", "What of the data may be unsound.", CHECKS),
)


def page() -> str:
    """Return the whole reference."""
    learned = learn()
    parts = [HEAD, *(_command(words, parser, learned) for words, parser in each_command()), *_things(learned.things)]
    for title, said, table in TAILS:
        rows = "\n".join(f"| `{code}` | {_cell(texts[0])} |" for code, texts in sorted(table.items()))
        parts.append(f"## {title}\n\n{said}\n\n| code | sentence |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def _command(words: str, parser: argparse.ArgumentParser, learned: Learned) -> str:
    usage = " ".join(parser.format_usage().removeprefix("usage: ").split()).replace(EVERYWHERE, "")
    lines = [f"## {words}", "", f"{_sentence(parser.description or '')}", "", f"```\n{usage}\n```", ""]
    rows = list(_options(parser))
    if rows:
        lines += ["| word | what |", "|---|---|", *rows, ""]
    if parser.epilog:
        lines += [parser.epilog, ""]
    if words not in NOT_RUN:
        lines += [f"Answers with `--json`: `{learned.answers[words].text()}`", ""]
    return "\n".join(lines)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.dest in ("help", "database", "json") or action.help == argparse.SUPPRESS:
            continue
        if isinstance(action, argparse._SubParsersAction):
            continue
        name = action.option_strings[0] if action.option_strings else str(action.metavar or action.dest)
        takes = f" {action.metavar}" if action.option_strings and action.metavar else ""
        choices = ", ".join(map(str, action.choices)) if action.choices else ""
        said = [
            str(action.help or ""),
            choices if choices != action.help else "",
            "needed" if _is_needed(action) else "",
        ]
        yield f"| `{name}{takes}` | {_cell('; '.join(filter(None, said)))} |"


def _is_needed(action: argparse.Action) -> bool:
    return bool(action.option_strings) and action.required


def _things(things: Mapping[str, Shape]) -> Iterator[str]:
    yield "## Things in JSON\n"
    for name, shape in sorted(things.items()):
        rows = "\n".join(f"| `{key}` | {_cell(inner.text())} |" for key, inner in shape.keys.items())
        yield f"### {name}\n\n| key | what stands there |\n|---|---|\n{rows}\n"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("%%", "%")


if __name__ == "__main__":
    PAGE.write_text(page())
