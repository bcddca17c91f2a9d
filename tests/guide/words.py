"""Every command of the program with its parser, by walking through the one of the whole command line."""

import argparse
from collections.abc import Iterator, Mapping

from trainer_desk.cli.arguments import make_parser


def each_command() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield the words of every command that can be carried out, in the order of `--help`, with its parser."""
    yield from _below(make_parser(), "")


def _below(parser: argparse.ArgumentParser, words: str) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    if words and parser.get_default("module") is not None:
        yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from _below(inner, f"{words} {name}".strip())


NAMES: Mapping[tuple[str, str], str] = {
    (parser.get_default("module"), parser.get_default("verb")): words for words, parser in each_command()
}
"""The words of each command by the module and function that carry it out."""
