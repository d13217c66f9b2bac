"""What is said about a matter of a committee: an item of an agenda with its discussion, and how one begins."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain.discussing import discussion_of_item
from participation.domain.follow import follow
from participation.models import AgendaItem, Decision, Discussion
from participation.queries.agenda import agenda_of, flat
from participation.queries.discussing import agenda_is_out, discussed_item
from participation.queries.meeting import meeting_for
from participation.views.comment import discussion_context, undiscussed_context, write
from participation.views.committee_page import around, committee_view
from participation.views.person import as_participant


def matter_context(request, matter: AgendaItem | Decision, committee, *, action: str) -> dict:
    """Return what the page of an item or a decision shows of its discussion; where none has begun, the form goes to `action`."""
    if matter.discussion is None:
        return {**undiscussed_context(request, committee=committee, action=action), "begin_url": action}
    # The page of the committee that the request has found: asked of it, the rules take no query more.
    matter.discussion.committee = committee
    return discussion_context(matter.discussion, request)


def begin(request, find: Callable[[], Discussion], *, back: str):
    """Take the first comment on a matter, or the wish to follow it; who only comes to look is led to its page."""
    if request.method != "POST":
        return redirect(back)

    def take(request, person):
        discussion = find()
        if "follow" in request.POST:
            follow(discussion, participant=person)
            messages.success(request, _("You follow this now. We tell you when something happens."))
            return redirect(back)
        return write(request, person, discussion)

    return as_participant(take)(request)


@committee_view("GET", "POST")
def item_discuss(page, request, pk, item):
    """Show an item of an agenda with what is said about it; a POST is the first comment."""
    meeting = meeting_for(request.user, page, pk)
    found = discussed_item(request.user, meeting, item)
    address = page.url_of("discuss_item", meeting.pk, found.pk)
    if request.method == "POST":
        return _begin_item(page, request, found, address)
    row = next(row for row in flat(agenda_of(meeting)) if row.item.pk == found.pk)
    context = {
        **around(
            page,
            request,
            "meetings",
            (page.url_of("meetings"), _("Meetings")),
            (page.url_of("meeting", meeting.pk), meeting.title),
            ("", found.title),
        ),
        "meeting": meeting,
        "item": found,
        "row": row,
        "document_base": page.url_of("meeting", meeting.pk),
        "meeting_url": page.url_of("meeting", meeting.pk),
        "decisions": [(page.url_of("decision", each.pk), each) for each in found.decisions.all()],
        "is_out": agenda_is_out(meeting),
        **matter_context(request, found, page, action=address),
    }
    return TemplateResponse(request, "participation/pages/item.html", context)


def _begin_item(page, request, item: AgendaItem, address: str):
    if not request.user.is_authenticated:
        return redirect_to_login(address, settings.LOGIN_URL)
    return begin(request, lambda: discussion_of_item(item, by=request.user), back=address)


urls = [path("meetings/<int:pk>/items/<int:item>/", item_discuss, name="discuss_item")]
