"""Printed editions: asked for, made in steps by `learning_events.printing`, published and thrown away."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from learning_events.domain.version import raise_programme_version
from learning_events.enums import EditionState, PrintForm, PrintOrder
from learning_events.models import Festival, PrintedFile, PrintEdition, Session
from learning_events.queries.printing import programme_of, sessions_to_print
from learning_events.rules import may_run_festival
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Missing, NotAllowed

# What one edition consists of, in the order in which it is made.
FILES = (
    (PrintForm.BOOKLET, PrintOrder.DAY),
    (PrintForm.BOOKLET, PrintOrder.NEIGHBOURHOOD),
    (PrintForm.LARGE, PrintOrder.DAY),
    (PrintForm.LARGE, PrintOrder.NEIGHBOURHOOD),
    (PrintForm.EASY, PrintOrder.DAY),
)
# An edition that nobody has worked on for so long was interrupted.
STUCK = dt.timedelta(minutes=15)


def ask_for_edition(festival: Festival, *, by) -> PrintEdition:
    """Ask for a print of the programme; a task keeps what it is then and makes the files.

    Raises NotAllowed, or Conflict while another one is made or when there is nothing to print.
    """
    if not may_run_festival(by):
        raise NotAllowed(_("Only people who run the festival may have its programme printed."))
    now = database_now()
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=festival.pk)
        unfinished = PrintEdition.objects.filter(
            festival=festival, state__in=(EditionState.WAITING, EditionState.RUNNING)
        )
        unfinished.filter(touched_at__lt=now - STUCK).update(
            state=EditionState.FAILED, problem=str(_("The work was interrupted."))[:300]
        )
        if unfinished.exists():
            raise Conflict(_("An edition is being made already. Please wait until it is ready."))
        if not sessions_to_print(festival).exists():
            raise Conflict(_("There is nothing to print yet: no public session lies in the festival's days."))
        last = PrintEdition.objects.filter(festival=festival).aggregate(last=Max("number"))["last"]
        edition = PrintEdition.objects.create(
            festival=festival,
            number=(last or 0) + 1,
            created_by=by,
            printed_at=now,
            touched_at=now,
        )
        record("learning_events.print_edition", festival, by=by, edition=edition.number)
        # Tasks lie on a floor above the domain and are looked up by name, so that imports go one way.
        transaction.on_commit(
            lambda: import_string("learning_events.tasks.print_edition").enqueue(edition.pk)
        )
    return edition


def begin_edition(pk: int) -> tuple[PrintEdition, list[Session]] | None:
    """Take the work on an edition, and keep in it the programme that is printed: the sessions returned.

    None when it is gone or somebody else has taken it.
    """
    now = database_now()
    with transaction.atomic():
        taken = PrintEdition.objects.filter(pk=pk, state=EditionState.WAITING).update(
            state=EditionState.RUNNING, progress=0, printed_at=now, touched_at=now
        )
        if not taken:
            return None
        edition = PrintEdition.objects.select_related("festival__locale").get(pk=pk)
        sessions = list(sessions_to_print(edition.festival))
        edition.programme = programme_of(sessions)
        edition.save(update_fields=["programme"])
    return edition, sessions


def keep_file(
    edition: PrintEdition, *, form: PrintForm, order: PrintOrder, content: bytes, pages: int, progress: int
) -> None:
    """Keep one finished file and say how far the edition is, in percent; raises Missing when it was thrown away."""
    with transaction.atomic():
        going_on = PrintEdition.objects.filter(pk=edition.pk, state=EditionState.RUNNING)
        if not going_on.update(progress=progress, touched_at=database_now()):
            raise Missing
        PrintedFile.objects.create(
            edition=edition, form=form, order=order, content=content, pages=pages, size=len(content)
        )


def finish_edition(edition: PrintEdition, *, problem: str = "") -> None:
    """Call an edition ready; `problem` says what an editor should know, for example letters that no font has."""
    PrintEdition.objects.filter(pk=edition.pk, state=EditionState.RUNNING).update(
        state=EditionState.READY, progress=100, problem=problem[:300], touched_at=database_now()
    )


def fail_edition(edition: PrintEdition, *, problem: str) -> None:
    """Say that an edition could not be made, and throw away what there was of it."""
    with transaction.atomic():
        PrintedFile.objects.filter(edition=edition).delete()
        PrintEdition.objects.filter(pk=edition.pk).update(
            state=EditionState.FAILED, problem=problem[:300], touched_at=database_now()
        )


def publish_edition(edition: PrintEdition, *, by) -> PrintEdition:
    """Let everybody download an edition; from now on, what changes is a change since print."""
    with transaction.atomic():
        edition = _locked(edition, by)
        if edition.state != EditionState.READY:
            raise Conflict(_("Only an edition that is ready can be published."))
        if edition.published_at is None:
            edition.published_at = database_now()
            edition.save(update_fields=["published_at"])
            raise_programme_version()
            record("learning_events.publish_edition", edition.festival, by=by, edition=edition.number)
    return edition


def discard_edition(edition: PrintEdition, *, by) -> None:
    """Throw an edition away that is not published; raises Conflict for a published one."""
    with transaction.atomic():
        edition = _locked(edition, by)
        if edition.published_at is not None:
            raise Conflict(_("This edition is published: people may hold it in their hands."))
        record("learning_events.discard_edition", edition.festival, by=by, edition=edition.number)
        edition.delete()


def _locked(edition: PrintEdition, by) -> PrintEdition:
    if not may_run_festival(by):
        raise NotAllowed(_("Only people who run the festival may have its programme printed."))
    found = (
        PrintEdition.objects.select_for_update(of=("self",))
        .select_related("festival")
        .defer("programme")
        .filter(pk=edition.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found
