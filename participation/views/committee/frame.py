"""What every page of a committee asks and shows: may this person know of it, what are they to it, and the ways on."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils.translation import gettext as _

from participation.enums import AccessLevel
from participation.foundation.committee_work import all_work
from participation.foundation.errors import Missing, NotAllowed
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs
from participation.queries.committee import standing_in
from participation.rules import committee_is_private


def committee_view(*methods: str, sign_in: bool = False, level: AccessLevel | None = None) -> Callable:
    """Decorate `view(page, request, standing, ...)`: a private committee is a 404 for all who may not know of it.

    So a stranger is sent to sign in only where the committee is no secret. `level` is what one must be inside to come in;
    others get 403.
    """

    def decorate(view: Callable) -> Callable:
        @page_view(*methods)
        @wraps(view)
        def receive(page, request, *args, **kwargs) -> HttpResponse:
            standing = standing_in(page, request.user)
            if committee_is_private(request.user, page) and not standing.is_inside:
                raise Missing
            if (sign_in or level is not None) and not standing.is_signed_in:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if level is not None and standing.level < level:
                raise NotAllowed(_("This page is for people who have more to do in this committee."))
            return view(page, request, standing, *args, **kwargs)

        return receive

    return decorate


def frame_of(page, request, standing, current: str, *more: tuple) -> dict:
    """Return what every page of a committee shows around its subject; `current` is the name of its tab."""
    tabs = [
        ("committee", _("About"), page.url or "/"),
        ("members", _("Members"), page.url_of("members")),
        ("meetings", _("Meetings"), page.url_of("meetings")),
        ("decisions", _("Decisions"), page.url_of("decisions")),
        ("actions", _("To do"), page.url_of("actions")),
    ]
    if page.is_circle:
        tabs.insert(3, ("plan", _("Plan"), page.url_of("plan")))
    tabs += [(work.name, work.label, page.url_of(work.name)) for work in all_work() if work.is_shown(page)]
    if standing.keeps:
        tabs.append(("due", _("What is due"), page.url_of("due")))
    if standing.leads:
        tabs.append(("lead", _("Lead"), page.url_of("lead")))
    return {
        **page.get_context(request),
        "committee": page,
        "standing": standing,
        "tabs": [(address, title, name == current) for name, title, address in tabs],
        "breadcrumbs": breadcrumbs(page, *more),
    }
