"""The words of the command that makes an inspector pack, without importing anything slow."""

import argparse
from collections.abc import Callable


def inspector(
    command: Callable[..., argparse.ArgumentParser],
    day_range: Callable[[argparse.ArgumentParser], None],
    no_table: Callable[[argparse.ArgumentParser, str], None],
) -> None:
    """Add `export inspector`."""
    parser = command(
        "inspector", "a ZIP that proves who was trained: of a person, a site or a course", "inspector", "export_pack"
    )
    for name, what in (("person", "NO"), ("site", "NAME"), ("course", "CODE")):
        parser.add_argument(f"--{name}", metavar=what, help="exactly one of the three" if name == "person" else None)
    day_range(parser)
    no_table(parser, "ZIP")
