"""What no template, script or module of ours may do with markup (X6, X8, X9, X18)."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("participation", "budgeting", "mapping", "learning_events", "site")
# Plain text mails: there is no markup to escape, and an escaped ampersand would be read as it is.
PLAIN_TEXT = re.compile(r"templates/[a-z_]+/email/[a-z_]+\.txt$")
# Markup made here from parts that were escaped one by one.
MAKES_MARKUP = {
    "budgeting/views/ballot.py": "the square code of a receipt, drawn by segno",
    "mapping/structured.py": "JSON-LD as data, with every character escaped that could end its element",
    "participation/templatetags/discussion.py": "line breaks between escaped lines",
    "participation/views/minutes.py": "minutes, cleaned to a list of elements as they are put out",
}

INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address": re.compile(
        r"""(?:href|src|action)\s*=\s*["']?\s*(?:javascript|data|vbscript):""", re.IGNORECASE
    ),
    "foreign": re.compile(
        r"""<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=["']?(?:https?:)?//""", re.IGNORECASE
    ),
}
UNESCAPED = re.compile(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}", re.DOTALL)


def files(*patterns: str, below: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (path from the root, text) of our files."""
    for folder in below:
        for pattern in patterns:
            for path in sorted((ROOT / folder).rglob(pattern)):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def found_in(texts, pattern: re.Pattern) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0][:60]}"
        for path, text in texts
        for match in pattern.finditer(COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text))
    ]


def test_templates_have_no_script_style_or_handler_of_their_own():
    templates = list(files("*.html", below=("templates",)))

    assert len(templates) > 50
    for what, pattern in INLINE.items():
        assert found_in(templates, pattern) == [], what


def test_every_value_in_a_template_is_escaped():
    texts = files("*.html", "*.txt", below=("templates",))

    assert found_in(((path, text) for path, text in texts if not PLAIN_TEXT.search(path)), UNESCAPED) == []


def test_only_known_modules_make_markup():
    making = re.compile(r"\bmark_safe\(|\bSafeText\(|format_html\(f[\"']|\.__html__\b")

    places = {place.split(":")[0] for place in found_in(files("*.py", below=SOURCES), making)}

    assert places - set(MAKES_MARKUP) == set(), "say here why this is safe, or use format_html"
    assert set(MAKES_MARKUP) - places == set(), "no longer needed here"


def test_X8_scripts_make_nodes_and_not_markup():
    making = re.compile(
        r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(\s*[\"'`]"
        r"|createContextualFragment|bind(?:Popup|Tooltip)\(\s*[\"'`]|html:\s*[\"'`][^\"'`]*\$\{"
    )
    scripts = list(files("*.js", below=SOURCES))

    assert len(scripts) > 5
    assert found_in(scripts, making) == []


def test_X9_data_for_scripts_goes_through_json_script():
    assert (
        found_in(
            files("*.html", below=("templates",)), re.compile(r"application/json|JSON\.parse\(['\"]\{\{")
        )
        == []
    )


def test_P3_X14_no_request_decides_what_is_asked_of_the_database():
    asked = re.compile(
        r"(?:filter|exclude|get|order_by|annotate|values)\(\s*\*{1,2}\s*(?:dict\()?(?:self\.)?request\."
        r"|\.(?:raw|extra)\(|RawSQL\("
    )

    places = {place.split(":")[0] for place in found_in(files("*.py", below=SOURCES), asked)}

    # The lock FOR SHARE that Django cannot say: a fixed statement with the key as its parameter.
    assert places == {"participation/foundation/locks.py"}
