"""Who takes part, in figures for everybody; and giving one's own."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from participation.domain.figures import give_figures, take_figures_back
from participation.forms.figures import FiguresForm
from participation.foundation.pages import page_view
from participation.foundation.small_groups import LEAST, STEP
from participation.models import OwnFigures
from participation.queries.figures import figures_of_city
from participation.views.person import as_participant


@page_view("GET")
def who_takes_part(request):
    """Show the figures beside the population, the same for everybody."""
    context = {"tables": [_shown(table) for table in figures_of_city()], "least": LEAST, "step": STEP}
    return TemplateResponse(request, "participation/pages/figures.html", context)


def _shown(table) -> dict:
    def percent(number: int | None, total: int | None) -> int | None:
        return None if number is None or not total else round(100 * number / total)

    rows = [
        {
            "group": group,
            "population": None if group.population is None else round(100 * group.population),
            "members": percent(group.members, table.members.total),
            "others": percent(group.others, table.others.total),
        }
        for group in table.groups
    ]
    for row in rows:
        row["bars"] = [
            (words, row[name], row[name] / 100)
            for name, words in (
                ("population", _("city")),
                ("members", _("members")),
                ("others", _("others")),
            )
            if row[name] is not None
        ]
    return {"table": table, "rows": rows}


@never_cache
@page_view("GET", "POST", sign_in=True)
@as_participant
def own_figures(request, person):
    """Let a person give, change and delete their own figures."""
    own = OwnFigures.objects.filter(participant=person).first()
    if request.method == "POST" and "delete" in request.POST:
        take_figures_back(person)
        messages.success(request, _("Your figures are deleted."))
        return redirect("participation:own_figures")
    form = FiguresForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        give_figures(person, **form.cleaned_data)
        messages.success(request, _("Thank you. You are counted among many now."))
        return redirect("participation:own_figures")
    context = {"form": form, "own": own, "least": LEAST}
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "participation/pages/own_figures.html", context, status=status)


urls = [
    path("who-takes-part/", who_takes_part, name="who_takes_part"),
    path("who-takes-part/me/", own_figures, name="own_figures"),
]
