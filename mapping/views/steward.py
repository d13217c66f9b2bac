"""Looking after places: one's own, changing one, asking to look after one, and the mailed link for who has no account."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from mapping.domain import stewardship
from mapping.domain.picture import change_place_and_pictures
from mapping.enums import PlaceStatus, SubmissionState
from mapping.forms.place import PlaceForm
from mapping.forms.register import AddressForm, RequestForm
from mapping.models import LearningPlace
from mapping.queries.place import place_for
from mapping.queries.stewardship import places_of, places_of_address
from mapping.queries.submission import submissions_of, submissions_with_keys
from mapping.rules import looks_after, may_change_place
from mapping.validators import MAX_PICTURES
from mapping.views.person import actor_for, address_let_in, let_in, let_out, named_or_stranger
from mapping.views.register import DRAFTS, private, show_as_seen
from participation.forms.picture import PictureForms
from participation.foundation.errors import Conflict, Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs
from participation.models import Organisation

TONES = {
    SubmissionState.WAITING: "info",
    SubmissionState.UNCONFIRMED: "warn",
    SubmissionState.RETURNED: "warn",
    SubmissionState.REFUSED: "bad",
    PlaceStatus.PUBLISHED: "good",
    PlaceStatus.HIDDEN: "bad",
}


@page_view("GET")
@private
@named_or_stranger
def own_place_list(page, request):
    """List what one registers and looks after, with an account, by a mailed link, or in this browser."""
    participant = getattr(request.user, "participant", None)
    email = address_let_in(request)
    drafts = list(submissions_with_keys(request.session.get(DRAFTS, [])))
    if participant is not None:
        drafts += submissions_of(participant)
    places = {place.pk: place for place in places_of(participant)} if participant else {}
    if email:
        places |= {place.pk: place for place in places_of_address(email)}
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("My places"))),
        "drafts": [
            {
                "submission": submission,
                "url": page.url_of("registration", submission.key),
                "words": submission.get_state_display(),
                "tone": TONES.get(submission.state, "quiet"),
            }
            for submission in drafts
        ],
        "places": [
            {
                "place": place,
                "url": page.url_of("place", place.pk),
                "edit_url": page.url_of("edit_place", place.pk) if place.is_public else "",
                "look_url": page.url_of("look", place.pk) if place.is_public else "",
                "close_url": page.url_of("close_place", place.pk) if place.is_public else "",
                "stop_url": page.url_of("stop_looking_after", place.pk),
                "words": place.get_status_display(),
                "tone": TONES.get(place.status, "quiet"),
            }
            for place in places.values()
        ],
        "email": email,
        "is_known": participant is not None or bool(email),
        "register_url": page.url_of("register") if page.takes_registrations else "",
        "manage_url": page.url_of("manage_link"),
        "out_url": page.url_of("close_link"),
        "reports_url": page.url_of("own_reports"),
        "scout_url": page.url_of("scout"),
    }
    return TemplateResponse(request, "mapping/pages/own_places.html", context)


@page_view("GET", "POST")
def manage_link(page, request):
    """Mail a link to somebody without an account; the answer is the same whether the address is known or not (S2)."""
    form = AddressForm(request.POST or None)
    is_sent = False
    if request.method == "POST" and form.is_valid():
        try:
            stewardship.mail_link(page, email=form.cleaned_data["email"])
        except Refused as refusal:
            form.tell(refusal)
        else:
            is_sent = True
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("Change my places"))),
        "form": form,
        "is_sent": is_sent,
        "hours": int(stewardship.LINK_LASTS.total_seconds() // 3600),
    }
    return TemplateResponse(
        request, "mapping/pages/manage_link.html", context, status=400 if form.errors else 200
    )


@page_view("GET", "POST")
@private
def open_link(page, request, token):
    """Ask for one press of a button, then let this browser change the places of the address for two hours."""
    email = stewardship.address_of_link(token)
    if request.method == "POST":
        let_in(request, email)
        return redirect(page.url_of("own_places"))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("Change my places"))),
        "places": places_of_address(email),
    }
    return TemplateResponse(request, "mapping/pages/open_link.html", context)


@page_view("POST")
def close_link(page, request):
    """Stop acting for the address of a mailed link in this browser."""
    let_out(request)
    messages.success(request, _("Nobody can change your places from this browser any more."))
    return redirect(page.url)


@page_view("GET", "POST")
@private
@named_or_stranger
def edit_place(page, request, pk):
    """Change a place that one looks after, all sections on one page."""
    place = LearningPlace.objects.select_related("category", "organisation").filter(pk=pk).first()
    by = actor_for(request, place) if place is not None else None
    if place is None or not may_change_place(by, place):
        raise Missing
    is_sent = request.method == "POST"
    form = PlaceForm(request.POST if is_sent else None, place=place, user=request.user)
    pictures = PictureForms(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        stored=place.pictures.select_related("image"),
        most=MAX_PICTURES,
    )
    conflict = None
    looks = False
    if is_sent and all([form.is_valid(), pictures.is_valid()]):
        looks = form.is_to_be_looked_at
        if not looks:
            try:
                change_place_and_pictures(
                    place,
                    by=by,
                    facts=form.facts(),
                    pictures=pictures.changes(),
                    expected_version=form.cleaned_data["version"],
                )
            except Conflict as refusal:
                conflict = refusal
            except Refused as refusal:
                form.tell(refusal)
            else:
                messages.success(request, _("Your changes are saved. Thank you for keeping the map true."))
                return redirect(_after_change(page, request, place))
    if is_sent:
        show_as_seen(form)
    if conflict is not None and conflict.code == "changed_meanwhile":
        form.data["version"] = conflict.details["version"]
    place_url = page.url_of("place", place.pk)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (place_url, place.name), ("", _("Change the entry"))),
        "place": place,
        "place_url": place_url,
        "back_url": _after_change(page, request, place),
        "close_url": page.url_of("close_place", place.pk) if place.is_public else "",
        "form": form,
        "pictures": pictures,
        "conflict": conflict,
        "looks": looks,
        "lost_files": is_sent and bool(request.FILES),
        "preview_url": page.url_of("hours_preview"),
    }
    status = conflict.status if conflict else 400 if is_sent and not looks else 200
    return TemplateResponse(request, "mapping/pages/place_edit.html", context, status=status)


def _after_change(page, request, place) -> str:
    if looks_after(request.user, place) or place.is_public:
        return page.url_of("place", place.pk)
    return page.url_of("own_places")


@page_view("GET", "POST")
@named_or_stranger
def look_after(page, request, pk):
    """Ask that an organisation one acts for may look after a place; a moderator decides.

    Strangers read first what it means and why they have to sign in for it.
    """
    place = place_for(request.user, pk)
    if not place.is_public:
        raise Missing
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return TemplateResponse(
            request, "mapping/pages/look_after.html", _looking_after(page, place) | {"is_stranger": True}
        )
    theirs = Organisation.objects.filter(roles__participant=request.user.participant)
    form = RequestForm(request.POST or None, organisations=theirs.exclude(pk=place.organisation_id))
    if request.method == "POST" and form.is_valid():
        stewardship.ask_to_look_after(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you! A moderator decides and tells you."))
        return redirect(page.url_of("place", place.pk))
    context = _looking_after(page, place) | {
        "form": form,
        "acts_for_none": not form.fields["organisation"].queryset.exists(),
        "looks_after_it": looks_after(request.user, place),
        "edit_url": page.url_of("edit_place", place.pk),
    }
    return TemplateResponse(
        request, "mapping/pages/look_after.html", context, status=400 if form.is_bound else 200
    )


def _looking_after(page, place) -> dict[str, Any]:
    place_url = page.url_of("place", place.pk)
    return {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (place_url, place.name), ("", _("Look after it"))),
        "place": place,
        "report_url": page.url_of("report_place", place.pk),
        "manage_url": page.url_of("manage_link"),
        "place_url": place_url,
    }


@page_view("GET", "POST")
@private
def stop_looking_after(page, request, pk):
    """Ask before somebody stops looking after a place, then do it."""
    place = LearningPlace.objects.select_related("organisation").filter(pk=pk).first()
    by = actor_for(request, place) if place is not None else None
    if place is None or not looks_after(by, place):
        raise Missing
    if request.method == "POST":
        stewardship.stop_looking_after(place, by=by)
        messages.success(request, _("You do not look after this place any more. It stays on the map."))
        return redirect(page.url_of("own_places"))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("own_places"), _("My places")), ("", place.name)),
        "place": place,
        "back_url": page.url_of("own_places"),
    }
    return TemplateResponse(request, "mapping/pages/stop_looking_after.html", context)


urls = [
    path("mine/", own_place_list, name="own_places"),
    path("manage/", manage_link, name="manage_link"),
    path("manage/close/", close_link, name="close_link"),
    path("manage/<path:token>/", open_link, name="open_link"),
    path("<int:pk>/edit/", edit_place, name="edit_place"),
    path("<int:pk>/look-after/", look_after, name="look_after"),
    path("<int:pk>/stop/", stop_looking_after, name="stop_looking_after"),
]
