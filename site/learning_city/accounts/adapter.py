"""How allauth behaves on this site."""

import io

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


class AccountAdapter(DefaultAccountAdapter):
    """Redirects stay on this site (S1); who comes for the first time is asked for a name."""

    def is_safe_url(self, url):
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, template_prefix, email, context):
        super().send_mail(template_prefix, email, {**context, "site_name": settings.WAGTAIL_SITE_NAME})

    def is_open_for_signup(self, request):
        # Accounts are made by the code page alone, never by allauth's own sign-up.
        return False

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if hasattr(user, "participant"):
            return response
        return HttpResponseRedirect(f"{reverse('participation:welcome')}?{urlencode({'next': response.url})}")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The picture of the key has its own white ground, so that phones read it on a dark page too."""

    def build_totp_svg(self, url):
        picture = io.BytesIO()
        segno.make(url, micro=False).save(
            picture, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False
        )
        return picture.getvalue().decode()
