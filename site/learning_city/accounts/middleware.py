"""Staff pages open only after a second factor."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


class StaffSecondFactorMiddleware:
    """Send staff without a second factor to its set-up page before any staff page answers (S5).

    Who has one was asked for it at every sign-in, whichever door they took; recovery codes alone are none.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            settings.REQUIRE_STAFF_SECOND_FACTOR
            and request.path.startswith(reverse("wagtailadmin_home"))
            and request.user.is_authenticated
            and not is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
        ):
            messages.info(
                request, _("Staff pages need a second factor. Please set one up now; it takes a minute.")
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)
