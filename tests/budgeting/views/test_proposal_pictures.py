"""Pictures of a proposal, in its form."""

import pytest
from django.core.cache import cache

from budgeting.enums import ProposalStatus
from budgeting.models import Proposal, ProposalPicture
from tests.budgeting.proposing import picture_file, posted
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db

LIST = "/budget/proposals/"
NEW = "/budget/proposals/new/"
SECRET = [ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN, ProposalStatus.HIDDEN]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def area():
    return AreaFactory(name="Old Harbour")


def test_a_picture_needs_words(area, client, citizen):
    client.force_login(citizen)
    file = picture_file()

    response = client.post(NEW, posted(area, submit="1", **{"picture-new-0-picture": file}))

    assert response.status_code == 400
    assert "what the picture shows" in response.content.decode()


def test_a_picture_with_words_is_shown_with_its_size(area, client, citizen):
    client.force_login(citizen)
    fields = {"picture-new-0-picture": picture_file(), "picture-new-0-alt_text": "A lamp <b>"}
    client.post(NEW, posted(area, submit="1", **fields))
    proposal = Proposal.objects.get()

    page = client.get(f"{LIST}{proposal.pk}/").content.decode()
    listed = client.get(LIST).content.decode()

    assert ProposalPicture.objects.get().alt_text == "A lamp <b>"
    assert 'alt="A lamp &lt;b&gt;" width="64" height="48" loading="lazy"' in page
    assert 'alt="A lamp &lt;b&gt;"' in listed


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.html", b"<html><script>alert(1)</script>"),
        ("x.jpg", b"<script>alert(1)</script>"),
        ("x.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"),
        ("empty.jpg", b""),
    ],
)
def test_x10_what_is_no_picture_is_refused(name, body, area, client, citizen):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(citizen)
    fields = {"picture-new-0-picture": SimpleUploadedFile(name, body), "picture-new-0-alt_text": "A lamp"}

    response = client.post(NEW, posted(area, submit="1", **fields))

    assert response.status_code == 400
    assert not Proposal.objects.exists()


def test_x2_the_name_of_a_file_is_not_kept(area, client, citizen):
    client.force_login(citizen)
    fields = {
        "picture-new-0-picture": picture_file("<svg onload=alert(1)>.jpg"),
        "picture-new-0-alt_text": "A lamp",
    }

    client.post(NEW, posted(area, draft="1", **fields))

    assert ProposalPicture.objects.get().image.file.name.startswith("original_images/proposal-")


def test_a_stored_picture_can_be_reworded_and_removed(area, client, citizen):
    client.force_login(citizen)
    fields = {"picture-new-0-picture": picture_file(), "picture-new-0-alt_text": "A lamp"}
    client.post(NEW, posted(area, draft="1", **fields))
    proposal, picture = Proposal.objects.get(), ProposalPicture.objects.get()
    address, prefix = f"{LIST}{proposal.pk}/edit/", f"picture-{picture.pk}"

    client.post(address, posted(area, draft="1", **{f"{prefix}-alt_text": "Two lamps"}))
    assert ProposalPicture.objects.get().alt_text == "Two lamps"
    client.post(address, posted(area, draft="1", version="2", **{f"{prefix}-remove": "on"}))

    assert not ProposalPicture.objects.exists()
