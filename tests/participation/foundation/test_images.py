"""Uploaded pictures are written anew: bounded, upright, without metadata (D7, X10)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from participation.foundation import images
from participation.foundation.errors import Invalid


def upload(picture: Image.Image, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return SimpleUploadedFile("photo.jpg", out.getvalue())


def test_gps_and_other_metadata_are_gone():
    exif = Image.Exif()
    exif[0x010E] = "canary: my home"
    exif.get_ifd(0x8825)[1] = "N"
    photo = upload(Image.new("RGB", (40, 20), "red"), exif=exif)
    assert b"canary" in photo.read()

    cleaned = images.clean_picture(photo).read()

    assert b"canary" not in cleaned
    assert not Image.open(io.BytesIO(cleaned)).getexif()


def test_a_picture_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    cleaned = images.clean_picture(upload(Image.new("RGB", (40, 20)), exif=exif))

    assert Image.open(cleaned).size == (20, 40)


def test_a_large_picture_is_made_smaller():
    cleaned = images.clean_picture(upload(Image.new("RGB", (4000, 1000)), "PNG"))

    assert Image.open(cleaned).size == (2000, 500)


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", b"<html>", b"\xff\xd8\xff\xe0 not really", b"GIF89a"],
)
def test_x10_what_is_no_picture_is_refused(content):
    with pytest.raises(Invalid) as refusal:
        images.clean_picture(SimpleUploadedFile("photo.jpg", content))

    assert refusal.value.field == "picture"


def test_d7_too_many_pixels_are_refused_before_decoding(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 100)

    with pytest.raises(Invalid, match="million pixels"):
        images.clean_picture(upload(Image.new("1", (50, 50)), "PNG"))


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(images, "MAX_BYTES", 10)

    with pytest.raises(Invalid, match="10 MB"):
        images.clean_picture(upload(Image.new("RGB", (50, 50))))
