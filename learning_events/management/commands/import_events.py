"""Brings a file of events into a festival, or says what that would do."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from learning_events.domain.calendars import (
    MAX_BYTES,
    add_source,
    bring_in,
    look_again,
    problem_words,
    sentences,
)
from learning_events.domain.calendars.source import Given
from learning_events.enums import SourceState
from learning_events.models import CalendarSource, EventKind, Festival, SourceRun
from participation.foundation.errors import Refused
from participation.models import Organisation


class Command(BaseCommand):
    help = (
        "Bring the events of FILE (iCalendar, JSON-LD of schema.org, schedules of frab or pretalx, XCRI-CAP) into a festival "
        "as drafts. What cannot be read is listed and the rest is brought in, unless --whole. The same file can come again: "
        "what has changed is changed, what is gone is cancelled, what was changed here stays. "
        "Exit codes: 0 brought in (or, with --dry-run, could be), 1 refused (the sentence says why), 2 wrong options."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--festival", required=True, metavar="SLUG", help="short name of the festival's page"
        )
        parser.add_argument("--organisation", metavar="SLUG", help="who organises the events")
        parser.add_argument("--kind", metavar="SLUG", help="kind of event where the file does not say")
        parser.add_argument("--name", default="", help="what the file is called here; its own name otherwise")
        parser.add_argument(
            "--by", metavar="EMAIL", help="who does it, for the log; an administrator otherwise"
        )
        parser.add_argument(
            "--any-day", action="store_true", help="also what lies outside of the festival's days"
        )
        parser.add_argument(
            "--whole", action="store_true", help="bring in nothing where a part would be left out"
        )
        parser.add_argument(
            "--cancel-many", action="store_true", help="it is right that most events are gone"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args, **options):
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path} could not be opened: {error.strerror}.") from error
        festival = _one(Festival.objects.filter(slug=options["festival"]), "festival", options["festival"])
        given = Given(
            title=options["name"] or path.name,
            content=content,
            file_name=path.name,
            any_day=options["any_day"],
            kind=_named(EventKind, "kind of event", options["kind"]),
            organisation=_named(Organisation, "organisation", options["organisation"]),
        )
        by = _who(options["by"])
        try:
            with transaction.atomic():
                run = self._look(festival, given, by)
                self._tell(path.name, run)
                if options["whole"] and run.counts.get("problems"):
                    raise CommandError(
                        f"{path.name}: {run.counts['problems']} problems, so nothing was brought in."
                    )
                if options["dry_run"]:
                    transaction.set_rollback(True)
                else:
                    run = bring_in(run.source, by=by, cancels_many=options["cancel_many"])
                    self._tell_left(path.name, run)
        except Refused as refusal:
            raise CommandError(f"{path.name}: {refusal.message}") from refusal
        said = ", ".join(
            f"{number} {name.replace('_', ' ')}" for name, number in run.counts.items() if number
        )
        self.stdout.write(
            ("Would be brought in: " if options["dry_run"] else "Brought in: ") + (said or "nothing")
        )
        if run.counts.get("held_back"):
            self.stderr.write(
                f"{path.name}: most events are gone at once, so none was cancelled. With --cancel-many they are."
            )

    def _look(self, festival: Festival, given: Given, by) -> SourceRun:
        known = CalendarSource.objects.filter(festival=festival, title=given.title[:120], address="").first()
        if known is None or known.state == SourceState.STOPPED:
            return add_source(festival, given, by=by)[1]
        return look_again(known, by=by, given=given)

    def _tell(self, name: str, run: SourceRun) -> None:
        self.stdout.write(f"{name}: {run.source.format or 'read'}")
        for problem in run.problems:
            self.stderr.write(f"{name}: {problem_words(problem)}")
        for line in run.differences:
            if line["state"] != "new":
                self.stdout.write(f"{line['title']}: {line['state']}. {' '.join(sentences(line))}".rstrip())

    def _tell_left(self, name: str, run: SourceRun) -> None:
        for line in run.differences:
            if line.get("words"):
                self.stderr.write(f"{name}: {line['title']}: {line['words']}")


def _one(rows, what: str, slug: str):
    found = rows.first()
    if found is None:
        raise CommandError(f"There is no {what} “{slug}”.", returncode=2)
    return found


def _named(model, what: str, slug: str | None):
    return _one(model.objects.filter(slug=slug), what, slug) if slug else None


def _who(email: str | None):
    people = get_user_model().objects.filter(is_active=True)
    if email:
        return _one(people.filter(email__iexact=email), "account", email)
    found = people.filter(is_superuser=True).order_by("pk").first()
    if found is None:
        raise CommandError(
            "There is no administrator yet. Say with --by whose events these are.", returncode=2
        )
    return found
