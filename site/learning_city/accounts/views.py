"""Signing in: an address, a code, and in."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from learning_city.accounts import sign_in
from learning_city.accounts.forms import CodeForm, EmailForm, PasswordSignInForm
from participation.foundation.errors import Refused

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_address(request):
    """Ask for the e-mail address and send the code. Every address gets the same answer."""
    next_url = _next_of(request)
    if request.user.is_authenticated:
        return redirect(next_url or "/")
    form = EmailForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            if form.cleaned_data["website"] or not ratelimit.consume(
                request, action="request_login_code", key=email.lower()
            ):
                raise sign_in.TooMany(_("That was quick. Please wait a minute and try again."), field="email")
            sign_in.send_code(request, email, next_url)
            return redirect("account_confirm_login_code")
        except Refused as refusal:
            form.add_error("email", str(refusal.message))
            status = refusal.status
        except (SMTPException, OSError):
            logger.exception("A sign-in code could not be sent")
            form.add_error(
                None, _("Our mail does not go out at the moment. Please try again in a few minutes.")
            )
            status = 503
    context = {
        "form": form,
        "next_url": next_url,
        "query": f"?{urlencode({'next': next_url})}" if next_url else "",
    }
    return TemplateResponse(request, "account/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_code(request):
    """Take the code from the mail; the right one signs in."""
    pending = sign_in.pending_sign_in(request)
    if request.user.is_authenticated:
        return redirect("/")
    if pending is None:
        if request.method == "POST":
            messages.info(request, _("That code is no longer valid. Please ask for a new one."))
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if sign_in.is_right_code(pending, form.cleaned_data["code"]):
                return sign_in.enter(request, pending)
            form.add_error("code", _("This is not the code we sent last. Please look at the newest mail."))
        except Refused as refusal:
            sign_in.forget_code(request)
            messages.error(request, str(refusal.message))
            return redirect("account_login")
    context = {
        "form": form,
        "email": pending.email,
        "minutes": int(sign_in.CODE_LIFETIME.total_seconds() // 60),
    }
    return TemplateResponse(request, "account/confirm_code.html", context, status=status)


def to_sign_in(request):
    """Lead allauth's other doors (sign-up, code request) to the one page that serves both."""
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class PasswordSignInView(LoginView):
    """E-mail and password, for people who have set one; a second factor is asked for next."""

    form_class = PasswordSignInForm
    template_name = "account/sign_in_password.html"

    def get_form_class(self):
        return self.form_class


def _next_of(request) -> str:
    next_url = request.POST.get("next", request.GET.get("next", ""))
    return next_url if get_adapter(request).is_safe_url(next_url) else ""
