"""What tests of proposals share: contents, pictures and budgets in the phase they need."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from budgeting.domain.proposal import ProposalContent
from budgeting.models import Proposal, Support
from participation.models import Comment
from tests.factories import OrganisationFactory, ParticipantFactory

TEXTS = {
    "title": "Repair café",
    "summary": "Neighbours mend things together.",
    "description": "Every Tuesday in the library.",
    "learning_goal": "To mend a lamp.",
    "address": "Library, 3 Quay Street",
}


def content(area, **changes) -> ProposalContent:
    """A complete proposal's content."""
    return ProposalContent(**{**TEXTS, "learners": 40, "area": area, "cost_cents": 12_500_00, **changes})


def posted(area, **changes) -> dict:
    """A complete proposal as a browser sends it."""
    fields = {
        **TEXTS,
        "learners": "40",
        "area": str(area.pk),
        "cost_cents": "12500",
        "place_latitude": "",
        "place_longitude": "",
        "version": "1",
    }
    return {**fields, **changes}


def picture_file(name="café.jpg", *, exif: bool = False) -> SimpleUploadedFile:
    """A small JPEG, with the place it was taken in its metadata when `exif`."""
    image = Image.new("RGB", (64, 48), "teal")
    out = io.BytesIO()
    if exif:
        tags = Image.Exif()
        tags[0x010F] = "Canary Camera"
        tags.get_ifd(0x8825)[1] = "N"
        image.save(out, "JPEG", exif=tags)
    else:
        image.save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def crowded(proposal, number):
    """Give a proposal supports, comments and an organisation."""
    person = ParticipantFactory()
    Support.objects.create(proposal=proposal, participant=person)
    Comment.objects.create(discussion=proposal.discussion, author=person, text=f"Comment {number}")
    Proposal.objects.filter(pk=proposal.pk).update(organisation=OrganisationFactory())
