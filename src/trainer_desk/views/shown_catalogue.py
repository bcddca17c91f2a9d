"""The pictures of the catalogue: its list pages, one thing in the panel, a new one, and what is refused there."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QLineEdit

from trainer_desk.views.catalogue.fields import LineField
from trainer_desk.views.catalogue.page import CataloguePage
from trainer_desk.views.catalogue.panel import CataloguePanel
from trainer_desk.views.importing.sheet import ImportSheet
from trainer_desk.views.stage import Play, Stage

FILE = """Course No,Title,Minutes,validity_months,prerequisite
LADDER,Ladder Safety,90,24,
SILICA,Silica Dust,60,0,
CRANE,Crane Signals,240,36,RIGGING
FW,Fire Warden,180,24,
"""


def catalogue_page(kind: str) -> Play:
    """Return the scene of a list page with its first thing in the panel."""

    def play(stage: Stage) -> None:
        page = _page(stage, kind)
        stage.wait()
        keys = page.table.model.keys()
        if keys and isinstance(keys[0], int):
            page.select(keys[0])
            stage.parts.catalogue.open(kind, keys[0])
        stage.wait()

    return play


def new_thing(kind: str) -> Play:
    """Return the scene of a new thing that lacks what it needs."""

    def play(stage: Stage) -> None:
        _page(stage, kind)
        stage.parts.catalogue.begin_new(kind)
        stage.wait()
        _panel(stage, kind).newcomer.finish()
        stage.wait()

    return play


def refused_value(kind: str, name: str, text: str) -> Play:
    """Return the scene of a value that is refused at its field."""

    def play(stage: Stage) -> None:
        catalogue_page(kind)(stage)
        field = _panel(stage, kind).form.fields[name]
        editor = field.first_editor()
        if isinstance(field, LineField) and isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.setModified(True)
            editor.editingFinished.emit()
        stage.wait()
        field.go()

    return play


def import_checked(stage: Stage) -> None:
    """A file of courses was rehearsed, and some of its rows cannot be taken."""
    _page(stage, "courses")
    stage.parts.catalogue.import_file("courses")
    sheet = stage.sheet(ImportSheet)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "courses.csv"
        file.write_text(FILE, encoding="utf-8")
        sheet.path.setText(str(file))
        sheet.rehearse()
        stage.wait()
    sheet.path.setText("courses.csv")


def end_of_import(stage: Stage) -> None:
    """Close the sheet."""
    stage.sheet(ImportSheet).finish()
    end_of_catalogue(stage)


def settings_page(stage: Stage) -> None:
    """Show the settings of the organisation."""
    stage.parts.window.toasts.dismiss()
    stage.parts.window.panel.close_panel()
    stage.parts.window.show_page("settings")
    stage.wait(lambda: stage.parts.settings.facts is not None)


def end_of_catalogue(stage: Stage) -> None:
    """Give up what is pending, and go back to the schedule."""
    for panel in stage.parts.catalogue.panels.values():
        panel.saver.discard()
        panel.newcomer.begin()
        panel.close_thing()
    stage.parts.window.show_page("schedule")


def _page(stage: Stage, kind: str) -> CataloguePage:
    stage.parts.window.toasts.dismiss()
    stage.parts.window.show_page(kind)
    return stage.parts.catalogue.pages[kind]


def _panel(stage: Stage, kind: str) -> CataloguePanel:
    return stage.parts.catalogue.panels[kind]
