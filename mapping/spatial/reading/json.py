"""JSON read without surprises: UTF-8, no deeper than allowed, numbers that are numbers."""

import json
import re
from typing import Any

import numpy as np

from mapping.spatial.reading.refusal import Unreadable

# Without its end, too: a text that never closes must not be looked for again from every quotation mark in it.
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)


def json_of(content: bytes, max_depth: int) -> Any:
    """Return what a file of JSON holds; raise Unreadable with the line of whatever is wrong."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", line=content[: error.start].count(b"\n") + 1) from None
    # Counted before parsing: the parser itself would recurse once a level.
    bare = np.frombuffer(_TEXT.sub(b"", content), dtype=np.uint8)
    opening, closing = (bare == ord("[")) | (bare == ord("{")), (bare == ord("]")) | (bare == ord("}"))
    depth = np.cumsum(opening.astype(np.int32) - closing.astype(np.int32))
    if depth.size and depth.max() > max_depth:
        raise Unreadable("too-deep", limit=max_depth)
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Unreadable("json", line=error.lineno, why=error.msg) from None
    except Unreadable:
        raise
    except ValueError:  # a whole number of thousands of digits
        raise Unreadable("not-a-number", value="…") from None


def _refuse_constant(name: str) -> None:
    raise Unreadable("not-a-number", value=name)
