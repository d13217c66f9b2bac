"""The public page of one badge, which only its unguessable address opens, and its files."""

from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning_events.credentials import writing
from learning_events.credentials.picture import picture
from learning_events.models import Award
from learning_events.queries.credential import public_award
from learning_events.queries.issuer import base_url, issuer
from participation.foundation.errors import Conflict
from participation.foundation.pages import page_view


def badge_context(award: Award) -> dict:
    """Return what the public page and the printed sheet show of a signed badge."""
    achievement = award.achievement
    page = reverse("learning_events:badge", args=[award.key])
    return {
        "award": award,
        "achievement": achievement,
        "issuer_name": achievement.organisation.name if achievement.organisation else issuer().name,
        "signer": issuer(),
        "page_url": base_url() + page,
        "qr": qr_code(base_url() + page),
        "verify_url": reverse("learning_events:verify_badge"),
    }


def qr_code(address: str) -> str:
    """Return a QR code as an address that a picture can have."""
    import segno

    return segno.make_qr(address, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


@never_cache
@page_view("GET")
def badge(request, key):
    """Show one badge to whoever was given its address: what was achieved, who says so, and whether it holds."""
    award = public_award(key)
    context = {**badge_context(award), "breadcrumbs": [("/", _("Home")), ("", award.achievement.name)]}
    response = TemplateResponse(request, "learning_events/pages/badge.html", context)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _file(content: bytes | str, award: Award, ending: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="badge-{award.pk}.{ending}"'
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@never_cache
@page_view("GET")
def badge_token(request, key):
    """The credential as it was signed (VC-JWT)."""
    award = public_award(key)
    return _file(award.credential, award, "jwt", writing.MEDIA_TYPE)


@never_cache
@page_view("GET")
def badge_json(request, key):
    """The credential as JSON-LD."""
    award = public_award(key)
    response = JsonResponse(writing.enveloped(award.credential), content_type="application/ld+json")
    response["Content-Disposition"] = f'attachment; filename="badge-{award.pk}.json"'
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


@never_cache
@page_view("GET")
def badge_picture(request, key):
    """The picture of the badge with the credential in it."""
    award = public_award(key)
    drawn = picture(award.achievement.name, issuer().name)
    response = _file(writing.baked(drawn, award.credential), award, "svg", "image/svg+xml")
    # Inline, for the page shows it; a document of its own may run nothing.
    response["Content-Disposition"] = f'inline; filename="badge-{award.pk}.svg"'
    return response


@never_cache
@page_view("GET")
def badge_sheet(request, key):
    """The badge as a sheet to print (PDF)."""
    from learning_events.printing.badge import sheet

    award = public_award(key)
    if award.revoked_at is not None:
        raise Conflict(_("This badge was revoked and is not printed any more."))
    return _file(sheet(badge_context(award)), award, "pdf", "application/pdf")


urls = [
    path("badges/<slug:key>/", badge, name="badge"),
    path("badges/<slug:key>/badge.jwt", badge_token, name="badge_token"),
    path("badges/<slug:key>/badge.json", badge_json, name="badge_json"),
    path("badges/<slug:key>/badge.svg", badge_picture, name="badge_picture"),
    path("badges/<slug:key>/badge.pdf", badge_sheet, name="badge_sheet"),
]
