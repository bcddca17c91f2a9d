"""The pictures of exports: the page with what is kept, and the sheet that saves a list."""

from trainer_desk.views.exports.saved import SavedExport
from trainer_desk.views.stage import Scene, Stage


def exports(stage: Stage) -> None:
    """Two exports are kept, one ran already; data health below."""
    stage.parts.window.toasts.dismiss()
    stage.parts.window.panel.close_panel()
    room = stage.parts.overview.exports
    now = stage.program.store.clock.now().isoformat() if stage.program.store is not None else ""
    room.saved = [
        SavedExport("Rosters for the front desk", ran_at=now, rows=214),
        SavedExport("Plan of the coming weeks", what="sessions", days="next_4_weeks"),
    ]
    stage.parts.window.go_to_page("exports")
    room.page.show_saved(room.saved)
    stage.wait(lambda: room.page.gaps is not None)


def saving(stage: Stage) -> None:
    """The sessions of some weeks are to be saved, with the columns by which they come back in."""
    exports(stage)
    stage.parts.overview.exports.run(1)
    stage.wait()


def close_saving(stage: Stage) -> None:
    """Close the sheet."""
    sheet = stage.parts.overview.exports.sheet
    if sheet is not None:
        sheet.finish()
    stage.parts.overview.exports.saved = []


SCENES = (
    Scene("exports", exports),
    Scene("export-list", saving, close_saving),
)
