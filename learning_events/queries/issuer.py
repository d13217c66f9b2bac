"""Who signs the badges of this site, with which public keys, and at which addresses its documents lie."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.urls import reverse

from learning_events.credentials.facts import Badge, Issuer
from learning_events.models import Achievement, IssuerKey, StatusList


def base_url() -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def issuer() -> Issuer:
    """Return the city as issuer: its did:web leads to `/learning/did.json`."""
    host = quote(urlsplit(base_url()).netloc, safe="")
    return Issuer(f"did:web:{host}:learning", settings.WAGTAIL_SITE_NAME, f"{base_url()}/")


def public_pems() -> dict[str, str]:
    """Return all public keys by their names, the present one first: old badges stay valid under old keys."""
    return dict(IssuerKey.objects.values_list("name", "public_pem"))


def status_list_url(pk: int) -> str:
    return base_url() + reverse("learning:status", args=[pk])


def status_list_by_url(url: str) -> StatusList | None:
    """Return the list that a credential names, None where the address is not one of ours."""
    number = url.rstrip("/").rpartition("/")[2]
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    if status_list_url(int(number)) != url:
        return None
    return StatusList.objects.filter(pk=int(number)).first()


def badge_facts(achievement: Achievement) -> Badge:
    """Return what a credential says of an achievement."""
    organisation = achievement.organisation
    picture = achievement.picture
    image = picture.get_rendition("fill-400x400|format-png").url if picture is not None else ""
    return Badge(
        id=base_url() + reverse("learning:badge", args=[achievement.key]),
        name=achievement.name,
        description=achievement.description,
        criteria=achievement.criteria,
        organisation=organisation.name if organisation else "",
        organisation_url=organisation.website if organisation else "",
        image=f"{base_url()}{image}" if image.startswith("/") else image,
    )
