"""OSM notation: its canonical form, and what is refused because it would be evaluated wrongly."""

import pytest

from mapping.opening_hours import NotUnderstood, check


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("mo-fr 9:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 10:00-12:00 , Sa 10:00-11:00;", "Mo-Fr 10:00-12:00, Sa 10:00-11:00"),
        ("Mo, We, Fr 14:00-18:00", "Mo,We,Fr 14:00-18:00"),
        ("Mo-Fr", "Mo-Fr 00:00-24:00"),
        ("PH closed", "PH off"),
        ("Jun 2-5 10:00-12:00", "Jun 02-Jun 05 10:00-12:00"),
        ("2015 Apr 01+ Su off", "2015 Apr 01+ Su off"),
        ("2012 Nov 10:00-12:00", "2012 Nov 10:00-12:00"),
        ("week 01-53/2 Fr 10:00-12:00", "week 01-53/2 Fr 10:00-12:00"),
        # A comment alone means "unknown" in the specification; the library takes it for open.
        ('Sa 10:00-12:00 "Call us."', 'Sa 10:00-12:00 unknown "Call us."'),
        ('Mo 10:00-12:00 open "no warranty"', 'Mo 10:00-12:00 open "no warranty"'),
        # Friday's night is not cut off by Saturday's rule.
        ("Fr 20:00-02:00; Sa 10:00-14:00; PH off", "Fr 20:00-02:00, Sa 10:00-14:00; PH off"),
    ],
)
def test_canonical_form(given, canonical):
    assert check(given) == canonical
    assert check(canonical) == canonical


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("", "empty"),
        ("Mo-Fr", None),
        ("Monday 9-5", "syntax"),
        ('Mo 10:00-12:00 "half a comment', "syntax"),
        ("2012, Jan 10:00-12:00", "syntax"),
        ("9:00-5:00", "ambiguous"),
        ("Feb 30 10:00-12:00", "impossible_date"),
        ("Jun 30-24 10:00-12:00", "impossible_date"),
        ("week 30-40/27 10:00-12:00", "step"),
        ("Mo 10:00-16:00/90", "repeated"),
        ("easter -2 days-easter +2 days 10:00-12:00", "easter"),
        ("sunrise-06:00", "sun"),
        ("Mo-Fr 20:00-02:00; We 10:00-12:00", "past_midnight"),
    ],
)
def test_refusals(given, reason):
    if reason is None:
        assert check(given)
        return
    with pytest.raises(NotUnderstood) as refused:
        check(given)

    assert refused.value.reason == reason
