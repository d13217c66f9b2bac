"""The press: typesets data with a sheet of typst, in a process of its own that gives its memory back.

Run as a script it reads a job from its input and writes the PDF to its output; it knows neither Django nor the project.
"""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LONGEST_S = 300
# Letters of these blocks are in the font that typst brings; all others are tried one by one.
_SURE = 0x17F
_BIDI_TRICKS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PROBE = b"#set document(title: sys.inputs.letter)\n#set text(font: json(bytes(sys.inputs.fonts)))\n#sys.inputs.letter"
# The first that the server has, then the two that typst brings; the same as in the sheets.
FAMILIES = ("Atkinson Hyperlegible Next", "Noto Sans", "Libertinus Serif", "DejaVu Sans Mono")


class Misprint(Exception):
    """The press could not print; the message is for the log, not for people."""


@dataclass(frozen=True)
class Pressed:
    """A finished PDF, how many pages it has, and the letters that no font could draw."""

    content: bytes
    pages: int
    missing: str


def press_sheet(sheet: Path, data: Mapping[str, Any], *, image_ppi: int = 0) -> Pressed:
    """Typeset `data` (JSON) with the file `sheet` as PDF/UA-1; it reads nothing outside of its folder. Raises Misprint.

    With `image_ppi` the first page comes as a PNG instead of the PDF, for looking at it.
    """
    job = json.dumps({"sheet": str(sheet), "data": data, "image_ppi": image_ppi}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(HERE / "press.py")],
            input=job,
            capture_output=True,
            timeout=LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Misprint(f"{sheet.name} took longer than {LONGEST_S} s") from None
    if done.returncode != 0:
        raise Misprint(done.stderr.decode(errors="replace")[-2000:])
    head, _newline, content = done.stdout.partition(b"\n")
    facts = json.loads(head)
    return Pressed(content, facts["pages"], facts["missing"])


def _work(job: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    import typst

    fonts = typst.Fonts()
    probe = typst.Compiler(font_paths=fonts)

    def can_print(letter: str) -> bool:
        inputs = {"letter": letter, "fonts": json.dumps(FAMILIES)}
        try:
            probe.compile(input=_PROBE, format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
        except typst.TypstError:
            return False
        return True

    data, missing = printable(job["data"], can_print)
    compiler = typst.Compiler(
        input=Path(job["sheet"]),
        root=Path(job["sheet"]).parent,
        font_paths=fonts,
        sys_inputs={"data": json.dumps(data)},
    )
    pages = json.loads(compiler.query("<pages>", field="value", one=True))
    if job["image_ppi"]:
        made: Any = compiler.compile(format="png", ppi=job["image_ppi"])
        made = made[0] if isinstance(made, list) else made
    else:
        made = compiler.compile(format="pdf", pdf_standards="ua-1")
    return made, {"pages": pages, "missing": missing}


def printable(data: Any, can_print) -> tuple[Any, str]:
    """Return the data without what cannot be printed, and which letters were replaced by an empty square.

    Control characters and tricks of direction are left out, drawings such as emoji too where no font has them.
    """
    rare = sorted({letter for text in _texts(data) for letter in text if ord(letter) > _SURE})
    table: dict[int, str] = {code: "" for code in range(32) if code != 10}
    table |= dict.fromkeys(range(127, 160), "")
    missing = []
    for letter in rare:
        category = unicodedata.category(letter)
        if letter in _BIDI_TRICKS or category in ("Cc", "Cs", "Co", "Cn"):
            table[ord(letter)] = ""
        elif category != "Zs" and not can_print(letter):
            is_word = category[0] in "LN"
            table[ord(letter)] = "□" if is_word else ""
            if is_word:
                missing.append(letter)
    return _translated(data, table), "".join(missing)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _translated(data: Any, table: dict[int, str]) -> Any:
    if isinstance(data, str):
        return data.translate(table)
    if isinstance(data, Mapping):
        return {name: _translated(value, table) for name, value in data.items()}
    if isinstance(data, list):
        return [_translated(value, table) for value in data]
    return data


if __name__ == "__main__":
    _made, _facts = _work(json.load(sys.stdin.buffer))
    sys.stdout.buffer.write(json.dumps(_facts).encode() + b"\n" + _made)
