"""System checks of the participation plugin's settings; each names the fix."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from django.core.validators import slug_re
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@register()
def register_secret_is_set(app_configs, **kwargs):
    """REGISTER_SECRET keys the residents' register; without it nobody could be verified."""
    if getattr(settings, "REGISTER_SECRET", ""):
        return []
    return [
        Error(
            "REGISTER_SECRET is not set.",
            hint="Set it to a long random text that never changes, and keep it apart from SECRET_KEY.",
            id="participation.E001",
        )
    ]


@register()
def voting_age_is_an_age(app_configs, **kwargs):
    """PARTICIPATION_VOTING_AGE is how many whole years old somebody must be to vote (16 when unset)."""
    age = getattr(settings, "PARTICIPATION_VOTING_AGE", 16)
    if isinstance(age, int) and not isinstance(age, bool) and 0 <= age <= 99:
        return []
    return [
        Error(
            "PARTICIPATION_VOTING_AGE is not a number of years.",
            hint="Set it to a whole number such as 16.",
            id="participation.E002",
        )
    ]


@register()
def held_comments_are_a_number(app_configs, **kwargs):
    """PARTICIPATION_HOLD_FIRST_COMMENTS is how many first comments of somebody new wait for a moderator (1 when unset)."""
    held = getattr(settings, "PARTICIPATION_HOLD_FIRST_COMMENTS", 1)
    if isinstance(held, int) and not isinstance(held, bool) and 0 <= held <= 100:
        return []
    return [
        Error(
            "PARTICIPATION_HOLD_FIRST_COMMENTS is not a number of comments.",
            hint="Set it to a whole number: 1 holds everybody's first comment, 0 none.",
            id="participation.E006",
        )
    ]


@register()
def verifiers_can_be_used(app_configs, **kwargs):
    """PARTICIPATION_VERIFIERS lists classes that can prove who somebody is; see docs/verification.md."""
    problems, names = [], set()
    for path in getattr(settings, "PARTICIPATION_VERIFIERS", ()):
        try:
            verifier = import_string(path)()
        except Exception as error:
            problems.append(
                Error(
                    f"PARTICIPATION_VERIFIERS: {path} cannot be made ({error}).",
                    hint="Write the dotted path of a class that needs no arguments.",
                    id="participation.E003",
                )
            )
            continue
        missing = [name for name in ("name", "label", "hint", "begin") if not hasattr(verifier, name)]
        if missing:
            problems.append(
                Error(
                    f"PARTICIPATION_VERIFIERS: {path} has no {', '.join(missing)}.",
                    hint="See docs/verification.md for what a verifier offers.",
                    id="participation.E004",
                )
            )
        elif verifier.name in names or not slug_re.match(verifier.name):
            problems.append(
                Error(
                    f"PARTICIPATION_VERIFIERS: the name {verifier.name!r} of {path} is taken or not fit for an address.",
                    hint="Give each verifier its own short name of letters, digits and dashes.",
                    id="participation.E005",
                )
            )
        else:
            names.add(verifier.name)
    return problems


@register()
def files_below_pages_are_found(app_configs, **kwargs):
    """Calendars, minutes and lists lie below pages under addresses that end in a file's name."""
    try:
        reverse("page_file", args=["calendar.ics"])
    except NoReverseMatch:
        return [
            Warning(
                "Files below pages, such as calendar.ics, have no addresses.",
                hint='Write path("", include("participation.foundation.page_files")) into the site\'s urls.py, right before'
                " Wagtail's own addresses.",
                id="participation.W001",
            )
        ]
    return []
