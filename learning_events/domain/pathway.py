"""Walking a learning pathway: steps are taken by being somewhere, and the last one earns the badge; and one's own notes."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learning_events.domain.credential import offer_to_person
from learning_events.domain.registration.keeping import anonymise
from learning_events.enums import Earned, StepWay
from learning_events.models import LearningNote, Pathway, PathwayStep, Registration, StepDone
from learning_events.queries.pathway import earned_ways, notes_of, progress_on
from mapping.models import LearningPlace
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.link_tokens import link_token, read_link_token
from participation.foundation.text import clean_text
from participation.models import Participant

PLACE = "pathway.place"
PLACE_LASTS = dt.timedelta(days=1500)
NOTE_AT_MOST = 2000
NOTES_AT_MOST = 1000


def take_known_steps(pathway: Pathway, *, by) -> int:
    """Take the steps that the site knows of already: attended events and accepted badges; return how many were new."""
    participant = _person(by)
    with transaction.atomic():
        Participant.objects.select_for_update().get(pk=participant.pk)
        return _take(pathway, participant, earned_ways(pathway, participant))


def take_step(step: PathwayStep, *, by) -> StepDone:
    """Say oneself that one was at a place, where the pathway takes one's word.

    Raises NotAllowed for an event or badge, or where only the code at the place counts; Conflict before its turn.
    """
    if step.place_id is None or not step.pathway.trusts_word:
        raise NotAllowed(
            _("This step is taken by being there: by the code at the place or door, or by being checked in.")
        )
    return _take_one(step, _person(by), StepWay.WORD)


def undo_step(step: PathwayStep, *, by) -> None:
    """Take back a step that one said oneself; raises Missing."""
    if not StepDone.objects.filter(step=step, participant=_person(by), way=StepWay.WORD).delete()[0]:
        raise Missing


def place_token(place: LearningPlace) -> str:
    """Return the signed end of the address that hangs as a QR code at this place."""
    return link_token(place.pk, purpose=PLACE)


def place_behind(token: str) -> LearningPlace:
    """Return the place whose code this is; raises Missing."""
    pk = read_link_token(token, purpose=PLACE, lasts=PLACE_LASTS)
    place = LearningPlace.objects.filter(pk=pk).first()
    if place is None or not place.is_public:
        raise Missing
    return place


def visit_place(token: str, *, by) -> list[Pathway]:
    """Take the steps of all public pathways that lead to the place of this code; return those pathways.

    Steps whose turn has not come stay open. Raises Missing for a code that is none.
    """
    place, participant = place_behind(token), _person(by)
    steps = PathwayStep.objects.filter(place=place, pathway__is_public=True).select_related("pathway")
    pathways = []
    with transaction.atomic():
        Participant.objects.select_for_update().get(pk=participant.pk)
        for step in steps:
            _take(step.pathway, participant, {step.pk: StepWay.DOOR})
            pathways.append(step.pathway)
    return pathways


def write_note(*, by, text: str, learned_on: dt.date) -> LearningNote:
    """Write down something about one's own learning; raises Invalid, or Conflict when there are very many."""
    participant = _person(by)
    text = clean_text(text)
    if not text:
        raise Invalid(_("Please write what you learned."), field="text")
    if len(text) > NOTE_AT_MOST:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": NOTE_AT_MOST}, field="text")
    if learned_on > (database_now() + dt.timedelta(days=1)).date():
        raise Invalid(_("This day is still to come."), field="learned_on")
    if notes_of(participant).count() >= NOTES_AT_MOST:
        raise Conflict(_("You have very many notes. Please delete some first."))
    return LearningNote.objects.create(participant=participant, text=text, learned_on=learned_on)


def delete_note(pk: int, *, by) -> None:
    """Delete one of one's own notes; raises Missing for anybody else's."""
    if not notes_of(_person(by)).filter(pk=pk).delete()[0]:
        raise Missing


def forget_attendance(pk: int, *, by) -> None:
    """Take a session one came to off one's record; that somebody came stays known. Raises Missing, or Conflict before its end."""
    participant = _person(by)
    with transaction.atomic():
        registration = (
            Registration.objects.select_for_update(of=("self",))
            .select_related("session")
            .filter(pk=pk, participant=participant, checked_in_at__isnull=False)
            .first()
        )
        if registration is None:
            raise Missing
        now = database_now()
        if registration.session.ends_at > now:
            raise Conflict(_("The session is not over yet. Please come back after its end."))
        anonymise([registration], now=now, keeps_record=False)


def _take_one(step: PathwayStep, participant: Participant, way: StepWay) -> StepDone:
    with transaction.atomic():
        Participant.objects.select_for_update().get(pk=participant.pk)
        _take(step.pathway, participant, {step.pk: way})
        done = StepDone.objects.filter(step=step, participant=participant).first()
        if done is None:
            raise Conflict(_("Please take the steps before this one first."))
        return done


def _take(pathway: Pathway, participant: Participant, ways) -> int:
    """Take the steps of `ways` (step -> how) whose turn it is, as many as follow one another; the last earns the badge."""
    new = 0
    while True:
        now = progress_on(pathway, participant)
        turn = [each.step for each in now.steps if each.is_open and each.step.pk in ways]
        if not turn:
            break
        for step in turn:
            StepDone.objects.create(
                step=step, participant=participant, way=ways[step.pk], done_at=database_now()
            )
        new += len(turn)
    if new and now.is_complete and pathway.achievement is not None:
        offer_to_person(pathway.achievement, participant, earned=Earned.PATHWAY, pathway=pathway)
    return new


def _person(by) -> Participant:
    participant = getattr(by, "participant", None)
    if participant is None:
        raise NotAllowed(_("Please sign in first, so that we know whose steps these are."))
    return participant
