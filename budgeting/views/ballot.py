"""The voter's pages: my ballots, one ballot, the summary before casting, and the receipt."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps

import segno
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from budgeting.domain.ballot import cast_ballot, check_choices, receipt_for, save_draft
from budgeting.domain.box import open_box
from budgeting.enums import BallotStage
from budgeting.forms.ballot import BallotForm, CastForm
from budgeting.models import Area, BallotBox, Project
from budgeting.queries.ballot import BallotState, ballot_states
from budgeting.queries.box import FrozenArea, voting_window
from budgeting.queries.roll import Obstacle
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, Refused
from participation.foundation.money import format_money
from participation.foundation.ordering import seed_of, shuffled
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

# The receipt is told for so long after casting: long enough to write it down, short enough for a shared computer.
RECEIPT_SHOWN = dt.timedelta(minutes=30)
RECEIPT = "ballot_receipt"

STAGE_TONES = {
    BallotStage.NOT_STARTED: "quiet",
    BallotStage.DRAFT: "warn",
    BallotStage.CAST: "good",
    BallotStage.CHANGED: "good",
    BallotStage.CLOSED: "quiet",
}


def private(view: Callable) -> Callable:
    """Let no cache, shared or of the browser, keep the answer, signed in or not (S11)."""

    @wraps(view)
    def answer(*args, **kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answer


@private
@page_view("GET")
def my_ballots(page, request):
    """Say where one can vote, how far each ballot has come, and what to do when one cannot."""
    now = database_now()
    box, trouble = _box_or_trouble(page)
    window = voting_window(page, box)
    found = _states(request, box, now) if box else _obstacle_before_opening(request)
    obstacle = found if isinstance(found, Obstacle) else None
    context = {
        "page": page,
        "trouble": trouble,
        "opens_at": window[0] if window else None,
        "closes_at": window[1] if window else None,
        "is_early": window is not None and now < window[0],
        "is_open": box is not None
        and not trouble
        and box.opens_at <= now < box.closes_at
        and not box.sealed_at,
        "obstacle": obstacle,
        "ballots": [] if obstacle or not box else [_card(page, state) for state in found],
        "box": box,
        "breadcrumbs": breadcrumbs(page, ("", _("Vote"))),
    }
    return TemplateResponse(request, "budgeting/pages/vote.html", context)


@private
@page_view("GET", "POST", sign_in=True)
def fill_in(page, request, area):
    """One ballot: tick projects, see the total, save, or go on to the summary."""
    box, state = _open_ballot(page, request, area)
    if request.method == "GET":
        return _ballot_page(page, request, state, BallotForm(), state.choices)
    form = BallotForm(request.POST)
    if not form.is_valid():
        return _ballot_page(page, request, state, form, state.choices, status=400)
    choices = form.cleaned_data["choices"]
    action = request.POST.get("action")
    try:
        if action == "total":
            return _ballot_page(page, request, state, form, choices)
        if action != "save":
            check_choices(state.area, choices)
        save_draft(_area(box, area), voter=request.user.participant, choices=choices)
    except Invalid as refusal:
        form.add_error(refusal.field, str(refusal.message))
        return _ballot_page(page, request, state, form, choices, status=refusal.status)
    if action == "save":
        messages.success(request, _("Your draft is saved. It does not count before you cast it."))
        return redirect(page.url_of("ballot", area))
    return redirect(page.url_of("ballot_check", area))


@private
@page_view("GET", "POST", sign_in=True)
def check(page, request, area):
    """The summary before casting, and the cast button."""
    box, state = _open_ballot(page, request, area)
    if request.method == "POST":
        form = CastForm(request.POST)
        if not form.is_valid():
            refused = BallotForm(request.POST)
            refused.full_clean()
            for field, errors in form.errors.items():
                if field not in refused.errors:
                    refused.add_error(None, errors)
            return _ballot_page(page, request, state, refused, state.choices, status=400)
        key = form.cleaned_data["idempotency_key"]
        try:
            _area_cast(box, request, area, form.cleaned_data["choices"], key)
        except Invalid as refusal:
            refused = BallotForm(request.POST)
            refused.add_error(refusal.field, str(refusal.message))
            return _ballot_page(
                page, request, state, refused, form.cleaned_data["choices"], status=refusal.status
            )
        return redirect(page.url_of("ballot_receipt", area))
    if state.draft is None:
        return redirect(page.url_of("ballot", area))
    try:
        chosen = check_choices(state.area, state.draft)
    except Invalid:
        return redirect(page.url_of("ballot", area))
    context = {
        "page": page,
        "state": state,
        "area": state.area,
        "projects": [state.area.projects[project] for project in chosen],
        "total_cents": state.area.total_cents(chosen),
        "form": CastForm(initial={"choices": chosen}),
        "closes_at": box.closes_at,
        "ballot_url": page.url_of("ballot", area),
        "breadcrumbs": breadcrumbs(page, (page.url_of("vote"), _("Vote")), ("", state.area.name)),
    }
    return TemplateResponse(request, "budgeting/pages/vote_check.html", context)


@private
@page_view("GET", "POST", sign_in=True)
def receipt(page, request, area):
    """The receipt of the ballot just cast in this session; on request it is mailed, once."""
    kept = request.session.get(RECEIPT) or {}
    if kept.get("area") != area or timezone.now().timestamp() - kept["at"] > RECEIPT_SHOWN.total_seconds():
        raise Missing
    person = getattr(request.user, "participant", None)
    given = receipt_for(
        Area.objects.get(pk=area, budget=page), voter=person, idempotency_key=uuid.UUID(kept["key"])
    )
    if request.method == "POST":
        if not kept.get("mailed"):
            _mail_receipt(page, request, given)
        return redirect(page.url_of("ballot_receipt", area))
    box = open_box(page)
    context = {
        "page": page,
        "receipt": given,
        "code": mark_safe(_square_code(given.tracker)),
        "is_mailed": bool(kept.get("mailed")),
        "closes_at": box.closes_at,
        "open_ballots": _ballots_to_fill_in(page, request, box, area),
        "vote_url": page.url_of("vote"),
        "breadcrumbs": breadcrumbs(page, (page.url_of("vote"), _("Vote")), ("", _("Receipt"))),
    }
    return TemplateResponse(request, "budgeting/pages/vote_receipt.html", context)


urls = [
    path("vote/", my_ballots, name="vote"),
    path("vote/<int:area>/", fill_in, name="ballot"),
    path("vote/<int:area>/check/", check, name="ballot_check"),
    path("vote/<int:area>/receipt/", receipt, name="ballot_receipt"),
]


def _area_cast(box: BallotBox, request, area_id: int, choices: list[int], key: uuid.UUID) -> None:
    cast_ballot(_area(box, area_id), voter=request.user.participant, choices=choices, idempotency_key=key)
    # The key alone: what leads from it to the receipt is the link secret, so this session tells nothing by itself.
    request.session[RECEIPT] = {"area": area_id, "key": str(key), "at": timezone.now().timestamp()}


def _area(box: BallotBox, area_id: int) -> Area:
    return Area.objects.select_related("budget").get(pk=area_id, budget=box.budget_id)


def _box_or_trouble(page) -> tuple[BallotBox | None, str]:
    """Return the box, frozen now if voting has just opened, or the words why that cannot be."""
    try:
        return open_box(page), ""
    except Refused as refusal:
        return None, str(refusal.message)


def _states(request, box: BallotBox, now: dt.datetime) -> list[BallotState] | Obstacle:
    if not request.user.is_authenticated:
        return Obstacle.SIGNED_OUT
    return ballot_states(box, getattr(request.user, "participant", None), now)


def _obstacle_before_opening(request) -> Obstacle | None:
    """What somebody can already clear away while voting has not opened."""
    if not request.user.is_authenticated:
        return Obstacle.SIGNED_OUT
    person = getattr(request.user, "participant", None)
    return None if person is not None and person.is_verified else Obstacle.NOT_VERIFIED


def _open_ballot(page, request, area_id: int) -> tuple[BallotBox, BallotState]:
    """Return the signed-in voter's ballot of an area while it can be filled in; else refuse in words."""
    box = open_box(page)
    now = database_now()
    if box is None or now < box.opens_at:
        raise Conflict(_("Voting has not opened yet."), code="not_open")
    found = _states(request, box, now)
    if isinstance(found, Obstacle):
        raise Conflict(found.label, code=found.value)
    for state in found:
        if state.area.id != area_id:
            continue
        if state.stage == BallotStage.CLOSED:
            raise Conflict(_("Voting has closed. Ballots cannot be changed any more."), code="closed")
        return box, state
    raise Missing


