"""Personal programmes: starred, taken from one browser to another, into an account, mailed and removed."""

import datetime as dt
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from learning_events.models import Festival, Plan, PlannedSession, Session
from learning_events.queries.plan import plan_of
from learning_events.queries.session import public_sessions
from learning_events.queries.where import where_of
from participation.domain.limits import spend_attempt
from participation.domain.mail import queue_mail_to_address, without_links
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing

MOST_PLANNED = 300
KEPT = dt.timedelta(days=400)
NOTED_EACH = dt.timedelta(days=30)
LINKS_PER_HOUR = 5
LINKS_PER_DAY = 500


def star_session(session_pk: int, *, by, key: str = "") -> Plan:
    """Put a public session into the programme of `by`, or into the nameless one with `key`, or into a new one.

    Doing it twice is as doing it once. Raises Missing, or Conflict for a programme that is full.
    """
    with transaction.atomic():
        session = public_sessions().select_related("event__place", "place").filter(pk=session_pk).first()
        if session is None:
            raise Missing
        plan = _held(_own_plan(by, key))
        if plan.planned.count() >= MOST_PLANNED:
            raise Conflict(
                _(
                    "Your programme holds %(most)d sessions, which is as many as it can. Please take one out first."
                )
                % {"most": MOST_PLANNED}
            )
        PlannedSession.objects.get_or_create(plan=plan, session=session, defaults=_seen(session))
    return plan


def unstar_session(session_pk: int, *, by, key: str = "") -> None:
    """Take a session out of the programme; what is not in it is out already."""
    plan = plan_of(by, key)
    if plan is not None:
        PlannedSession.objects.filter(plan=plan, session_id=session_pk).delete()


def mark_seen(plan: Plan) -> None:
    """Take what the programme's sessions are now as what its owner knows."""
    with transaction.atomic():
        held = _held(plan)
        rows = list(held.planned.select_related("session__place", "session__event__place"))
        for row in rows:
            for name, value in _seen(row.session).items():
                setattr(row, name, value)
        PlannedSession.objects.bulk_update(
            rows, ["seen_starts_at", "seen_ends_at", "seen_where", "seen_status"], batch_size=200
        )


def take_plan(taken: Plan, *, by, key: str = "") -> Plan:
    """Take a programme that a link shows into this browser or account, and return what is used from now on.

    Who is signed in gets its sessions into the programme of the account. In a browser without an account a nameless one is
    from now on the browser's own, with what that held before; of somebody's account the sessions are copied.
    """
    with transaction.atomic():
        taken = _held(taken)
        if _person(by) is not None:
            own = _own_plan(by, key)
        elif taken.participant_id is None:
            own, taken = taken, plan_of(by, key) or taken
        else:
            own = _own_plan(by, key)
        if own.pk != taken.pk:
            _add_all(taken, own)
            if taken.participant_id is None:
                _merge(taken, own)
    return own


def adopt_plan(user, key: str) -> None:
    """Take the nameless programme of a browser into the account that signs in there; nothing to take is no error."""
    if key and _person(user) is not None and Plan.objects.filter(key=key, participant=None).exists():
        with transaction.atomic():
            _own_plan(user, key)


def note_use(plan: Plan) -> None:
    """Keep a programme from being forgotten that is looked at, also by a calendar program alone."""
    now = database_now()
    if plan.used_at < now - NOTED_EACH:
        Plan.objects.filter(pk=plan.pk).update(used_at=now)


def remove_plan(plan: Plan) -> None:
    """Delete a programme with everything in it; its links and feeds are gone."""
    plan.delete()


def mail_plan_link(plan: Plan, festival: Festival, *, email: str) -> None:
    """Mail the link that opens the programme on another device; raises Invalid or Conflict (field "email")."""
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise Invalid(
            _("Please write your e-mail address, such as name@example.org."), field="email"
        ) from None
    hour, day = dt.timedelta(hours=1), dt.timedelta(days=1)
    if not spend_attempt("plan links", email.lower(), limit=LINKS_PER_HOUR, per=hour) or not spend_attempt(
        "plan links", "all", limit=LINKS_PER_DAY, per=day
    ):
        raise Conflict(
            _("Many links have been asked for already. Please wait an hour and try again."), field="email"
        )
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context = {
        "festival": without_links(festival.title),
        "path": base + festival.url_of("plan", plan.key),
        "feed_path": base + festival.url_of("plan_feed", plan.key),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        queue_mail_to_address(
            email,
            kind="learning_events.plan_link",
            subject=str(_("Your programme: %(festival)s")) % context,
            text=render_to_string("learning_events/email/plan_link.txt", context),
            dedupe_key=secrets.token_hex(16),
        )


def forget_old_plans() -> int:
    """Delete nameless programmes that nobody used for 400 days; return how many."""
    old = Plan.objects.filter(participant=None, merged_into=None, used_at__lt=database_now() - KEPT)
    return old.delete()[1].get("learning_events.Plan", 0)


def _person(user):
    return getattr(user, "participant", None) if getattr(user, "is_authenticated", False) else None


def _own_plan(by, key: str) -> Plan:
    """Return the programme to write into; that of the browser becomes that of the account."""
    person = _person(by)
    nameless = (
        Plan.objects.select_for_update().filter(key=key, participant=None, merged_into=None).first()
        if key
        else None
    )
    if person is None:
        return nameless or _new_plan(None)
    own = Plan.objects.filter(participant=person).first()
    if own is None and nameless is not None:
        nameless.participant = person
        nameless.save(update_fields=["participant"])
        return nameless
    if own is None:
        own, _created = Plan.objects.get_or_create(
            participant=person, defaults={"key": _new_key(), "used_at": database_now()}
        )
    if nameless is not None:
        _add_all(nameless, own)
        _merge(nameless, own)
    return own


def _new_plan(person) -> Plan:
    return Plan.objects.create(key=_new_key(), participant=person, used_at=database_now())


def _new_key() -> str:
    return secrets.token_urlsafe(24)


def _add_all(source: Plan, target: Plan) -> None:
    """Copy what one programme holds into another, with what its owner last saw, up to what fits."""
    have = set(target.planned.values_list("session_id", flat=True))
    more = [row for row in source.planned.all() if row.session_id not in have]
    for row in more:
        row.pk, row.plan = None, target
    PlannedSession.objects.bulk_create(more[: max(MOST_PLANNED - len(have), 0)], ignore_conflicts=True)


def _merge(nameless: Plan, own: Plan) -> None:
    Plan.objects.filter(merged_into=nameless).update(merged_into=own)
    nameless.planned.all().delete()
    nameless.merged_into = own
    nameless.save(update_fields=["merged_into"])


def _held(plan: Plan) -> Plan:
    """Return the programme, held until the transaction ends, and note that somebody uses it."""
    held = Plan.objects.select_for_update().filter(pk=plan.pk).first()
    if held is None:
        raise Missing
    held.used_at = database_now()
    held.save(update_fields=["used_at"])
    return held


def _seen(session: Session) -> dict:
    return {
        "seen_starts_at": session.starts_at,
        "seen_ends_at": session.ends_at,
        "seen_where": where_of(session)[:300],
        "seen_status": session.status,
    }
