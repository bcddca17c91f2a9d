"""Opens the sheet that retires a thing of the catalogue, and tells what became of it."""

from trainer_desk.views.retiring.sheet import RetireSheet
from trainer_desk.views.room import Room

NOUNS = {"people": "person", "courses": "course", "trainers": "trainer", "venues": "venue", "equipment": "equipment"}
"""What one thing of a page is called where it is retired."""


class RetiringRoom(Room):
    """`directory` gives the names, `tell` shows a toast; its flag says whether there is something to undo."""

    def open(self, page: str, thing_id: int) -> None:
        """Ask what becomes of all that is coming for a thing of that page, then retire it."""
        directory = self._directory()
        if directory is None:
            return
        sheet = RetireSheet(self._window, self._desk, NOUNS[page], thing_id, directory, self._clock)
        sheet.retired.connect(lambda said: self._tell(said, True))
        sheet.failed.connect(self._desk.failed)
        sheet.ask()