def _ballots_to_fill_in(page, request, box: BallotBox, area_id: int) -> list[dict]:
    states = _states(request, box, database_now())
    if isinstance(states, Obstacle):
        return []
    waiting = {BallotStage.NOT_STARTED, BallotStage.DRAFT}
    return [_card(page, state) for state in states if state.area.id != area_id and state.stage in waiting]


def _card(page, state: BallotState) -> dict:
    actions = {
        BallotStage.NOT_STARTED: _("Fill in this ballot"),
        BallotStage.DRAFT: _("Go on with this ballot"),
        BallotStage.CAST: _("Change this ballot"),
        BallotStage.CHANGED: _("Change this ballot"),
    }
    return {
        "state": state,
        "area": state.area,
        "tone": STAGE_TONES[state.stage],
        "url": page.url_of("ballot", state.area.id),
        "action": actions.get(state.stage, ""),
        "chosen": [state.area.projects[project] for project in state.cast or ()],
    }


def _ballot_page(page, request, state: BallotState, form, choices, *, status: int = 200) -> TemplateResponse:
    area = state.area
    chosen = [project for project in dict.fromkeys(choices) if project in area.projects]
    context = {
        "page": page,
        "state": state,
        "area": area,
        "form": form,
        "items": _items(page, request, area, chosen),
        "chosen": len(chosen),
        "total_cents": area.total_cents(chosen),
        "vote_url": page.url_of("vote"),
        "breadcrumbs": breadcrumbs(page, (page.url_of("vote"), _("Vote")), ("", area.name)),
    }
    return TemplateResponse(request, "budgeting/pages/vote_ballot.html", context, status=status)


