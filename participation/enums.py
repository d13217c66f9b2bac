"""The closed lists of the participation plugin."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerificationMethod(models.TextChoices):
    REGISTER = "register", _("residents' register")
    DESK = "desk", _("at the desk")
    EXTERNAL = "external", _("another service")


class OrganisationKind(models.TextChoices):
    COMMUNITY = "community", _("community group")
    SCHOOL = "school", _("school")
    INSTITUTION = "institution", _("public institution")
    FIRM = "firm", _("firm")


class OrganisationRole(models.TextChoices):
    MANAGER = "manager", _("manages the organisation here")
    MEMBER = "member", _("acts for the organisation")


class CommentState(models.TextChoices):
    VISIBLE = "visible", _("visible")
    HIDDEN = "hidden", _("hidden by a moderator")
    WITHDRAWN = "withdrawn", _("withdrawn by its author")
    HELD = "held", _("waiting to be looked at")


class FlagReason(models.TextChoices):
    """Why somebody thinks that moderators should look at a comment."""

    RUDE = "rude", _("It insults or threatens somebody")
    SPAM = "spam", _("It is advertising")
    PRIVATE = "private", _("It tells private things about somebody")
    FALSE = "false", _("It is a dangerous untruth")
    OFF_TOPIC = "off-topic", _("It has nothing to do with this")
    OTHER = "other", _("Something else")


class ModerationOutcome(models.TextChoices):
    KEEP = "keep", _("kept")
    HIDE = "hide", _("hidden")
    RESTORE = "restore", _("restored")


class AppealState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    GRANTED = "granted", _("granted: the comment can be read again")
    REJECTED = "rejected", _("rejected: the comment stays hidden")
    SETTLED = "settled", _("settled: the comment was restored meanwhile")


class CommitteeKind(models.TextChoices):
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood committee")
    YOUTH = "youth", _("youth council")
    CIRCLE = "circle", _("study circle")
    COUNCIL = "council", _("city-wide council")
    WORKING = "working", _("working group")


class Privacy(models.TextChoices):
    """Who may know of a committee and read what it does."""

    OPEN = "open", _("open: everybody may read, and every resident with a public name may take part")
    TRANSPARENT = "transparent", _("transparent: everybody may read, its own people take part")
    PRIVATE = "private", _("private: nobody outside knows of it")


class AccessLevel(models.IntegerChoices):
    """What somebody may do inside a committee; each level holds those before it."""

    READ = 10, _("reads")
    TAKE_PART = 20, _("takes part")
    KEEP = 30, _("keeps meetings and minutes")
    LEAD = 40, _("leads")


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", _("member")
    ADVISER = "adviser", _("adviser, without a vote")


class TermEnd(models.TextChoices):
    TERM = "term", _("the term ended")
    STEPPED_DOWN = "stepped-down", _("stepped down")
    REPLACED = "replaced", _("somebody else was elected")
    REMOVED = "removed", _("removed by the committee")


class JoinRequestState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class InvitationState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TAKEN_BACK = "taken-back", _("taken back")


class MeetingForm(models.TextChoices):
    IN_PERSON = "in-person", _("in person")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in person and online")


class MeetingState(models.TextChoices):
    """Where a meeting stands. A draft is seen by the committee's keepers only."""

    DRAFT = "draft", _("being planned")
    ANNOUNCED = "announced", _("announced")
    RUNNING = "running", _("in session")
    ENDED = "ended", _("over")
    CANCELLED = "cancelled", _("cancelled")


class RegistrationState(models.TextChoices):
    CONFIRMED = "confirmed", _("registered")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("cancelled")


class DateAnswerChoice(models.TextChoices):
    YES = "yes", _("yes")
    IF_NEED_BE = "maybe", _("if need be")
    NO = "no", _("no")


class AgendaItemKind(models.TextChoices):
    INFORMATION = "information", _("information")
    DISCUSSION = "discussion", _("discussion")
    DECISION = "decision", _("decision")
    ELECTION = "election", _("election")
    MINUTES = "minutes", _("approval of minutes")


class AgendaItemState(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    ON_AGENDA = "on-agenda", _("on the agenda")
    DECLINED = "declined", _("declined")


class AttendanceState(models.TextChoices):
    PRESENT = "present", _("in the room")
    REMOTE = "remote", _("online")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("absent")


class VoteMethod(models.TextChoices):
    HANDS = "hands", _("show of hands")
    ROLL_CALL = "roll-call", _("roll call")
    SECRET = "secret", _("secret ballot")


class MajorityRule(models.TextChoices):
    SIMPLE = "simple", _("more yes than no")
    ABSOLUTE = "absolute", _("more than half of all members with a vote")
    TWO_THIRDS = "two-thirds", _("two thirds of yes and no")


class MotionState(models.TextChoices):
    DRAFT = "draft", _("moved")
    VOTING = "voting", _("in the vote")
    ADOPTED = "adopted", _("adopted")
    REJECTED = "rejected", _("rejected")
    TABLED = "tabled", _("put off to another meeting")
    WITHDRAWN = "withdrawn", _("withdrawn")


class VoteChoice(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    ABSTAIN = "abstain", _("abstains")


class ActionState(models.TextChoices):
    OPEN = "open", _("to do")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day, gathered in one mail")
    WEEKLY = "weekly", _("once a week, gathered in one mail")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class AgeBand(models.TextChoices):
    """Ages as the population of neighbourhoods is counted, from those on who take part."""

    CHILD = "6-17", _("6 to 17 years")
    YOUNG = "18-29", _("18 to 29 years")
    MIDDLE = "30-64", _("30 to 64 years")
    OLD = "65+", _("65 years and older")


class Gender(models.TextChoices):
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("another answer")


class RoomState(models.TextChoices):
    """Where a live room stands. A closed room is a report and opens no more."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


class RoomAccess(models.TextChoices):
    """Who may act in a room; who may read it follows from its committee."""

    PEOPLE = "people", _("people of the committee")
    SIGNED_IN = "signed-in", _("everybody who has signed in")
    GUESTS = "guests", _("guests too, by a name they choose")


class StatementCheck(models.TextChoices):
    BEFORE = "before", _("a statement is shown once it has been checked")
    AFTER = "after", _("a statement is shown at once and can be hidden")


class StatementState(models.TextChoices):
    WAITING = "waiting", _("waits for a check")
    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")


class StatementChoice(models.IntegerChoices):
    """What somebody says to a statement; the numbers are those of the public Polis exports."""

    AGREE = 1, _("agree")
    PASS = 0, _("pass")
    DISAGREE = -1, _("disagree")


class WallView(models.TextChoices):
    """What the big screen in the hall shows."""

    WELCOME = "welcome", _("how to come in")
    AGENDA = "agenda", _("agenda and clock")
    STATEMENTS = "statements", _("statements")
    GROUPS = "groups", _("opinion groups")
