"""The pictures of every page: what goes wrong while one is taken is told, and is not left to whoever looks at it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from trainer_desk.services.store.engine import Store, open_store
from trainer_desk.views.screenshots import DONE, FAILED, save_all
from trainer_desk.views.stage import Scene, Stage


def break_soon(stage: Stage) -> None:
    """Fail as a slot does: in Qt's event loop, after the scene has gone on."""
    QTimer.singleShot(0, stage.program, lambda: 1 // 0)


@pytest.mark.usefixtures("plain_look")
def test_a_crash_while_pictures_are_taken_fails_the_run(
    sqlite_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def store() -> Store:
        return open_store(str(sqlite_store.url.database))

    scenes = (Scene("calm", lambda _stage: None), Scene("broken", break_soon))
    assert save_all(tmp_path / "calm", store, tmp_path, scenes[:1]) == DONE
    assert save_all(tmp_path / "broken", store, tmp_path, scenes) == FAILED
    told = capsys.readouterr()
    assert "ZeroDivisionError" in told.err
    assert told.out.count(".png\n") == 6
