"""The colours of categories of courses, which calendars paint in."""

import sqlalchemy as sa
from sqlalchemy.orm import Session as DbSession

from trainer_desk.models import Category
from trainer_desk.services.directory import HUES
from trainer_desk.services.errors import BadValue


def set_hue(db: DbSession, category: str, hue: int | None) -> None:
    """Give a category its colour, 0 to 7, or None for the one that its place among the names gives.

    Raises BadValue for another number, and where there is no category to colour.
    """
    if hue is not None and hue not in range(HUES):
        raise BadValue(field="hue", value=str(hue), why="out_of_range", least=0, most=HUES - 1)
    if not category:
        raise BadValue(field="hue", value=None, why="no_category")
    changed = db.connection().execute(sa.update(Category).where(Category.name == category).values(hue=hue))
    if not changed.rowcount:
        db.execute(sa.insert(Category).values(name=category, hue=hue))
