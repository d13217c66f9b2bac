"""Response headers that keep pages safe and shared caches honest."""

from csp.middleware import CSPMiddleware


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The site's policy from the settings, on every response, errors included."""


class PrivateCacheMiddleware:
    """Mark every answer made for a signed-in person as theirs alone (no shared cache may keep it)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated or response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response
