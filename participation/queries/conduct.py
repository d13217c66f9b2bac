"""Where this site says how people talk here."""

from wagtail.models import Site

from participation.models import DiscussionSettings


def code_of_conduct_url(request) -> str:
    """Return the address of the page with the code of conduct that the site's settings name, or ""."""
    site = Site.find_for_request(request)
    chosen = DiscussionSettings.objects.filter(site=site, code_of_conduct__live=True).select_related(
        "code_of_conduct"
    )
    found = chosen.first() if site is not None else None
    return found.code_of_conduct.get_url(request, current_site=site) or "" if found is not None else ""
