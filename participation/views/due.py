"""The checklist of a committee: what is due, for who keeps it."""

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.foundation.clock import database_now
from participation.queries.due import due_for
from participation.rules import may_keep_committee
from participation.views.committee_page import around, committee_view


@committee_view("GET", rule=may_keep_committee, sign_in=True)
def due(page, request):
    """Show what is due."""
    context = {
        **around(page, request, "due", ("", _("What is due"))),
        "rows": due_for(page, database_now()),
    }
    return TemplateResponse(request, "participation/pages/due.html", context)


urls = [path("due/", due, name="due")]
