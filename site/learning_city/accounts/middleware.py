"""Staff pages open only after a second factor."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _


class StaffSecondFactorMiddleware:
    """Let staff pages answer only in a session in which the second factor was shown (S5).

    Who has none is sent to its set-up page (recovery codes alone are none); who came in by a door that did not ask for it
    is asked now. So no other way to sign in, of today or tomorrow, leads around it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            not settings.REQUIRE_STAFF_SECOND_FACTOR
            or not request.path.startswith(reverse("wagtailadmin_home"))
            or not request.user.is_authenticated
        ):
            return self.get_response(request)
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            messages.info(
                request, _("Staff pages need a second factor. Please set one up now; it takes a minute.")
            )
            return redirect("mfa_activate_totp")
        if not any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
            query = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
            return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{query}")
        return self.get_response(request)
