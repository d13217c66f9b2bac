"""Who may do what inside a committee, and bringing members in from a list."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.domain.access import set_access, take_access
from participation.domain.member_import import MAX_BYTES, import_members, read_members
from participation.enums import AccessLevel
from participation.forms.committee import AccessForm, MemberFileForm, MemberImportForm
from participation.foundation.errors import Missing, Refused
from participation.views.committee.frame import committee_view, frame_of


def _page(page, request, standing, template: str, name: str, title: str, **context) -> TemplateResponse:
    frame = frame_of(
        page, request, standing, "lead", (page.url_of("lead"), _("Lead")), (page.url_of(name), title)
    )
    return TemplateResponse(
        request, f"participation/pages/committee_{template}.html", {**frame, "title": title, **context}
    )


@committee_view("GET", level=AccessLevel.LEAD)
def people(page, request, standing):
    accesses = page.accesses.select_related("participant").order_by("-level", "participant__display_name")
    return _page(page, request, standing, "people", "people", _("People"), accesses=accesses)


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def person(page, request, standing, pk):
    access = page.accesses.select_related("participant").filter(pk=pk).first()
    if access is None:
        raise Missing
    form = AccessForm(request.POST or None, initial={"level": access.level})
    if request.method == "POST" and "remove" in request.POST:
        take_access(page, participant=access.participant, by=request.user)
        messages.success(request, _("The person has no part in the committee's work any more."))
        return redirect(page.url_of("people"))
    if request.method == "POST" and form.is_valid():
        set_access(page, participant=access.participant, **form.cleaned_data, by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect(page.url_of("people"))
    title = access.participant.display_name
    return _page(page, request, standing, "person", "people", title, access=access, form=form)


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def members_in(page, request, standing):
    """Take a file for a dry run, and then the same file for the import."""
    if "sha256" in request.POST:
        form = MemberImportForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                done = import_members(
                    page, _content(form), expected_sha256=form.cleaned_data["sha256"], by=request.user
                )
            except Refused as refusal:
                form.add_error("file", str(refusal.message))
            else:
                messages.success(
                    request,
                    ngettext("%(n)d person is seated.", "%(n)d people are seated.", done) % {"n": done},
                )
                return redirect(page.url_of("members"))
        return _import_page(page, request, standing, form=MemberFileForm(), report=None, again=form)
    form = MemberFileForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        try:
            report = read_members(page, _content(form))
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
    again = MemberImportForm(initial={"sha256": report.sha256}) if report and report.is_importable else None
    return _import_page(page, request, standing, form=form, report=report, again=again)


def _content(form) -> bytes:
    return form.cleaned_data["file"].read(MAX_BYTES + 1)


def _import_page(page, request, standing, **context):
    return _page(page, request, standing, "import", "members_in", _("Members from a list"), **context)


urls = [
    path("lead/people/", people, name="people"),
    path("lead/people/<int:pk>/", person, name="person"),
    path("lead/members-from-a-list/", members_in, name="members_in"),
]
