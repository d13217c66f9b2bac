"""From the draft to the published minutes, through Wagtail's workflow; each text is a revision that can be compared.

The text that counts is the latest revision until minutes are approved, and the published one from then on. Its number is
the version that an editor has seen: who saves another one's text unread is refused.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Workflow

from participation.domain.agenda.returning import bring_back
from participation.domain.attendance import in_session
from participation.domain.minutes.workflow import ensure_workflow
from participation.domain.rights import person_of, refuse_unless, refuse_unless_keeper, refuse_unless_leader
from participation.enums import MinutesState, MotionState
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_html, clean_line
from participation.models import AgendaItem, Minutes, MinutesCorrection
from participation.queries.minutes import text_of, version_of
from participation.rules import may_check_minutes

LONGEST = 200_000


def save_minutes(minutes: Minutes, *, by, body: str, version: int) -> Minutes:
    """Keep another text (HTML) of minutes that are a draft; checked ones have to be sent back first.

    Raises Conflict: code "version" (with `text` and `version` of what is there) when somebody else has saved meanwhile,
    "state" for minutes that are checked, approved or published; Invalid (field "body").
    """
    refuse_unless_keeper(minutes.meeting.committee, by)
    body = _clean(body)
    with transaction.atomic():
        minutes = _locked(minutes)
        if minutes.state != MinutesState.DRAFT:
            raise Conflict(
                _(
                    "These minutes are “%(state)s”. Send them back to change them, or correct them once published."
                )
                % {"state": minutes.get_state_display()},
                code="state",
            )
        if body == text_of(minutes):
            return minutes
        _refuse_outdated(minutes, version)
        _revise(minutes, body, by)
        record("participation.minutes.save", minutes.meeting, by=by)
    return minutes


def check_minutes(minutes: Minutes, *, by) -> Minutes:
    """Say that a draft is right, so that the next meeting can approve it; who leads, or a keeper who did not write it.

    Twice is as once. Raises NotAllowed, Missing, Conflict for minutes further on.
    """
    refuse_unless(
        may_check_minutes(minutes),
        minutes.meeting.committee,
        by,
        _("Somebody else than who wrote them has to check the minutes: another keeper, or the chair."),
    )
    with transaction.atomic():
        minutes = _locked(minutes)
        if minutes.state == MinutesState.CHECKED:
            return minutes
        if minutes.state != MinutesState.DRAFT:
            raise Conflict(_("These minutes have been checked and approved already."))
        workflow: Workflow = ensure_workflow()
        state = minutes.current_workflow_state or workflow.start(minutes, None)
        state.current_task_state.specific.approve(user=None)
        minutes.state = MinutesState.CHECKED
        minutes.save(update_fields=["state"])
        record("participation.minutes.check", minutes.meeting, by=by)
        bring_back(minutes.meeting.committee)
    return minutes


def return_minutes(minutes: Minutes, *, by) -> Minutes:
    """Send checked minutes back to be changed; they are a draft again."""
    refuse_unless_keeper(minutes.meeting.committee, by)
    with transaction.atomic():
        minutes = _locked(minutes)
        if minutes.state == MinutesState.DRAFT:
            return minutes
        if minutes.state != MinutesState.CHECKED:
            raise Conflict(
                _("Approved minutes are not changed any more. They can be corrected once published.")
            )
        if minutes.current_workflow_state is not None:
            minutes.current_workflow_state.cancel(user=by)
        minutes.state = MinutesState.DRAFT
        minutes.save(update_fields=["state"])
        record("participation.minutes.return", minutes.meeting, by=by)
    return minutes


def approve_minutes(item: AgendaItem, *, by) -> Minutes:
    """Note that a meeting in session approves the minutes that one of its items is about.

    Where the item has a motion, that has to be adopted. Raises Missing for an item about no minutes, Conflict for minutes
    that nobody has checked or of the same meeting.
    """
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(item.meeting)
        found = meeting.agenda_items.filter(pk=item.pk, approves_minutes__isnull=False).first()
        if found is None or found.approves_minutes is None:
            raise Missing
        minutes = _locked(found.approves_minutes)
        if minutes.state in (MinutesState.APPROVED, MinutesState.PUBLISHED):
            return minutes
        if minutes.meeting_id == meeting.pk or minutes.state != MinutesState.CHECKED:
            raise Conflict(_("Only minutes of an earlier meeting that somebody has checked can be approved."))
        if (
            found.motions.filter(amends=None).exists()
            and not found.motions.filter(amends=None, state=MotionState.ADOPTED).exists()
        ):
            raise Conflict(_("There is a motion on this item. The minutes are approved when it is adopted."))
        state = minutes.current_workflow_state
        if state is None:
            raise Conflict(
                _("These minutes are not in the workflow any more. Send them back, and check them again.")
            )
        # The last step of the workflow publishes the revision in Wagtail's sense: from now on the row is the text.
        # Who may take it is asked above; Wagtail's own permissions are of the admin.
        state.current_task_state.specific.approve(user=None)
        minutes.refresh_from_db()
        minutes.state, minutes.approved_at_meeting = MinutesState.APPROVED, meeting
        minutes.save(update_fields=["state", "approved_at_meeting"])
        record("participation.minutes.approve", minutes.meeting, by=by, at=meeting.pk)
    return minutes


def publish_minutes(minutes: Minutes, *, by) -> Minutes:
    """Let everybody who may read the committee read its approved minutes."""
    refuse_unless_keeper(minutes.meeting.committee, by)
    with transaction.atomic():
        minutes = _locked(minutes)
        if minutes.state == MinutesState.PUBLISHED:
            return minutes
        if minutes.state != MinutesState.APPROVED:
            raise Conflict(_("Minutes are published once a meeting has approved them."))
        minutes.state, minutes.published_at = MinutesState.PUBLISHED, database_now()
        minutes.save(update_fields=["state", "published_at"])
        record("participation.minutes.publish", minutes.meeting, by=by)
    return minutes


def correct_minutes(minutes: Minutes, *, by, body: str, text: str, version: int) -> MinutesCorrection:
    """Correct published minutes; `text` says what and why, and stays below them for everybody. Who leads may do it.

    Raises Invalid (fields "body", "text"), Conflict for minutes that are not published, or another version.
    """
    refuse_unless_leader(minutes.meeting.committee, by)
    body, text = _clean(body), clean_line(text)
    if not text or len(text) > 500:
        raise Invalid(_("Please say what you corrected and why, in at most 500 characters."), field="text")
    with transaction.atomic():
        minutes = _locked(minutes)
        if minutes.state != MinutesState.PUBLISHED:
            raise Conflict(_("Only published minutes are corrected. Others can be changed."), code="state")
        if body == text_of(minutes):
            raise Invalid(_("Nothing is changed. Please correct the text, too."), field="body")
        _refuse_outdated(minutes, version)
        revision = _revise(minutes, body, by)
        revision.publish()
        correction = MinutesCorrection.objects.create(minutes=minutes, text=text, corrected_by=person_of(by))
        record("participation.minutes.correct", minutes.meeting, by=by, correction=correction.pk)
    return correction


def _clean(body: str) -> str:
    body = clean_html(body)
    if len(body) > LONGEST:
        raise Invalid(_("These minutes are too long."), field="body")
    return body


def _locked(minutes: Minutes) -> Minutes:
    found = (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting__committee", "latest_revision", "written_by")
        .filter(pk=minutes.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _refuse_outdated(minutes: Minutes, version: int) -> None:
    if version_of(minutes) != version:
        raise Conflict(
            _("Somebody else has saved these minutes meanwhile. Both texts are below."),
            code="version",
            details={"text": text_of(minutes), "version": version_of(minutes)},
        )


def _revise(minutes: Minutes, body: str, by):
    """Keep a text as the latest revision; the row itself changes with a publication only."""
    fresh = Minutes.objects.get(pk=minutes.pk)
    fresh.body = body
    revision = fresh.save_revision(user=by if by.is_authenticated else None)
    minutes.refresh_from_db()
    return revision
