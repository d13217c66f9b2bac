"""QR codes as drawings, so that they stay sharp at any size."""

import io
from functools import lru_cache


# The files of an edition all show the same codes, and drawing them is most of the work.
@lru_cache(maxsize=2000)
def qr_svg(address: str) -> str:
    """Return the code of an address as SVG with its quiet zone, readable with up to 15 % of it worn away."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True, dark="#000", light="#fff", omitsize=True
    )
    return out.getvalue().decode()
