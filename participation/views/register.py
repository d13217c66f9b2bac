"""The residents' register and the desk, in the Wagtail admin."""

import functools

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from participation.domain.participant import verify_at_desk
from participation.domain.register import MAX_BYTES, import_register, read_register
from participation.forms.register import DeskForm, RegisterFileForm, RegisterImportForm
from participation.foundation.errors import Refused
from participation.queries.participant import participant_by_address
from participation.queries.register import latest_imports, register_by_neighbourhood
from participation.rules import may_import_register, may_verify_at_desk


def _only(rule):
    """Let in whom `rule` allows; others of the staff get Wagtail's own refusal."""

    def decorate(view):
        @functools.wraps(view)
        @require_http_methods(["GET", "HEAD", "POST"])
        def receive(request, *args, **kwargs):
            if not rule(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return receive

    return decorate


@_only(may_import_register)
def register(request):
    """Show the register's figures, take a file for a dry run, and then the same file for the import."""
    if "sha256" in request.POST:
        return _import(request)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = read_register(_content(form))
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
    import_form = (
        RegisterImportForm(initial={"sha256": report.sha256}) if report and report.is_importable else None
    )
    return _register_page(request, form=form, report=report, import_form=import_form)


def _import(request):
    form = RegisterImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            done = import_register(
                _content(form),
                by=request.user,
                is_complete=form.cleaned_data["is_complete"],
                expected_sha256=form.cleaned_data["sha256"],
            )
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
        else:
            words = _("The register is up to date: %(added)d new, %(changed)d changed.")
            messages.success(request, words % {"added": done.added, "changed": done.changed})
            return redirect("participation_register")
    return _register_page(request, form=RegisterFileForm(), import_form=form)


def _content(form) -> bytes:
    return form.cleaned_data["file"].read(MAX_BYTES + 1)


def _register_page(request, **context):
    figures = register_by_neighbourhood()
    context |= {
        "page_title": _("Residents' register"),
        "header_icon": "group",
        "figures": figures,
        "total": sum(residents for _name, residents, _verified in figures),
        "imports": latest_imports(),
    }
    report = context.get("report")
    if report and report.problem_count:
        context["problem_words"] = ngettext(
            "%(count)d line cannot be used. Nothing was imported.",
            "%(count)d lines cannot be used. Nothing was imported.",
            report.problem_count,
        ) % {"count": report.problem_count}
    return TemplateResponse(request, "participation/admin/register.html", context)


@_only(may_verify_at_desk)
def desk(request):
    """Verify a person whose identity card the officer has seen."""
    form = DeskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            person = verify_at_desk(
                participant_by_address(entered["email"]),
                register_number=entered["register_number"],
                born_on=entered["born_on"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(
                request, _("%(name)s is now verified as a resident.") % {"name": person.display_name}
            )
            return redirect("participation_desk")
    context = {"form": form, "page_title": _("Verify at the desk"), "header_icon": "user"}
    return TemplateResponse(request, "participation/admin/desk.html", context)


admin_urls = [
    path("register/", register, name="participation_register"),
    path("desk/", desk, name="participation_desk"),
]
