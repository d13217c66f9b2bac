"""A person's own data: seeing, taking along, leaving."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain.personal_data import erase_person, export_archive
from participation.forms.participant import EraseForm
from participation.foundation.pages import page_view
from participation.queries.personal_data import counts_about


@page_view("GET", sign_in=True)
def my_data(request):
    """List what the site holds about this person."""
    return TemplateResponse(request, "participation/pages/my_data.html", {"held": counts_about(request.user)})


@page_view("POST", sign_in=True)
def export(request):
    """Send the archive at once: it is made for this answer and kept nowhere."""
    response = HttpResponse(export_archive(request.user, by=request.user), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@page_view("GET", "POST", sign_in=True)
def erase(request):
    """Explain what becomes of what, and delete the account of who confirms it."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        erase_person(request.user, by=request.user)
        logout(request)
        messages.success(request, _("Your account is deleted. Thank you for having taken part."))
        return redirect("/")
    context = {"form": form, "held": counts_about(request.user)}
    return TemplateResponse(request, "participation/pages/erase.html", context)


urls = [
    path("me/data/", my_data, name="my_data"),
    path("me/data/export/", export, name="export_my_data"),
    path("me/data/erase/", erase, name="erase_me"),
]
