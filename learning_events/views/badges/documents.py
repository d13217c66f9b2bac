"""What other people's programs read to check our badges: who signs, with which keys, what is revoked, what a badge means."""

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from learning_events.credentials import writing
from learning_events.domain.issuer import signed_status_list, signing_key
from learning_events.models import Achievement, StatusList
from learning_events.queries.issuer import badge_facts, issuer, public_pems
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view

DOCUMENTS_LAST_S = 3600


def _open(response: HttpResponse, seconds: int) -> HttpResponse:
    """Let every site's pages and every cache between read this, for so long."""
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=seconds)
    return response


@page_view("GET")
def did(request):
    """The issuer's public keys (did:web)."""
    signing_key()  # the first reader of a new site makes the first key
    document = writing.did_document(issuer().did, public_pems().values())
    return _open(JsonResponse(document, content_type="application/did+json"), DOCUMENTS_LAST_S)


@page_view("GET")
def profile(request):
    """The issuer's profile (Open Badges 3.0)."""
    document = writing.issuer_document(issuer())
    return _open(JsonResponse(document, content_type="application/ld+json"), DOCUMENTS_LAST_S)


@page_view("GET")
def badge(request, key):
    """What a badge stands for, in all that carry it."""
    achievement = Achievement.objects.select_related("organisation", "picture").filter(key=key).first()
    if achievement is None:
        raise Missing
    document = writing.badge_document(badge_facts(achievement), issuer())
    return _open(JsonResponse(document, content_type="application/ld+json"), DOCUMENTS_LAST_S)


def _version(request, pk) -> str | None:
    found = StatusList.objects.filter(pk=pk).values_list("changed_at", flat=True).first()
    return f'"{pk}-{found:%Y%m%d%H%M%S%f}-{database_now():%Y%m%d%H}"' if found is not None else None


@page_view("GET")
@condition(etag_func=_version)
def status(request, pk):
    """The signed list of revoked badges (Bitstring Status List)."""
    found = StatusList.objects.filter(pk=pk).first()
    if found is None:
        raise Missing
    response = HttpResponse(signed_status_list(found), content_type=writing.MEDIA_TYPE)
    return _open(response, int(writing.LIST_MAY_BE_KEPT.total_seconds()))


urls = [
    path("did.json", did, name="did"),
    path("issuer.json", profile, name="issuer"),
    path("badges/<uuid:key>.json", badge, name="badge"),
    path("status/<int:pk>/", status, name="status"),
]
