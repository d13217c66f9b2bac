"""Pictures that people upload: decoded, bounded, turned upright and written anew without any metadata."""

import io

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from participation.foundation.errors import Invalid

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONG_EDGE = 2000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def clean_picture(upload, *, name: str = "picture") -> ContentFile:
    """Return `upload` as a JPEG of at most 2000 pixels on its long edge, without EXIF, GPS or other metadata.

    Raises Invalid (field "picture") when it is too large, has too many pixels, or is not a JPEG, PNG, WebP or GIF.
    """
    if upload.size > MAX_BYTES:
        raise Invalid(_("This picture is larger than 10 MB. Please choose a smaller one."), field="picture")
    try:
        picture: Image.Image = Image.open(upload, formats=_FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise Invalid(
                _("This picture has more than 50 million pixels. Please choose a smaller one."),
                field="picture",
            )
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((LONG_EDGE, LONG_EDGE))
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture.convert("RGBA"), mask=picture.convert("RGBA").getchannel("A"))
    except Invalid:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Invalid(
            _("We could not read this as a picture. Please choose a JPEG, PNG, WebP or GIF file."),
            field="picture",
        ) from None
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return ContentFile(out.getvalue(), name=f"{name}.jpg")
