"""Registering a place: begun, saved step by step, sent, confirmed by mail where there is no account, and decided."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mapping.domain.letter import path_on_site, tell, write_to
from mapping.domain.picture import change_place_and_pictures, remove_images
from mapping.domain.place import (
    LinkHolder,
    draft_place,
    hand_in_place,
    publish_place,
    refuse_place,
    return_place,
)
from mapping.domain.version import changing_the_map
from mapping.enums import PlaceStatus, SubmissionState
from mapping.models import LearningPlace, PlaceSubmission, Stewardship
from mapping.queries.submission import OPEN_STATES, abandoned_before, may_open
from mapping.rules import is_trusted_for, may_moderate_places
from participation.domain.limits import spend_attempt
from participation.domain.mail import without_links
from participation.domain.participant import TooManyTries
from participation.domain.picture import PictureChanges
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.link_tokens import link_token, read_link_token
from participation.foundation.text import clean_text
from participation.models import Organisation
from participation.rules import may_act_for

DRAFTS_LAST = dt.timedelta(days=60)
LINK_LASTS = dt.timedelta(days=14)
PER_PERSON_AND_DAY = 20
# Nobody is known by name or address here, so only the number of all drafts stops a machine that fills the database.
BY_STRANGERS_A_DAY = 500
LETTERS_PER_HOUR = 5
# Registrations by strangers are counted, so this bounds the letters that a machine can have sent to anybody.
LETTERS_PER_REGISTRATION = 10
CONFIRM = "confirm a registration"
UNPUBLISHED = (PlaceStatus.DRAFT, PlaceStatus.PENDING, PlaceStatus.REFUSED)


def start_submission(*, facts: Mapping[str, Any], by) -> PlaceSubmission:
    """Begin to register a place; `by` is a user, or somebody without an account, who gets in again by the key alone.

    `facts` are those of `draft_place`, a name and a category at least. Raises TooManyTries and what `draft_place` raises.
    Call it outside of a transaction, for it counts tries.
    """
    person = getattr(by, "participant", None)
    _refuse_foreign_organisation(by, facts.get("organisation"))
    allowed = (
        spend_attempt("register places", person.pk, limit=PER_PERSON_AND_DAY, per=dt.timedelta(days=1))
        if person
        else spend_attempt("register places", "strangers", limit=BY_STRANGERS_A_DAY, per=dt.timedelta(days=1))
    )
    if not allowed:
        raise TooManyTries(
            _("You have begun many registrations today. Please finish one of them, or go on tomorrow.")
            if person
            else _("Many places were registered today. Please sign in with your e-mail address to go on.")
        )
    with transaction.atomic():
        place = draft_place(facts=facts)
        submission = PlaceSubmission.objects.create(
            place=place, participant=person, key=secrets.token_hex(16)
        )
        if person:
            Stewardship.objects.create(place=place, participant=person)
    return submission


def save_step(
    submission: PlaceSubmission, *, by, facts: Mapping[str, Any], pictures: PictureChanges | None = None
) -> PlaceSubmission:
    """Keep what was written in one step; the other steps stay as they are.

    Raises Missing for strangers, Conflict once it is handed in, and Invalid naming the first wrong field.
    """
    if "organisation" in facts and facts["organisation"] != submission.place.organisation:
        _refuse_foreign_organisation(by, facts["organisation"])
    with transaction.atomic():
        submission = _open(submission, by)
        submission.place = change_place_and_pictures(
            submission.place, by=writer_of(submission, by), facts=facts, pictures=pictures
        )
        submission.save(update_fields=["changed_at"])
    return submission


def writer_of(submission: PlaceSubmission, by) -> Any:
    """Return who changes the place: the user, or the holder of the key where nobody with an account registers."""
    if submission.participant_id is not None:
        return by
    return LinkHolder(place_pk=submission.place_id, email=submission.email)


def missing_for_sending(place: LearningPlace) -> dict[str, Any]:
    """Return what moderators need to know and is not there yet: field -> what to do."""
    missing: dict[str, Any] = {}
    if not place.summary:
        missing["summary"] = _("Please say in one sentence what people find here.")
    if not (place.is_online or place.has_point or place.street):
        missing["point"] = _(
            "Please say where it is: a point on the map, an address, or that it is a digital space."
        )
    return missing


def keep_by_mail(submission: PlaceSubmission, *, by, email: str) -> None:
    """Mail the link with which an unfinished registration is found again. Call it outside of a transaction."""
    email = _checked_address(email)
    _spend_letter(submission, email)
    with transaction.atomic():
        submission = _open(submission, by)
        submission.save(update_fields=["changed_at"])
        write_to(
            email,
            template="registration_link",
            subject=_("Your registration of a learning place"),
            context={
                "name": without_links(submission.place.name),
                "path": path_on_site("registration", submission.key),
                "days": DRAFTS_LAST.days,
            },
        )


def send_submission(
    submission: PlaceSubmission, *, by, email: str = "", message: str = ""
) -> PlaceSubmission:
    """Hand in a registration; twice does no harm. Call it outside of a transaction, for it counts letters.

    With an account it goes to the moderators, or onto the map at once where the organisation is trusted. Without one a link
    is mailed to `email` first, unless that address has been confirmed before. Raises Invalid (details: what is missing).
    """
    if submission.state not in OPEN_STATES:
        return submission
    person = getattr(by, "participant", None)
    if person is None:
        email = _checked_address(email or submission.email)
    needs_link = person is None and not (submission.submitted_at and email == submission.email)
    if needs_link:
        _spend_letter(submission, email)
    with transaction.atomic():
        submission = _open(submission, by)
        if missing := missing_for_sending(submission.place):
            field = next(iter(missing))
            raise Invalid(
                missing[field], field=field, details={name: str(words) for name, words in missing.items()}
            )
        submission.message = clean_text(message)[:1000]
        if person is not None and submission.participant_id is None:
            submission.participant, submission.email = person, ""
            Stewardship.objects.get_or_create(place=submission.place, participant=person)
        if needs_link:
            submission.email, submission.state = email, SubmissionState.UNCONFIRMED
            submission.submitted_at = None
            submission.save()
            _mail_confirmation(submission)
            return submission
        submission.submitted_at = database_now()
        if is_trusted_for(by, submission.place):
            submission.place = publish_place(submission.place)
            _decide(submission, SubmissionState.ACCEPTED)
        else:
            _hand_in(submission, by=by)
    return submission


def confirm_submission(submission: PlaceSubmission, token: str) -> PlaceSubmission:
    """Hand in a registration whose mailed link was opened and whose button was pressed; twice does no harm.

    Raises Missing for a token that is forged, too old, or of another address than the registration now has.
    """
    check_confirmation(submission, token)
    with transaction.atomic():
        submission = _locked(submission)
        if submission.state != SubmissionState.UNCONFIRMED:
            return submission
        submission.submitted_at = database_now()
        _hand_in(submission, by=None)
    return submission


def check_confirmation(submission: PlaceSubmission, token: str) -> None:
    """Raise Missing unless the token was mailed to the address that the registration now has."""
    content = read_link_token(token, purpose=CONFIRM, lasts=LINK_LASTS)
    if content != [submission.pk, submission.email]:
        raise Missing(_("This link is not valid any more. Please ask for a new one."))


def accept_submission(submission: PlaceSubmission, *, by, reason: str = "") -> PlaceSubmission:
    """Put the place on the map; who registered it looks after it from then on."""
    submission = _to_decide(submission, by)
    with transaction.atomic():
        submission = _waiting(submission)
        if submission.place.status == PlaceStatus.MERGED:  # publishing would take the two apart again
            raise Conflict(
                _(
                    "This entry was merged with another one. Please refuse it, and say that the place is on the map."
                )
            )
        submission.place = publish_place(submission.place, by=by)
        if submission.email:
            Stewardship.objects.get_or_create(place=submission.place, email=submission.email)
        _decide(submission, SubmissionState.ACCEPTED, by=by, reason=clean_text(reason))
        _tell(
            submission,
            "accepted",
            title=format_lazy(_("“{name}” is on the map"), name=submission.place.name),
            path=path_on_site("place", submission.place.pk),
        )
        _forget_address(submission)
    return submission


def return_submission(submission: PlaceSubmission, *, by, reason: str) -> PlaceSubmission:
    """Send the registration back with a question; it can be changed and sent again."""
    submission = _to_decide(submission, by)
    with transaction.atomic():
        submission = _waiting(submission)
        submission.place = return_place(submission.place, by=by)
        _decide(submission, SubmissionState.RETURNED, by=by, reason=_needed(reason))
        _tell(
            submission,
            "returned",
            title=format_lazy(_("We have a question about “{name}”"), name=submission.place.name),
            path=path_on_site("registration", submission.key),
        )
    return submission


def refuse_submission(submission: PlaceSubmission, *, by, reason: str) -> PlaceSubmission:
    """Keep the place off the map, for a reason that who registered it reads."""
    submission = _to_decide(submission, by)
    with transaction.atomic():
        submission = _waiting(submission)
        if submission.place.status != PlaceStatus.MERGED:
            submission.place = refuse_place(submission.place, by=by, reason=reason)
        _decide(submission, SubmissionState.REFUSED, by=by, reason=_needed(reason))
        _tell(
            submission,
            "refused",
            title=format_lazy(_("“{name}” was not put on the map"), name=submission.place.name),
            path=path_on_site("registration", submission.key),
        )
        _forget_address(submission)
    return submission


def discard_submission(submission: PlaceSubmission, *, by) -> None:
    """Delete an unfinished registration with its place and pictures, for good."""
    with transaction.atomic():
        _erase(_open(submission, by))


def erase_abandoned_submissions() -> int:
    """Delete the registrations that nobody has touched for DRAFTS_LAST; return how many."""
    before = database_now() - DRAFTS_LAST
    erased = 0
    for pk in list(abandoned_before(before).values_list("pk", flat=True)):
        with transaction.atomic():
            # Somebody may have gone on writing since.
            row = abandoned_before(before).select_for_update(of=("self",)).filter(pk=pk).first()
            if row is not None:
                _erase(row)
                erased += 1
    return erased


def erase_unpublished_places_of(user) -> None:
    """Delete what this person registers and nobody has published; what is on the map stays there."""
    unpublished = PlaceSubmission.objects.filter(participant__user=user).exclude(
        state=SubmissionState.ACCEPTED
    )
    for submission in unpublished:
        _erase(submission)


def _erase(submission: PlaceSubmission) -> None:
    """Delete the registration and its place; one that has been on the map, or that others lead to, loses nothing."""
    place = submission.place
    if place.status not in UNPUBLISHED or place.predecessors.exists():
        submission.delete()
        return
    images = list(place.pictures.values_list("image", flat=True))
    with changing_the_map():
        place.delete()
    remove_images(images)


def _locked(submission: PlaceSubmission) -> PlaceSubmission:
    found = (
        PlaceSubmission.objects.select_for_update(of=("self",))
        .select_related("place__organisation", "place__category", "participant__user")
        .filter(pk=submission.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _open(submission: PlaceSubmission, by) -> PlaceSubmission:
    submission = _locked(submission)
    if not may_open(by, submission):
        raise Missing
    if submission.state not in OPEN_STATES:
        raise Conflict(
            _("This registration has been handed in already. A moderator looks at it and will write to you.")
        )
    return submission


def _to_decide(submission: PlaceSubmission, by) -> PlaceSubmission:
    if not may_moderate_places(by):
        raise NotAllowed(_("Only moderators of the map can do this."))
    return submission


def _waiting(submission: PlaceSubmission) -> PlaceSubmission:
    submission = _locked(submission)
    if submission.state != SubmissionState.WAITING:
        raise Conflict(
            _("Somebody else has decided meanwhile: the registration is “%(state)s” now.")
            % {"state": submission.get_state_display()}
        )
    return submission


def _hand_in(submission: PlaceSubmission, *, by) -> None:
    submission.place = hand_in_place(submission.place, by=by)
    submission.state = SubmissionState.WAITING
    submission.save()


def _decide(submission: PlaceSubmission, state: SubmissionState, *, by=None, reason: str = "") -> None:
    submission.state, submission.reason, submission.decided_by = state, reason, by
    submission.decided_at = database_now()
    submission.save()


def _tell(submission: PlaceSubmission, event: str, *, title, path: str) -> None:
    """Tell who registers what was decided: by a notice, or by a letter where there is no account."""
    facts = {
        "name": without_links(submission.place.name),
        "reason": without_links(submission.reason),
        "path": path,
        "manage_path": path_on_site("manage_link"),
        "days": DRAFTS_LAST.days,
    }
    tell(
        submission.participant,
        submission.email,
        kind="mapping.registration",
        title=title,
        text=submission.reason,
        path=path,
        dedupe_key=f"place-{submission.pk}-{event}-{submission.decided_at:%Y%m%d%H%M%S%f}",
        letter={"template": f"registration_{event}", "context": facts},
    )


def _forget_address(submission: PlaceSubmission) -> None:
    submission.email = ""
    submission.save(update_fields=["email"])


def _mail_confirmation(submission: PlaceSubmission) -> None:
    token = link_token([submission.pk, submission.email], purpose=CONFIRM)
    write_to(
        submission.email,
        template="registration_confirm",
        subject=_("Please confirm: you register a learning place"),
        context={
            "name": without_links(submission.place.name),
            "path": path_on_site("register_confirm", submission.key, token),
            "back_path": path_on_site("registration", submission.key),
            "days": LINK_LASTS.days,
        },
    )


def _checked_address(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(
            _("Please write your e-mail address, such as name@example.org."), field="email"
        ) from None
    return email


def _spend_letter(submission: PlaceSubmission, email: str) -> None:
    day = dt.timedelta(days=1)
    if not spend_attempt("letters about", submission.pk, limit=LETTERS_PER_REGISTRATION, per=day):
        raise TooManyTries(
            _("Many letters about this registration were sent today. Please go on tomorrow."), field="email"
        )
    if not spend_attempt("place letters", email, limit=LETTERS_PER_HOUR, per=dt.timedelta(hours=1)):
        raise TooManyTries(
            _("This address has been sent many links already. Please wait an hour and try again."),
            field="email",
        )


def _refuse_foreign_organisation(by, organisation: Organisation | None) -> None:
    if organisation is not None and not may_act_for(by, organisation):
        raise NotAllowed(_("You can register a place only for an organisation that you act for."))


def _needed(reason: str) -> str:
    reason = clean_text(reason)[:2000]
    if not reason:
        raise Invalid(_("Please write why. Who registered the place will read it."), field="reason")
    return reason
