"""What becomes of a funded project: news of it, and its end."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from budgeting.enums import ProjectStatus
from budgeting.models import Project, ProjectUpdate
from budgeting.queries.area import neighbourhood_of
from budgeting.queries.committee import adoption_of
from budgeting.queries.publish import authors_of_projects
from budgeting.rules import may_report_on, may_run_budget
from participation.domain.announcement import announce
from participation.domain.notification import notify_followers, notify_many
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.text import clean_line, clean_text

NOTICE = "budgeting.project_news"
MAX_TITLE = 200
MAX_TEXT = 5000


def post_update(
    project: Project, *, by, title: str, text: str, spent_cents: int | None = None
) -> ProjectUpdate:
    """Tell everybody what happened in a funded project; who wrote it or follows it hears of it.

    The first news puts the project under way. `spent_cents` is all that was spent so far, at most what the project has.
    Raises NotAllowed, or Invalid (fields "title", "text", "spent_cents").
    """
    refuse_reporting(project, by)
    title, text = clean_line(title), clean_text(text)
    for field, value, most in (("title", title, MAX_TITLE), ("text", text, MAX_TEXT)):
        if not value:
            raise Invalid(_("Please write something here."), field=field)
        if len(value) > most:
            raise Invalid(_("Please use at most %(most)d characters.") % {"most": most}, field=field)
    if spent_cents is not None and not 0 <= spent_cents <= project.cost_cents:
        raise Invalid(
            _("The amount spent lies between nothing and what the project has."), field="spent_cents"
        )
    with transaction.atomic():
        set_underway(project)
        update = ProjectUpdate.objects.create(
            project=project,
            author=getattr(by, "participant", None),
            title=title,
            text=text,
            spent_cents=spent_cents,
        )
        tell_about(project, by=by, title=title, text=text, event=f"update:{update.pk}")
        record("budgeting.post_update", project, by=by, update=update.pk)
    return update


def finish_project(project: Project, *, by) -> Project:
    """Mark a project as done, once for all; people who run the budget only. Raises NotAllowed or Conflict."""
    if not may_run_budget(by):
        raise NotAllowed(_("Only people who run the budget can finish a project."))
    with transaction.atomic():
        changed = Project.objects.filter(
            pk=project.pk, status__in=[ProjectStatus.FUNDED, ProjectStatus.UNDERWAY]
        ).update(status=ProjectStatus.DONE)
        if not changed:
            raise Conflict(_("Only a funded project that is not done yet can be finished."))
        project.status = ProjectStatus.DONE
        tell_about(project, by=by, title=_("The project is done"), text="", event=f"done:{project.pk}")
        record("budgeting.finish_project", project, by=by)
    return project


def refuse_reporting(project: Project, by) -> None:
    """Raise NotAllowed unless `by` may tell what becomes of the project."""
    if not may_report_on(by, project):
        raise NotAllowed(_("Only its authors and people who run the budget can report on a funded project."))


def set_underway(project: Project) -> None:
    """Let a funded project be under way from its first sign of life."""
    if Project.objects.filter(pk=project.pk, status=ProjectStatus.FUNDED).update(
        status=ProjectStatus.UNDERWAY
    ):
        project.status = ProjectStatus.UNDERWAY


def tell_about(project: Project, *, by, title, text, event: str) -> None:
    """Tell the project's authors and followers, and who follows where it is, except who caused it."""
    person = getattr(by, "participant", None)
    words: dict[str, Any] = {
        "kind": NOTICE,
        "title": format_lazy("{project}: {title}", project=project.title, title=title),
        "text": text,
        "path": project.budget.url_of("project", project.pk),
        "dedupe_key": event,
    }
    authors = authors_of_projects([project.pk])
    notify_many(authors.exclude(pk=person.pk) if person else authors, **words)
    if project.discussion is not None:
        notify_followers(project.discussion, except_for=person, **words)
    # The same key: who follows the project and its neighbourhood hears of it once.
    announce(
        **words,
        targets=[*neighbourhood_of(project.area), *_adopter(project)],
        point=(project.latitude, project.longitude),
        discussion=project.discussion,
        page=project.budget,
        caused_by=person,
    )


def _adopter(project: Project) -> list[tuple[str, int]]:
    """Return the committee that looks after a project as what people follow."""
    adoption = adoption_of(project)
    return [("committee", adoption.committee_id)] if adoption is not None else []


def day_in_reach(day: dt.date) -> bool:
    """Say whether a day is near enough to be meant: 1990 to 2100."""
    return 1990 <= day.year <= 2100
