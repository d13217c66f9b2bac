"""The first draft of minutes, written from what happened: who was there, what was decided and how, what is to be done."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.domain.agenda.returning import bring_back
from participation.domain.rights import locked_meeting, person_of, refuse_unless_keeper
from participation.enums import (
    AttendanceState,
    MeetingState,
    MinutesState,
    MotionState,
    VoteChoice,
    VoteMethod,
)
from participation.foundation.audit import record
from participation.foundation.errors import Conflict
from participation.foundation.rich_text import Block, Run, blocks_of, html_from, html_of
from participation.models import ActionItem, Decision, Meeting, Minutes, Motion, RoomReport
from participation.queries.agenda import agenda_of, flat
from participation.queries.attendance import needed_for_quorum
from participation.queries.meeting import local, when_words, where_words
from participation.queries.motion import motions_of


def draft_minutes(meeting: Meeting, *, by) -> Minutes:
    """Return the minutes of a meeting in session or over, drafted from what happened; where there are some, those.

    Raises NotAllowed, Missing, or Conflict for a meeting that has not begun.
    """
    refuse_unless_keeper(meeting.committee, by)
    with transaction.atomic():
        meeting = locked_meeting(meeting)
        if meeting.state not in (MeetingState.RUNNING, MeetingState.ENDED):
            raise Conflict(gettext_lazy("Minutes are drafted once the meeting has begun."))
        there = Minutes.objects.filter(meeting=meeting).first()
        if there is not None:
            return there
        with translation.override(settings.LANGUAGE_CODE):
            body = html_of(told(meeting))
        minutes = Minutes.objects.create(
            meeting=meeting, body=body, state=MinutesState.DRAFT, written_by=person_of(by), live=False
        )
        minutes.save_revision(user=by if by.is_authenticated else None)
        record("participation.minutes.draft", meeting, by=by)
        bring_back(meeting.committee)
    return minutes


def told(meeting: Meeting) -> list[Block]:
    """Return what happened at a meeting as blocks of rich text, in the language that is active."""
    blocks = [*_attendance(meeting)]
    motions: dict[int, list[Motion]] = {}
    for motion in motions_of(meeting).prefetch_related("votes__membership", "decision"):
        motions.setdefault(motion.item_id, []).append(motion)
    decisions: dict[int | None, list[Decision]] = {}
    for decision in meeting.decisions.filter(motion=None).order_by("pk"):
        decisions.setdefault(decision.item_id, []).append(decision)
    actions: dict[int | None, list[ActionItem]] = {}
    for action in meeting.actions.order_by("pk"):
        actions.setdefault(action.item_id, []).append(action)
    for row in flat(agenda_of(meeting)):
        item = row.item
        level = "h3" if item.parent_id is None else "h4"
        blocks.append(_block(level, f"{row.number}. {item.title}"))
        for recusal in item.recusals.select_related("membership"):
            blocks.append(
                _block(
                    "p",
                    _("%(name)s declared a conflict of interest and stayed out: %(reason)s")
                    % {"name": recusal.membership.name, "reason": recusal.reason},
                )
            )
        if item.from_action is not None:
            state = item.from_action.get_state_display()
            blocks.append(_block("p", ": ".join(filter(None, (state, item.from_action.report)))))
        blocks += blocks_of(html_from(item.notes))
        for motion in motions.get(item.pk, ()):
            blocks += _motion(motion)
        for decision in decisions.get(item.pk, ()):
            blocks.append(_decision(decision))
        if todo := actions.get(item.pk):
            blocks.append(_actions(todo))
    blocks += _room(meeting)
    if rest := actions.get(None):
        blocks += [_block("h3", _("To do")), _actions(rest)]
    return blocks


def _attendance(meeting: Meeting) -> Iterator[Block]:
    begin, end = meeting.opened_at or meeting.starts_at, meeting.closed_at
    where = where_words(meeting)
    yield _block("p", ". ".join(filter(None, (when_words(meeting), where))) + ".")
    times = [_("Opened at %(time)s.") % {"time": _clock(meeting, begin)}]
    if end is not None:
        times.append(_("Closed at %(time)s.") % {"time": _clock(meeting, end)})
    yield _block("p", " ".join(times))
    yield _block("h3", _("Attendance"))
    members = list(meeting.attendances.filter(membership__isnull=False).select_related("membership__seat"))
    labels = (
        (AttendanceState.PRESENT, _("Present")),
        (AttendanceState.REMOTE, _("Online")),
        (AttendanceState.EXCUSED, _("Excused")),
        (AttendanceState.ABSENT, _("Absent")),
    )
    lines = []
    for state, label in labels:
        names = [each.name for each in members if each.state == state]
        if names:
            lines.append(_labelled(label, ", ".join(names)))
    # Guests are counted, not named: minutes are public for good.
    guests = meeting.attendances.filter(membership=None).count()
    if guests:
        lines.append(_labelled(_("Guests"), str(guests)))
    if lines:
        yield Block("list", tuple(lines))
    voters = [
        each for each in members if each.membership is not None and each.membership.seat.role != "adviser"
    ]
    came = [each for each in voters if each.state in (AttendanceState.PRESENT, AttendanceState.REMOTE)]
    if voters:
        yield _block(
            "p",
            _("%(present)d of %(members)d members with a vote came; the quorum is %(needed)d.")
            % {
                "present": len(came),
                "members": len(voters),
                "needed": needed_for_quorum(len(voters), meeting.committee.quorum_percent),
            },
        )


def _motion(motion: Motion) -> Iterator[Block]:
    kind = _("Amendment") if motion.amends_id else _("Motion")
    people = [
        words % {"name": member.name}
        for words, member in (
            (_("moved by %(name)s"), motion.moved_by),
            (_("seconded by %(name)s"), motion.seconded_by),
        )
        if member is not None
    ]
    yield Block(
        "p", ((Run(f"{kind}: {motion.title}", bold=True), Run(f" ({', '.join(people)})" if people else "")),)
    )
    yield _block("blockquote", " ".join(motion.text.split()))
    result = motion.get_state_display()
    if motion.yes is not None:
        counts = _(
            "%(yes)d yes, %(no)d no, %(abstain)d abstained, of %(entitled)d with a vote, by %(method)s"
        ) % {
            "yes": motion.yes,
            "no": motion.no,
            "abstain": motion.abstain,
            "entitled": motion.entitled,
            "method": motion.get_method_display(),
        }
        result = f"{result}: {counts}"
    yield Block("p", (_labelled(_("Result"), result + "."),))
    if motion.method == VoteMethod.ROLL_CALL and motion.yes is not None:
        by_choice = [
            (
                VoteChoice(choice).label,
                [vote.membership.name for vote in motion.votes.all() if vote.choice == choice],
            )
            for choice in VoteChoice.values
        ]
        yield Block(
            "list",
            tuple(_labelled(label, ", ".join(names)) for label, names in by_choice if names),
        )
    decision = getattr(motion, "decision", None)
    if motion.state == MotionState.ADOPTED and decision is not None:
        yield _block("p", _("This is decision %(number)s.") % {"number": decision.number})


def _room(meeting: Meeting) -> Iterator[Block]:
    """What the meeting's live room has said, once it is closed: figures, and what all groups agree with."""
    report = RoomReport.objects.filter(room__meeting=meeting).select_related("room").first()
    if report is None:
        return
    counts, groups = (report.content["sections"][name] for name in ("counts", "groups"))
    yield _block("h3", _("Live room: %(prompt)s") % {"prompt": report.room.prompt})
    yield _block(
        "p",
        _("%(voters)d people answered %(statements)d statements with %(votes)d votes.")
        % {name: counts[name] for name in ("voters", "statements", "votes")},
    )
    for label, name in ((_("What unites"), "unites"), (_("What divides"), "divides")):
        if rows := groups.get(name):
            yield _block("p", label)
            shares = _("“%(text)s” (%(agree)d %% agree, %(disagree)d %% disagree)")
            yield Block("list", tuple((Run(shares % row),) for row in rows))


def _decision(decision: Decision) -> Block:
    words = " ".join(decision.text.split())
    return Block("p", (_labelled(_("Decision %(number)s") % {"number": decision.number}, words),))


def _actions(actions: Iterable[ActionItem]) -> Block:
    points = []
    for action in actions:
        until = (
            _("until %(day)s") % {"day": date_format(action.due_on, "DATE_FORMAT")} if action.due_on else ""
        )
        who = ", ".join(filter(None, (action.who, until)))
        points.append(_labelled(_("To do"), f"{action.text} ({who})"))
    return Block("list", tuple(points))


def _labelled(label: object, text: str) -> tuple[Run, ...]:
    return Run(f"{label}:", bold=True), Run(f" {text}")


def _block(kind: str, text: str) -> Block:
    return Block(kind, ((Run(text),),))


def _clock(meeting: Meeting, moment) -> str:
    return date_format(local(moment, meeting.zone).replace(tzinfo=None), "TIME_FORMAT")