def _items(page, request, area: FrozenArea, chosen: list[int]) -> list[dict]:
    """The projects in this voter's own stable order (V22), with frozen titles and costs."""
    rows = Project.objects.filter(pk__in=area.projects).only("pk", "summary")
    live = {row.pk: row for row in shuffled(rows, f"{seed_of(request)}-{area.id}")}
    order = [*live, *(project for project in area.projects if project not in live)]
    items = []
    for place, project_id in enumerate(order):
        project = area.projects[project_id]
        items.append(
            {
                "id": f"id_choices_{place}",
                "project": project,
                "checked": project_id in chosen,
                "text": live[project_id].summary if project_id in live else "",
                "url": _project_url(page, project_id) if project_id in live else "",
                "reason": "" if project_id in chosen else _why_too_much(area, chosen, project_id),
            }
        )
    return items


def _why_too_much(area: FrozenArea, chosen: list[int], project_id: int) -> str:
    """Say why one more project would break the limits; it can be chosen all the same, and another taken off."""
    limit = area.money_limit_cents
    over = area.total_cents([*chosen, project_id]) - (limit or 0)
    if limit is not None and over > 0:
        return _("With this project your ballot costs %(amount)s too much.") % {
            "amount": format_money(over, area.currency)
        }
    if area.max_choices is not None and len(chosen) >= area.max_choices:
        return _("You have chosen as many projects as you can. Take one off to choose this one.")
    return ""


def _project_url(page, project_id: int) -> str:
    try:
        return page.url_of("project", project_id)
    except NoReverseMatch:
        return ""


def _square_code(tracker: str) -> str:
    # Without hyphens the letters and digits fit the code's compact mode.
    return segno.make(tracker.replace("-", ""), error="m", micro=False).svg_inline(
        scale=5,
        border=4,
        svgclass="receipt-code",
        lineclass=None,
        title=_("The receipt as a square code"),
        light="#fff",
    )


def _mail_receipt(page, request, given) -> None:
    """Send the receipt to the voter's own address. It does not pass the outbox, which would keep it with the name."""
    text = render_to_string(
        "budgeting/email/receipt.txt", {"page": page, "receipt": given, "url": page.full_url}, request
    )
    try:
        send_mail(
            _("Your receipt: %(title)s") % {"title": " ".join(page.title.split())},
            text,
            settings.DEFAULT_FROM_EMAIL,
            [request.user.email],
        )
    except OSError:
        messages.error(request, _("The mail could not be sent. Please write the receipt down."))
        return
    request.session[RECEIPT] = {**request.session[RECEIPT], "mailed": True}
    messages.success(request, _("We have sent the receipt to %(email)s.") % {"email": request.user.email})
