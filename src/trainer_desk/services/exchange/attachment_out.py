"""Saves an attached file where somebody wants it (N2)."""

from pathlib import Path

from trainer_desk.services.attachments.looking import read_back
from trainer_desk.services.exchange.new_file import new_file
from trainer_desk.services.store.db import Db


def save_attachment(db: Db, attachment_id: int, target: Path) -> Path:
    """Write a file to `target`, whole or not at all; return that path. Raises as `read_back` and `new_file`."""
    file = read_back(db, attachment_id)
    with new_file(target) as stream:
        stream.buffer.write(file.content)
    return target
