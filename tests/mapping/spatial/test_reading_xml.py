"""XML in KML and workbooks that is damaged or meant to harm (X17)."""

import pytest

from tests.mapping.spatial.files import (
    kml,
    with_part,
    workbook,
)
from tests.mapping.spatial.refusals import refused

DOCTYPES = [
    '<!DOCTYPE x [<!ENTITY a "b">]>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_X17_a_document_type_in_kml_is_refused(doctype, encoding, no_network):
    text = f"<?xml version='1.0'?>{doctype}<kml><Placemark><name>&a;</name></Placemark></kml>"

    assert refused(text.encode(encoding), "x.kml").code == "xml-entities"


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels", "xl/media/image1.png"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_X17_a_document_type_inside_a_workbook_is_refused(doctype, part, encoding, no_network):
    text = f"<?xml version='1.0'?>{doctype}<x>&a;</x>"

    content = with_part(workbook(["name"], ["A"]), part, lambda _old: text.encode(encoding))

    assert refused(content, "x.xlsx").code == "xml-entities"


def test_D5_a_bomb_inside_a_workbook_is_refused():
    content = with_part(
        workbook(["name"], ["A"]), "xl/worksheets/sheet1.xml", lambda _old: b" " * 250_000_000
    )

    assert refused(content, "x.xlsx").code == "zip-bomb"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_refused(part):
    content = with_part(workbook(["name"], ["A"]), part, lambda old: b"<a/>")

    assert refused(content, "x.xlsx").code in ("workbook", "no-heading")
    assert refused(with_part(content, part, lambda old: b"<a"), "x.xlsx").code == "xml"


def test_a_cell_far_away_does_not_make_a_million_rows():
    def far(old):
        return old.replace(
            b"<sheetData>", b"<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>n</t></is></c></row>"
        ).replace(b'<row r="1">', b'<row r="1048576">')

    content = with_part(workbook(["name", "b"]), "xl/worksheets/sheet1.xml", far)

    assert refused(content, "x.xlsx").code in ("no-rows", "workbook")


@pytest.mark.parametrize("body", ["<Placemark>", "<Placemark><Placemark/></Placemark>", "&unknown;", "\x01"])
def test_damaged_kml_is_refused(body):
    assert refused(kml(body), "x.kml").code in ("xml", "kml")


def test_mixed_geometries_of_a_placemark_are_refused():
    body = (
        "<Placemark><MultiGeometry><Point><coordinates>1,1</coordinates></Point><LineString><coordinates>1,1 2,2"
        "</coordinates></LineString></MultiGeometry></Placemark>"
    )

    assert refused(kml(body), "x.kml").code == "geometry-kind"


def test_xml_in_an_unknown_encoding_is_refused():
    assert refused(b"<?xml version='1.0' encoding='utf-7'?><kml/>", "x.kml").code == "xml"
