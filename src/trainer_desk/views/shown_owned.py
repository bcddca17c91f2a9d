"""The pictures of what stands below the fields in the catalogue: something that is added, and why it is refused."""

from trainer_desk.views.catalogue.owned import OwnedSection
from trainer_desk.views.shown_catalogue import catalogue_page
from trainer_desk.views.stage import Play, Stage


def adding_below(kind: str) -> Play:
    """Return the scene of a form below the fields that lacks what it needs."""

    def play(stage: Stage) -> None:
        catalogue_page(kind)(stage)
        panel = stage.parts.catalogue.panels[kind]
        section = panel.more.part(OwnedSection) if panel.more is not None else None
        if section is not None:
            section.begin()
            section.save()
            stage.wait()
        stage.wait()

    return play
