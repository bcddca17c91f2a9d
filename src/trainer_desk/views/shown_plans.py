"""The picture of a wall chart before it is printed."""

from trainer_desk.views.schedule.ranges import View
from trainer_desk.views.stage import Scene, Stage


def wall_chart(stage: Stage) -> None:
    """The trainers of the week, as they would come out of the printer."""
    stage.view(View.TRAINERS)
    plans = stage.parts.overview.plans
    plans.preview = None
    stage.parts.schedule.bar.print.click()
    stage.wait(lambda: plans.preview is not None)


def end_of_wall_chart(stage: Stage) -> None:
    """Close the preview."""
    preview = stage.parts.overview.plans.preview
    if preview is not None:
        preview.finish()
    stage.view(View.WEEK)


PLANS = (Scene("wall-chart", wall_chart, end_of_wall_chart),)
