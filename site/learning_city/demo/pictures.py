"""Puts the drawn pictures of the demo city into Wagtail's image library."""

from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model

from learning_city.demo import content


def uploaded(motif: str, seed: int) -> SimpleUploadedFile:
    """Return the picture as a browser would send it."""
    return SimpleUploadedFile(f"{motif}-{seed}.jpg", content.render_picture(motif, seed), "image/jpeg")


def library_image(title: str, motif: str, seed: int):
    """Return a picture of the motif, stored in the image library."""
    return get_image_model().objects.create(
        title=title, file=ImageFile(uploaded(motif, seed), name=f"{motif}-{seed}.jpg")
    )
