"""What budgeting lets committees do: speak about proposals, put them in order, and look after funded projects."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgeting.models import ProjectAdoption
from budgeting.queries.committee import areas_of_home, overdue_steps, quiet_projects, rankings_to_settle
from participation.foundation.committee_work import Due, Work


def _is_shown(committee) -> bool:
    """Say whether the budgets of the city have an area of this committee, or it looks after a project already."""
    return (
        committee.pk is not None
        and not committee.is_private
        and (
            areas_of_home(committee).exists() or ProjectAdoption.objects.filter(committee=committee).exists()
        )
    )


def _due(committee, now: dt.datetime) -> list[Due]:
    today = timezone.localdate(now)
    late = [
        Due(
            ngettext(
                "“%(title)s”: a step that was promised is overdue. Say that it is reached, or tell what happened.",
                "“%(title)s”: %(number)d steps that were promised are overdue. Say that they are reached, or tell what happened.",
                number,
            )
            % {"title": project.title, "number": number},
            project.budget.url_of("project", project.pk),
            True,
        )
        for project, number in overdue_steps(committee, today)
    ]
    quiet = [
        Due(
            _("“%(title)s”: nobody has told anything for three months. Post news.")
            % {"title": project.title},
            project.budget.url_of("project", project.pk),
        )
        for project in quiet_projects(committee, now)
    ]
    orders = [
        Due(
            _("Say in which order the committee would like the proposals of “%(area)s”, until %(day)s.")
            % {"area": area.name, "day": date_format(timezone.localtime(until), "DATE_FORMAT")},
            committee.url_of("budget_order", area.pk),
        )
        for area, until in rankings_to_settle(committee, now)
    ]
    return [*late, *quiet, *orders]


WORK = (Work("budget_work", gettext_lazy("Budget"), "budgeting.views.committee.urls", _is_shown, _due),)
