"""Scenes of repeating: a run on other days, a session by a rule, and the series of a session in its panel."""

from datetime import timedelta

from trainer_desk.models.enums import SessionStatus
from trainer_desk.services.orchestration.repeating import make_series
from trainer_desk.services.rows.repeating import SeriesWish
from trainer_desk.views.repeating.section import SeriesSection
from trainer_desk.views.repeating.sheet import RepeatSheet
from trainer_desk.views.stage import DAY, Scene, Stage


def cloning(stage: Stage) -> None:
    """A run is to take place again from another Monday on."""
    directory = stage.parts.schedule.source.directory
    assert directory is not None
    run = next(iter(directory.runs.values()))
    stage.parts.repeating.clone(run.code)
    _sheet(stage)


def recurring(stage: Stage) -> None:
    """A session is to recur every week, scheduled where that is free."""
    stage.parts.repeating.repeat(_scheduled(stage))
    sheet = _sheet(stage)
    sheet.publish.click()
    stage.wait(lambda: sheet.go.isEnabled())


def series_of_session(stage: Stage) -> None:
    """The panel of a session that recurs, after its capacity was changed."""
    first = _scheduled(stage)
    chosen = stage.session(
        lambda card: card.status is SessionStatus.SCHEDULED and card.run_id is None and card.id != first
    )
    stage.parts.open_session(chosen)
    section = _section(stage)
    stage.wait(lambda: section.shown is not None)
    if section.shown is not None and section.shown.series is None:  # it is still there in the other theme
        wish = SeriesWish(chosen, "FREQ=WEEKLY;COUNT=6", frozenset({DAY.date() + timedelta(days=14)}))
        stage.parts.desk.write(stage.parts.window, "Repeat", make_series, wish)
    stage.wait(lambda: section.shown is not None and section.shown.series is not None)
    section.names = ("starts_at", "trainer_id")
    section.reload()
    stage.wait(lambda: not stage.parts.desk.is_busy)
    stage.parts.panel.form.ensureWidgetVisible(section, 0, 40)


def end(stage: Stage) -> None:
    """Close the sheets."""
    for sheet in stage.parts.window.findChildren(RepeatSheet):
        sheet.finish()


def _scheduled(stage: Stage) -> int:
    return stage.session(lambda card: card.status is SessionStatus.SCHEDULED and card.run_id is None)


def _section(stage: Stage) -> SeriesSection:
    found = stage.parts.panel.findChild(SeriesSection)
    assert found is not None
    return found


def _sheet(stage: Stage) -> RepeatSheet:
    stage.wait(lambda: stage.parts.window.findChildren(RepeatSheet))
    sheet = stage.sheet(RepeatSheet)
    stage.wait(lambda: sheet.go.isEnabled())
    return sheet


SCENES = (
    Scene("run-repeat", cloning, end),
    Scene("session-repeat", recurring, end),
    Scene("session-series", series_of_session),
)
