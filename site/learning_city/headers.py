"""Response headers that keep pages safe and shared caches honest."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.urls import reverse

from learning_city.admin_scripts import rewritten


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The site's policy from the settings, on every response, errors included.

    The admin has the same policy for scripts. It may also frame pages of this site, for previews, and make style elements:
    its rich text editor writes some with random names, so no hash can tell them beforehand. A page may be framed by this
    site where the view says so (X-Frame-Options: SAMEORIGIN, as Wagtail's previews do) and nowhere else.
    """

    def process_response(self, request, response):
        if request.path.startswith(reverse("wagtailadmin_home")) and not response.streaming:
            content = rewritten(response.content, response.get("Content-Type", ""))
            if content is not response.content:
                response.content = content
                if response.has_header("Content-Length"):
                    response.headers["Content-Length"] = str(len(content))
        return super().process_response(request, response)

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(reverse("wagtailadmin_home")):
            parts.update = {
                **(parts.update or {}),
                "frame-src": [SELF],
                "style-src-elem": [SELF, UNSAFE_INLINE],
            }
        if response.get("X-Frame-Options", "").upper() == "SAMEORIGIN":
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


class PrivateCacheMiddleware:
    """Mark every answer made for a signed-in person as theirs alone (no shared cache may keep it).

    So is one for a browser that is known for something else, such as a mailed link, where the view has not said how to keep it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated or response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        elif not request.session.is_empty():
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
