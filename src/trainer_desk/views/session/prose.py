"""Title, description, notes and metadata: texts that grow with what is in them."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.rules.names import NAME_LIMIT, NOTE_LIMIT, clean_text
from trainer_desk.texts import length_text
from trainer_desk.texts.translate import _, plural
from trainer_desk.views.parts.plain_label import PlainLabel
from trainer_desk.views.session.facts import Facts
from trainer_desk.views.session.field import Field
from trainer_desk.views.session.growing_edit import GrowingEdit

TITLE_EDGE = 8
"""Pixels of frame and padding left of the title's text: it sticks out so far, so that the text stands in line."""


class TextField(Field):
    """One text of the session; `read` turns what is typed into the value to store, or raises DeskError."""

    def __init__(self, group: str, title: str, read: Callable[[str], Any], *, lines: int = 2, hint: str = "") -> None:
        is_title = group == "title"
        super().__init__(group, "" if is_title else title)
        self._read = read
        self.edit = GrowingEdit(title, one_line=is_title, kind=group if is_title else "text", lines=lines, hint=hint)
        self.edit.finished.connect(self._take)
        self.edit.begun.connect(self.begun)
        self.body.addWidget(self.edit)

    @property
    def is_being_edited(self) -> bool:
        """Whether something typed was not taken yet."""
        return self.edit.is_typed_in

    def first_editor(self) -> QWidget:
        """Return the text."""
        return self.edit

    def is_empty(self) -> bool:
        """Whether there is no text."""
        return not self.edit.toPlainText().strip()

    def set_invalid(self, invalid: bool) -> None:
        """Frame it in red, or not."""
        self.edit.set_invalid(invalid)

    def show_facts(self, facts: Facts) -> None:
        """Show the stored text."""
        super().show_facts(facts)
        self.edit.show_text(self.stored(facts))

    def stored(self, facts: Facts) -> str:
        """Return the stored text as it is edited."""
        if self.group == "metadata":
            metadata = facts.detail.metadata
            return "" if metadata is None else json.dumps(metadata, indent=2, ensure_ascii=False)
        return (facts.detail.description if self.group == "description" else facts.detail.notes) or ""

    def _take(self) -> None:
        try:
            value = self._read(self.edit.toPlainText())
        except DeskError as error:
            self.tell_unreadable(error)
            return
        self.tell({self.group: value})


class TitleField(TextField):
    """The session's own title; while it has none, its course's stands there. Below it length and validity."""

    def __init__(self) -> None:
        super().__init__("title", _("Title"), _read_title, lines=1)
        self.course = PlainLabel("", "muted", wrap=True)
        self.body.setSpacing(0)
        for below in (self.course, self.verdict):
            below.setContentsMargins(TITLE_EDGE, 0, 0, 0)
        self.body.addWidget(self.course)

    def stored(self, facts: Facts) -> str:
        """Return the own title, or the course's."""
        return facts.title

    def show_facts(self, facts: Facts) -> None:
        """Show title, course, length and validity."""
        super().show_facts(facts)
        self.edit.setPlaceholderText(facts.course_title)
        self.refresh(facts)

    def refresh(self, facts: Facts) -> None:
        """Take over the course line without touching the title."""
        self.facts = facts
        self.course.setText(course_line(facts))

    def _take(self) -> None:
        typed = self.edit.toPlainText().strip()
        if self.facts is not None and typed in ("", self.facts.course_title):
            self.edit.show_text(self.facts.course_title)
            self.tell({"title": None})
            return
        super()._take()


def course_line(facts: Facts) -> str:
    """Return `3 h · valid for 12 months`; with an own title the course stands first."""
    course, length = facts.course, facts.card.length
    parts = [facts.course_title] if facts.card.title else []
    if length is not None and length.total_seconds() > 0:
        parts.append(length_text(round(length.total_seconds() / 60)))
    elif course is not None:
        parts.append(length_text(course.duration_minutes))
    if course is not None and course.validity_months:
        parts.append(plural("valid for {n} month", "valid for {n} months", course.validity_months))
    return " · ".join(parts)


def read_text(field: str) -> Callable[[str], str | None]:
    """Return the reader of a text with several lines; it raises `bad_value`."""
    return lambda typed: clean_text(typed, field=field, limit=NOTE_LIMIT, lines=True)


def read_metadata(typed: str) -> dict[str, Any] | None:
    """Read a JSON object, None for an empty text. Raises `bad_value`."""
    if not typed.strip():
        return None
    try:
        found = json.loads(typed, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadValue(field="metadata", value=typed[:40], why="not_json")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read_title(typed: str) -> str | None:
    return clean_text(typed, field="title", limit=NAME_LIMIT)
