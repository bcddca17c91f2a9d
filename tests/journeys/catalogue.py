"""A page of the catalogue with hands on it, whichever kind it shows."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.journeys.conftest import CTRL, Workplace
from trainer_desk.views.catalogue.fields import ComboField
from trainer_desk.views.catalogue.page import CataloguePage
from trainer_desk.views.catalogue.panel import CataloguePanel
from trainer_desk.views.session.resource_combo import ResourceCombo


class Hands:
    """The page and the panel of one kind."""

    def __init__(self, place: Workplace, kind: str) -> None:
        self.place, self.kind = place, kind
        place.window.may_close = None  # a test that fails has nobody who answers
        place.press(place.window.sidebar.items[kind])
        place.settled()

    @property
    def page(self) -> CataloguePage:
        return self.place.assembly.catalogue.pages[self.kind]

    @property
    def panel(self) -> CataloguePanel:
        return self.place.assembly.catalogue.panels[self.kind]

    def show(self, thing_id: int) -> None:
        """Select a thing in the list."""
        self.page.select(thing_id)
        self.place.until(lambda: self.panel.facts is not None and self.panel.facts.thing.id == thing_id)

    def make(self, **values: str) -> None:
        """Press New, type into its fields and press Create."""
        self.place.press(self.page.new)
        self.place.settled()
        for name, text in values.items():
            edit = cast(QLineEdit, self.panel.newcomer.form.fields[name].first_editor())
            edit.setFocus()
            edit.selectAll()
            self.place.type(text)
        self.create()

    def create(self) -> None:
        """Press Create."""
        self.place.press(self.panel.newcomer.go)
        self.place.settled()

    def refused_new(self, name: str) -> str:
        """Return why a new thing was not made."""
        return self.panel.newcomer.form.fields[name].verdict.verdict.text

    def type(self, field: str, text: str) -> None:
        """Type into a field of the panel and press Enter."""
        edit = cast(QLineEdit, self.panel.form.fields[field].first_editor())
        self.come_back()
        edit.setFocus()
        edit.selectAll()
        self.place.type(text) if text else self.place.key(Qt.Key.Key_Delete)
        self.place.key(Qt.Key.Key_Return)
        self.place.settled()

    def choose(self, field: str, typed: str) -> None:
        """Choose in a field of the panel what a part of a text finds."""
        combo = cast(ComboField, self.panel.form.fields[field]).combo
        self.come_back()
        combo.setFocus()
        self.place.type(typed)
        self.place.key(Qt.Key.Key_Return)
        self.place.settled()

    def pick(self, combo: ResourceCombo, typed: str) -> None:
        """Type into a list and take the first that is found."""
        self.come_back()
        combo.setFocus()
        self.place.type(typed)
        completer = combo.completer()
        assert completer is not None
        popup = completer.popup()
        assert popup is not None
        self.place.until(popup.isVisible)
        QTest.keyClick(popup, Qt.Key.Key_Down)
        self.place.key(Qt.Key.Key_Return)
        self.place.settled()

    def come_back(self) -> None:
        """Give the window the focus back when a list has gone; without a screen nobody else does."""
        self.place.window.activateWindow()
        self.place.until(self.place.window.isActiveWindow)

    def said(self, field: str) -> str:
        """Return what stands under a field."""
        return self.panel.form.fields[field].verdict.verdict.text

    def listed(self) -> list[str]:
        """Return the names in the list."""
        return [thing.name for thing in self.page.things.values()]

    def row(self, thing_id: int) -> list[str]:
        """Return the texts of a thing's row."""
        model = self.page.table.model
        place = model.keys().index(thing_id)
        return [model.index(place, column).data() for column in range(model.columnCount())]

    def undo(self) -> None:
        """Press Ctrl+Z."""
        self.place.key(Qt.Key.Key_Z, CTRL)
        self.place.settled()
