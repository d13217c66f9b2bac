"""The closed lists of participatory budgeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhaseKind(models.TextChoices):
    SUBMISSION = "submission", _("call for proposals")
    REVIEW = "review", _("review")
    VOTING = "voting", _("voting")
    COUNTING = "counting", _("counting")
    IMPLEMENTATION = "implementation", _("follow-up")


class BallotStyle(models.TextChoices):
    APPROVAL = "approval", _("choose up to a number of projects")
    KNAPSACK = "knapsack", _("choose projects up to the amount of money")
    POINTS = "points", _("give points to projects")
    RANKING = "ranking", _("put projects in order")


class CountingRule(models.TextChoices):
    GREEDY = "greedy", _("most votes first")
    EQUAL_SHARES = "equal-shares", _("method of equal shares")


class ProposalStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("not feasible")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HIDDEN = "hidden", _("hidden by the city")


class ReviewOutcome(models.TextChoices):
    FEASIBLE = "feasible", _("feasible")
    NOT_FEASIBLE = "not_feasible", _("not feasible")


class ProjectStatus(models.TextChoices):
    ON_BALLOT = "on_ballot", _("on the ballot")
    FUNDED = "funded", _("funded")
    NOT_FUNDED = "not_funded", _("not funded")
    UNDERWAY = "underway", _("under way")
    DONE = "done", _("done")


class Channel(models.TextChoices):
    WEB = "web", _("web")
    CODE = "code", _("one-time code")
    DESK = "desk", _("at the desk")
    PAPER = "paper", _("paper")
    IMPORT = "import", _("imported")


class BallotStage(models.TextChoices):
    """How far one person has come with one ballot."""

    NOT_STARTED = "not_started", _("not started")
    DRAFT = "draft", _("draft saved")
    CAST = "cast", _("cast")
    CHANGED = "changed", _("changed")
    CLOSED = "closed", _("closed")


class BoxEvent(models.TextChoices):
    FROZEN = "frozen", _("rules frozen")
    CAST = "cast", _("ballot cast")
    CHANGED = "changed", _("ballot changed")
    EXTENDED = "extended", _("voting extended")
    CLOSED = "closed", _("voting closed early")
    SEALED = "sealed", _("ballot box sealed")
    COUNTED = "counted", _("counted")
    PUBLISHED = "published", _("result published")


class FileKind(models.TextChoices):
    BALLOTS = "ballots", _("ballots (Pabulib)")
    TRACKERS = "trackers", _("list of tracker digests")
    OUTCOME = "outcome", _("count with all steps (JSON)")


class RehearsalBallots(models.TextChoices):
    """On which ballots rules are tried: those of a finished vote, or invented ones with the habits of real voters."""

    PUBLISHED = "published", _("the published ballots of this vote")
    FEW = "few", _("invented: up to five projects each, as in Łódź")
    MANY = "many", _("invented: up to fifteen projects each, as in Warsaw")
    THREE = "three", _("invented: up to three projects each, as in Gdynia")
    FIVE = "five", _("invented: nearly always five projects, as in Cambridge")


class RehearsalState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being counted")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class VoiceKind(models.TextChoices):
    """In which way a committee speaks about a proposal."""

    SPONSOR = "sponsor", _("supports it")
    STATEMENT = "statement", _("comments on it")
    OPINION = "opinion", _("gives its opinion in the review")


class Stance(models.TextChoices):
    """What a committee thinks in the review."""

    FOR = "for", _("in favour")
    CONDITIONS = "conditions", _("in favour, with conditions")
    AGAINST = "against", _("against")
