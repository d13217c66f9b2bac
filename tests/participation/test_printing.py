"""Agendas and minutes on paper: tagged, in their language, and nothing that people typed is taken for markup."""

import io

import pypdf
import pytest

from participation.domain import agenda
from participation.domain.minutes import draft_minutes
from participation.foundation.rich_text import html_from
from participation.models import MinutesCorrection
from participation.printing import print_agenda, print_minutes
from tests.participation.meetings import in_session, keeper_of, make_committee

pytestmark = pytest.mark.django_db
TRICKY = '#panic() $x$ *b* _i_ `c` \\ @l <t> = "q" // no'


def text_of(content: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


def test_agenda_and_minutes_as_tagged_pdf(clock):
    committee = make_committee()
    keeper = keeper_of(committee)
    meeting, _members = in_session(committee, by=keeper, members=2)
    agenda.add_item(meeting, by=keeper, title=TRICKY, text="One\n\nTwo")
    minutes = draft_minutes(meeting, by=keeper)
    minutes.latest_revision.delete()
    minutes.refresh_from_db()
    link = "[here](https://example.org) **b**"
    minutes.body = html_from(f"## Head\n\n- point\n\n1. one\n\n> said\n\n{link} #panic() $x$")
    minutes.save()
    MinutesCorrection.objects.create(minutes=minutes, text="A name was wrong")

    told, written = text_of(print_agenda(meeting)), text_of(print_minutes(minutes))

    assert TRICKY.replace(" ", "") in told
    assert "1Paintthehall" in told
    for words in ("Draft:notapprovedyet", "Head", "point", "said", "here", "#panic()", "Anamewaswrong"):
        assert words in written, words
