"""Publishing a counted result: the moment from which everybody may see it."""

from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from budgeting.domain.box import append_event
from budgeting.enums import BoxEvent, ProjectStatus
from budgeting.models import Area, BallotBox, Project, ProjectResult
from budgeting.queries.area import neighbourhood_of
from budgeting.queries.publish import authors_of_projects, followed_projects
from budgeting.rules import may_run_budget
from participation.domain.announcement import announce
from participation.domain.notification import notify_followers, notify_many
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, NotAllowed

NOTICE = "budgeting.result"


def publish_result(box: BallotBox, *, by) -> BallotBox:
    """Show the counted result to everybody: projects become funded or not, authors and followers are told.

    Raises NotAllowed, or Conflict while the ballots are not counted or when the result is published already.
    """
    if not may_run_budget(by):
        raise NotAllowed(_("You may not publish the result of this budget."))
    with transaction.atomic():
        box = BallotBox.objects.select_for_update(of=("self",)).select_related("budget").get(pk=box.pk)
        if box.counted_at is None:
            raise Conflict(_("Count the ballots first."))
        if box.published_at is not None:
            raise Conflict(_("The result is published already."), code="published")
        open_result(box)
        _tell(box)
        record("budgeting.publish", box.budget, by=by)
    return box


def open_result(box: BallotBox) -> None:
    """Set the moment of publication and the status of every counted project, inside the caller's transaction."""
    now = database_now()
    box.published_at = now
    box.save(update_fields=["published_at"])
    results = ProjectResult.objects.filter(count__box=box, count__is_official=True)
    for is_funded, status in ((True, ProjectStatus.FUNDED), (False, ProjectStatus.NOT_FUNDED)):
        Project.objects.filter(
            pk__in=results.filter(is_funded=is_funded).values("project"), status=ProjectStatus.ON_BALLOT
        ).update(status=status)
    files = {file.name: file.sha256 for file in box.files.defer("content_gzip")}
    append_event(box, BoxEvent.PUBLISHED, now.date(), {"files": files})


def _tell(box: BallotBox) -> None:
    """Tell each author and follower once for each project; the same key keeps who is both from hearing it twice."""
    budget = box.budget
    for project in followed_projects(budget):
        is_funded = project.status == ProjectStatus.FUNDED
        words: dict[str, Any] = {
            "kind": NOTICE,
            "title": format_lazy(
                _("“{title}” is funded") if is_funded else _("“{title}” is not funded"), title=project.title
            ),
            "text": format_lazy(
                _("The votes on {budget} are counted. See why it won or lost, and count again yourself."),
                budget=budget.title,
            ),
            "path": budget.url_of("project", project.pk),
            "dedupe_key": f"result:{project.pk}",
        }
        notify_many(authors_of_projects([project.pk]), **words)
        if project.discussion is not None:
            notify_followers(project.discussion, **words)
    for area in Area.objects.filter(budget=budget):
        announce(
            kind="budgeting.area_result",
            title=format_lazy(_("The votes are counted: {area}"), area=area.name),
            text=format_lazy(
                _("The votes on {budget} are counted. See why it won or lost, and count again yourself."),
                budget=budget.title,
            ),
            path=budget.url_of("results"),
            dedupe_key=f"area-result:{area.pk}",
            targets=neighbourhood_of(area),
            page=budget,
        )
