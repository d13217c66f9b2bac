"""What stands on the papers of a meeting, as data for the press."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from participation.enums import MinutesState
from participation.foundation.press import press_sheet
from participation.foundation.rich_text import Block, blocks_of
from participation.models import Meeting, Minutes
from participation.queries.agenda import AgendaRow, agenda_of
from participation.queries.meeting import path_of, when_words, where_words
from participation.queries.minutes import text_of

SHEET = Path(__file__).resolve().parent / "typst" / "paper.typ"


def print_agenda(meeting: Meeting) -> bytes:
    """Return the agenda of a meeting as PDF; raises Misprint."""
    blocks: list[dict[str, Any]] = []
    for row in agenda_of(meeting):
        blocks += [_item(row, 1), *(block for part in row.parts for block in [_item(part, 2)])]
    paper = _paper(meeting, title=_("Agenda: %(title)s") % {"title": meeting.title}, blocks=blocks)
    return press_sheet(SHEET, paper).content


def print_minutes(minutes: Minutes) -> bytes:
    """Return minutes as PDF, with their state and what was corrected in them; raises Misprint."""
    blocks = [_block(block) for block in blocks_of(text_of(minutes))]
    corrections = list(minutes.corrections.all())
    if corrections:
        blocks.append({"kind": "heading", "level": 1, "runs": [_run(_("Corrections"))]})
        blocks.append(
            {
                "kind": "list",
                "items": [
                    [_run(f"{date_format(each.corrected_at, 'DATE_FORMAT')}: {each.text}")]
                    for each in corrections
                ],
            }
        )
    state = capfirst(minutes.get_state_display())
    paper = _paper(
        minutes.meeting,
        title=_("Minutes: %(title)s") % {"title": minutes.meeting.title},
        blocks=blocks,
        facts=[(_("State"), state)],
        is_draft=minutes.state in (MinutesState.DRAFT, MinutesState.CHECKED),
    )
    return press_sheet(SHEET, paper).content


def _paper(
    meeting: Meeting,
    *,
    title: str,
    blocks: list[dict[str, Any]],
    facts: Iterable[tuple[str, str]] = (),
    is_draft: bool = False,
) -> dict[str, Any]:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    where = where_words(meeting)
    return {
        "lang": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "is_rtl": get_language_bidi(),
        "title": title,
        "committee": meeting.committee.title,
        "site": str(settings.WAGTAIL_SITE_NAME),
        "address": base + path_of(meeting),
        "facts": [
            [name, value]
            for name, value in [(_("When"), when_words(meeting)), (_("Where"), where), *facts]
            if value
        ],
        "draft": _("Draft: not approved yet") if is_draft else "",
        "blocks": blocks,
    }


def _item(row: AgendaRow, level: int) -> dict[str, Any]:
    at = date_format(row.starts_at.replace(tzinfo=None), "TIME_FORMAT")
    minutes = _("%(minutes)d minutes") % {"minutes": row.minutes} if row.minutes else ""
    notes = [capfirst(row.item.get_kind_display()), minutes]
    return {
        "kind": "item",
        "level": level,
        "number": row.number,
        "time": at,
        "title": row.item.title,
        "notes": ", ".join(filter(None, notes)),
        "text": row.item.text,
        "documents": [document.title for document in row.documents],
    }


def _run(text: str) -> dict[str, Any]:
    return {"text": text, "bold": False, "italic": False, "href": ""}


def _block(block: Block) -> dict[str, Any]:
    items = [
        [{"text": run.text, "bold": run.bold, "italic": run.italic, "href": run.href} for run in runs]
        for runs in block.items
    ]
    if block.kind in ("list", "numbered"):
        return {"kind": block.kind, "items": items}
    level = {"h3": 1, "h4": 2}.get(block.kind)
    if level:
        return {"kind": "heading", "level": level, "runs": items[0]}
    return {"kind": "quote" if block.kind == "blockquote" else "paragraph", "runs": items[0]}
