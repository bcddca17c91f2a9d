"""Lays an attached file into a private folder, from where the system's viewer opens it (N2)."""

import os
import tempfile
from pathlib import Path

from trainer_desk.services.attachments.looking import read_back
from trainer_desk.services.errors import BadValue
from trainer_desk.services.rules.files import clean_file_name, media_type_of
from trainer_desk.services.store.db import Db


def unpack(db: Db, attachment_id: int) -> Path:
    """Write a file into a new folder that nobody else may enter, readable by its owner only; return where it is.

    It is judged once more, so that whatever got past the program into the database is not handed to a viewer. Raises
    as `read_back` and `media_type_of`, and BadValue (not_writable) where there is no room for it.
    """
    file = read_back(db, attachment_id)
    name = clean_file_name(file.name)
    media_type_of(name, file.content)
    try:
        path = Path(tempfile.mkdtemp(prefix="trainer-desk-")) / name
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(file.content)
    except OSError as error:
        why = "disk_full" if error.errno == 28 else "not_writable"
        raise BadValue(field="file", value=name, why=why, detail=error.strerror or str(error)) from None
    return path
