"""Looking after a place: by account, by an address for mail alone, or for an organisation; and giving it up."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mapping.domain.letter import path_on_site, write_to
from mapping.domain.place import LinkHolder, change_place
from mapping.enums import RequestState
from mapping.models import LearningPlace, PlacesPage, Stewardship, StewardshipRequest
from mapping.queries.stewardship import places_of_address
from mapping.rules import looks_after, may_moderate_places
from participation.domain.limits import spend_attempt
from participation.domain.mail import without_links
from participation.domain.notification import notify
from participation.domain.participant import TooManyTries
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.link_tokens import link_token, read_link_token
from participation.foundation.text import clean_text
from participation.models import Organisation
from participation.rules import may_act_for

LINK_LASTS = dt.timedelta(days=2)
LINKS_PER_HOUR = 5
# To addresses that look after nothing, all together: nobody uses the map to write to strangers.
TO_UNKNOWN_PER_DAY = 200
REQUESTS_PER_DAY = 20
MANAGE = "look after places"


def mail_link(page: PlacesPage, *, email: str) -> None:
    """Mail the link with which somebody without an account changes the places they look after.

    Whether the address is known shows nowhere (S2): a letter goes out either way, and says so there, until too many were
    asked for by strangers that day. Raises Invalid or TooManyTries (field "email"). Call it outside of a transaction.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(
            _("Please write your e-mail address, such as name@example.org."), field="email"
        ) from None
    if not spend_attempt("steward links", email, limit=LINKS_PER_HOUR, per=dt.timedelta(hours=1)):
        raise TooManyTries(
            _("This address has been sent many links already. Please wait an hour and try again."),
            field="email",
        )
    names = [without_links(place.name) for place in places_of_address(email)]
    day = dt.timedelta(days=1)
    if not names and not spend_attempt("steward links to", "strangers", limit=TO_UNKNOWN_PER_DAY, per=day):
        return
    with transaction.atomic():
        write_to(
            email,
            template="steward_link" if names else "steward_unknown",
            subject=_("Your learning places on the map"),
            context={
                "names": names,
                "path": page.url_of("open_link", link_token(email, purpose=MANAGE)),
                "register_path": page.url_of("register"),
                "hours": LINK_LASTS.total_seconds() // 3600,
            },
        )


def address_of_link(token: str) -> str:
    """Return the address that a mailed link was sent to; raises Missing for one that is forged or too old."""
    email = read_link_token(token, purpose=MANAGE, lasts=LINK_LASTS)
    if not isinstance(email, str):
        raise Missing
    return email


def stop_looking_after(place: LearningPlace, *, by) -> None:
    """End that `by`, a user or a LinkHolder, looks after the place as a person; it stays on the map.

    Raises Conflict for who looks after it only as one of an organisation's people.
    """
    if isinstance(by, LinkHolder):
        mine = Stewardship.objects.filter(place=place, email=by.email)
    else:
        mine = Stewardship.objects.filter(place=place, participant=getattr(by, "participant", None))
    with transaction.atomic():
        if not looks_after(by, place):
            raise Missing
        if not mine.delete()[0]:
            raise Conflict(
                _(
                    "You look after this place as one of the people of %(organisation)s. Whoever manages the organisation "
                    "can change that."
                )
                % {"organisation": place.organisation}
            )
        record("mapping.stop_stewardship", place, by=by)


def ask_to_look_after(
    place: LearningPlace, *, organisation: Organisation, by, message: str = ""
) -> StewardshipRequest:
    """Ask the moderators to let an organisation look after a published place; what is asked already is asked once.

    Raises NotAllowed, Missing, Conflict, or TooManyTries. Call it outside of a transaction, for it counts tries.
    """
    if not may_act_for(by, organisation):
        raise NotAllowed(_("You can ask only for an organisation that you act for."))
    if not place.is_public:
        raise Missing
    if place.organisation_id == organisation.pk:
        raise Conflict(_("Your organisation looks after this place already."))
    if not spend_attempt(
        "ask to look after", by.participant.pk, limit=REQUESTS_PER_DAY, per=dt.timedelta(days=1)
    ):
        raise TooManyTries(_("You have asked many times today. Please go on tomorrow."))
    with transaction.atomic():
        return StewardshipRequest.objects.get_or_create(
            place=place,
            organisation=organisation,
            state=RequestState.OPEN,
            defaults={"participant": by.participant, "message": clean_text(message)[:500]},
        )[0]


def grant_request(request: StewardshipRequest, *, by) -> LearningPlace:
    """Let the organisation look after the place, and tell who asked.

    Raises NotAllowed, or Conflict when it is answered already, or who asked does not act for the organisation any more.
    """
    with transaction.atomic():
        request = _locked_request(request, by=by)
        if not may_act_for(request.participant.user, request.organisation):
            raise Conflict(
                _("Who asked does not act for this organisation any more. Please say no, and why.")
            )
        place = change_place(request.place, by=by, facts={"organisation": request.organisation})
        _answer(request, RequestState.GRANTED, by=by)
        record("mapping.appoint_steward", place, by=by, organisation=request.organisation_id)
        _tell(request, _("{organisation} looks after “{place}” now"), path_on_site("edit_place", place.pk))
    return place


def decline_request(request: StewardshipRequest, *, by, answer: str) -> StewardshipRequest:
    """Leave everything as it is, and tell who asked why.

    Raises NotAllowed, Invalid (field "answer") without words, or Conflict when it is answered already.
    """
    answer = clean_text(answer)[:1000]
    if not answer:
        raise Invalid(_("Please write why not. Who asked will read your answer."), field="answer")
    with transaction.atomic():
        request = _locked_request(request, by=by)
        _answer(request, RequestState.DECLINED, by=by, answer=answer)
        record("mapping.decline_steward", request.place, by=by, organisation=request.organisation_id)
        _tell(
            request,
            _("{organisation} does not look after “{place}”"),
            path_on_site("place", request.place_id),
        )
    return request


def _locked_request(request: StewardshipRequest, *, by) -> StewardshipRequest:
    if not may_moderate_places(by):
        raise NotAllowed(_("Only moderators of the map can do this."))
    request = (
        StewardshipRequest.objects.select_for_update(of=("self",))
        .select_related("participant__user", "organisation", "place")
        .get(pk=request.pk)
    )
    if request.state != RequestState.OPEN:
        raise Conflict(_("Somebody else has answered this meanwhile."))
    return request


def _answer(request: StewardshipRequest, state: RequestState, *, by, answer: str = "") -> None:
    request.state, request.answer = state, answer
    request.decided_by, request.decided_at = by, database_now()
    request.save()


def _tell(request: StewardshipRequest, title, path: str) -> None:
    notify(
        request.participant,
        kind="mapping.stewardship",
        title=format_lazy(
            title,
            organisation=without_links(request.organisation.name),
            place=without_links(request.place.name),
        ),
        text=request.answer,
        path=path,
        dedupe_key=f"stewardship-{request.pk}",
    )
