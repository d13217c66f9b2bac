"""System checks of the plugin's settings."""

from participation.checks import (
    held_comments_are_a_number,
    register_secret_is_set,
    verifiers_can_be_used,
    voting_age_is_an_age,
)


class NoName:
    label, hint = "x", "y"

    def begin(self, request, participant): ...


class Good(NoName):
    name = "good"


class Bad(NoName):
    name = "not good"


def ids(problems):
    return [problem.id for problem in problems]


def test_good_settings_pass(settings):
    settings.PARTICIPATION_VERIFIERS = [f"{__name__}.Good"]

    assert register_secret_is_set(None) + voting_age_is_an_age(None) + verifiers_can_be_used(None) == []


def test_a_missing_secret_is_named(settings):
    settings.REGISTER_SECRET = ""

    assert ids(register_secret_is_set(None)) == ["participation.E001"]


def test_a_number_of_held_comments_that_is_none_is_named(settings):
    assert held_comments_are_a_number(None) == []
    for wrong in ("1", -1, True, None):
        settings.PARTICIPATION_HOLD_FIRST_COMMENTS = wrong
        assert ids(held_comments_are_a_number(None)) == ["participation.E006"]


def test_a_voting_age_that_is_none_is_named(settings):
    for wrong in ("16", -1, 16.5, True, None):
        settings.PARTICIPATION_VOTING_AGE = wrong
        assert ids(voting_age_is_an_age(None)) == ["participation.E002"]


def test_verifiers_that_cannot_be_used_are_named(settings):
    here = __name__
    settings.PARTICIPATION_VERIFIERS = [
        "no.such.Thing",
        f"{here}.NoName",
        f"{here}.Bad",
        f"{here}.Good",
        f"{here}.Good",
    ]

    assert ids(verifiers_can_be_used(None)) == [
        "participation.E003",
        "participation.E004",
        "participation.E005",
        "participation.E005",
    ]
