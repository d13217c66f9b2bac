"""The printed programme for everybody: finished files, what changed since, posters, and the short addresses in codes."""

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from learning_events.enums import PrintForm
from learning_events.models import EventPage
from learning_events.printing.edition import print_changes, print_poster
from learning_events.printing.press import Misprint
from learning_events.queries.printing import changed_since_print, current_edition, files_of
from learning_events.queries.session import sessions_of
from learning_events.queries.version import present_version
from learning_events.rules import event_is_public, may_change_event
from learning_events.views.frame import breadcrumbs
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Missing
from participation.foundation.pages import page_view

SHEET_KEPT_S = 60 * 60


@page_view("GET")
def prints(page, request):
    """List the files of the newest published edition, and what changed since."""
    edition = current_edition(page)
    changed = _coming_changes(page) if edition is not None else []
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, ("", _("To print"))),
        "edition": edition,
        "files": [
            {
                "file": file,
                "form": PrintForm(file.form),
                "url": page.url_of("print_file", _name(file)),
                "size_mb": file.size / 1_000_000,
            }
            for file in (files_of(edition) if edition is not None else [])
        ],
        "changed": changed,
        "sheet_url": page.url_of("print_file", "changes"),
    }
    return TemplateResponse(request, "learning_events/pages/prints.html", context)


@page_view("GET")
def print_file(page, request, name):
    """Return one file of the newest published edition, or the sheet of what changed since."""
    edition = current_edition(page)
    if edition is None:
        raise Missing
    if name == "changes":
        return pdf(_sheet_of_changes(page, edition), f"{page.slug}-changes.pdf")
    form, _dash, order = name.partition("-")
    file = edition.files.filter(form=form, order=order).first()
    if file is None:
        raise Missing
    response = pdf(bytes(file.content), f"{page.slug}-{edition.number}-{name}.pdf")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _sheet_of_changes(page, edition) -> bytes:
    key = f"learning_events.sheet.{page.pk}.{edition.pk}.{present_version().tag}"
    sheet = cache.get(key)
    if sheet is None:
        try:
            sheet = print_changes(page, edition, _coming_changes(page)).content
        except Misprint:
            raise Conflict(
                _("The sheet cannot be printed at the moment. The list on the page before says the same.")
            ) from None
        cache.set(key, sheet, SHEET_KEPT_S)
    return sheet


def _coming_changes(page) -> list:
    """Return the changes that still matter: the session is not over, neither as printed nor as it is now."""
    now = database_now()
    return [
        change
        for change in changed_since_print(page)
        if any(said is not None and said.ends_at > now for said in (change.was, change.now))
    ]


def _name(file) -> str:
    return f"{file.form}-{file.order}"


@page_view("GET")
def poster(page, request):
    """Return the poster of an event for those who organise it."""
    if not may_change_event(request.user, page):
        raise Missing
    coming = (
        sessions_of(page)
        .filter(ends_at__gt=database_now())
        .select_related("place", "event__place", "event__kind")
    )
    try:
        pressed = print_poster(page.get_parent().specific, page, list(coming))
    except Misprint:
        raise Conflict(_("The poster cannot be printed at the moment. Please try again later.")) from None
    response = pdf(pressed.content, f"{page.slug}-poster.pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page_view("GET")
def short(page, request, pk):
    """Lead from the short address in a printed code to the event, wherever its page is by now."""
    event = EventPage.objects.filter(pk=pk, path__startswith=page.path).first()
    if event is None or not event_is_public(request.user, event):
        raise Missing
    return redirect(event.localized.url or "/")


def pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


urls = [
    path("prints/", prints, name="prints"),
    path("prints/<slug:name>.pdf", print_file, name="print_file"),
    path("e/<int:pk>/", short, name="short"),
]
event_urls = [path("poster.pdf", poster, name="poster")]
