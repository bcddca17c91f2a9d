"""Finds the files that are shipped beside the code: in a checkout next to `src`, in a wheel inside the package."""

from functools import lru_cache
from pathlib import Path


def resource_places(package: Path) -> tuple[Path, Path]:
    """Return where `resources` may be: inside the wheel's package, or beside `src` in a checkout."""
    return package / "resources", package.parent.parent / "resources"


@lru_cache(maxsize=1)
def resources() -> Path:
    """Return the folder of icons, fonts, styles and demo data; raises FileNotFoundError where there is none."""
    places = resource_places(Path(__file__).resolve().parent)
    for place in places:
        if (place / "styles" / "app.qss").is_file():
            return place
    raise FileNotFoundError(f"Trainer Desk is not installed completely: no resources in {places[0]} or {places[1]}.")
