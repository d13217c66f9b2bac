"""The steps a funded project has promised, and reaching them."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budgeting.domain.project import day_in_reach, refuse_reporting, set_underway, tell_about
from budgeting.models import Milestone, Project
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid
from participation.foundation.text import clean_line

MAX_STEPS = 50
MAX_TITLE = 200


def plan_milestone(project: Project, *, by, title: str, due_on: dt.date) -> Milestone:
    """Promise a step of a funded project for a day.

    Raises NotAllowed, Invalid (fields "title", "due_on"), or Conflict when there are too many steps to follow.
    """
    refuse_reporting(project, by)
    title = clean_line(title)
    if not title or len(title) > MAX_TITLE:
        raise Invalid(
            _("Please name the step in 1 to %(most)d characters.") % {"most": MAX_TITLE}, field="title"
        )
    if not day_in_reach(due_on):
        raise Invalid(_("Please choose a day between 1990 and 2100."), field="due_on")
    with transaction.atomic():
        if project.milestones.count() >= MAX_STEPS:
            raise Conflict(_("A project has at most %(most)d steps.") % {"most": MAX_STEPS})
        milestone = Milestone.objects.create(project=project, title=title, due_on=due_on)
        record("budgeting.plan_milestone", project, by=by, milestone=milestone.pk)
    return milestone


def reach_milestone(milestone: Milestone, *, by, done_on: dt.date | None = None) -> Milestone:
    """Say that a step is reached (today, or on an earlier day); authors and followers hear of it.

    Raises NotAllowed, Invalid (field "done_on") for a day to come, Conflict when it was reached already.
    """
    project = milestone.project
    refuse_reporting(project, by)
    today = timezone.localdate()
    done_on = done_on or today
    if done_on > today or not day_in_reach(done_on):
        raise Invalid(_("A step cannot be reached on a day to come."), field="done_on")
    with transaction.atomic():
        if not Milestone.objects.filter(pk=milestone.pk, done_on=None).update(done_on=done_on):
            raise Conflict(_("This step is reached already."))
        milestone.done_on = done_on
        set_underway(project)
        tell_about(
            project,
            by=by,
            title=milestone.title,
            text=_("This step is reached."),
            event=f"step:{milestone.pk}",
        )
        record("budgeting.reach_milestone", project, by=by, milestone=milestone.pk)
    return milestone
