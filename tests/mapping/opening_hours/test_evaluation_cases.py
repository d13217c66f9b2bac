"""The evaluation cases of opening_hours.js: what agrees, what is refused, and by name what is known to differ."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mapping.opening_hours import NotUnderstood, Timetable, check, understand

BERLIN = ZoneInfo("Europe/Berlin")
TOLERANCE = timedelta(minutes=3)  # two formulas for the sun
PLACE = {"latitude": 49.55, "longitude": 9.68}
COUNTRIES = {
    "Italian": "IT",
    "Austria": "AT",
    "Russian": "RU",
    "United States": "US",
    "Argentina": "AR",
    "Australia": "AU",
    "Swedish": "SE",
    "Ireland": "IE",
    "Scotland": "GB",
}
DIFFER = {
    "Variable times e.g. dawn, dusk without coordinates (→ constant times)": 4,  # the case assumes a constant dawn
    # There a Saturday rule ends Friday's night at midnight. People do not mean that, so we join rules by commas.
    "Real world example: Was not processed right": 2,
}
# Days of a region or state, substitute days: the calendars of the library know nationwide days only.
RUSSIA = [
    "Republic of Tatarstan",
    "Chuvash Republic",
    "Republic of Kalmykia",
    "Republic of Karelia",
    "Republic of Adygea",
    "Republic of Ingushetia",
    "Chechen Republic",
    "Altai Republic",
    "Saratov Oblast",
    "Komi Republic",
]
STATES = [
    "Alabama",
    "Arizona",
    "California",
    "Connecticut",
    "District of Columbia",
    "Georgia",
    "Hawaii",
    "Illinois",
    "Iowa",
    "Kentucky",
    "Maine",
    "Massachusetts",
    "Minnesota",
    "Missouri",
    "Nebraska",
    "New Hampshire",
    "New Mexico",
    "North Carolina",
    "Oklahoma",
    "Pennsylvania",
    "Rhode Island",
    "South Dakota",
    "Texas",
    "Utah",
    "Virginia",
    "West Virginia",
    "Wyoming",
]
HOLIDAYS_DIFFER = {
    "Variable days: public holidays": 3,
    "Variable days: public holidays (with time range)": 1,
    "Variable days: public holidays (Scotland substitute collision order)": 1,
    "Even-year holidays are absent in odd years": 1,
    **{f"Variable days: Russian public holidays. {name}": 1 for name in RUSSIA},
    **{f"Variable days: United States public holidays. {name}": 1 for name in STATES},
    "Variable days: Australia national PH. 2033 (substitute_rule: New Year on Saturday → Monday substitute; "
    "Christmas on Sunday → Tuesday substitute)": 1,
    "Variable days: Australia national PH. 2027 (substitute_rule: Christmas on Saturday + Boxing on Sunday → "
    "two separate substitute days)": 1,
    "Variable days: Swedish public holidays.": 1,
    "Variable days: Weekday in given week.": 1,
    "Variable days: Ireland public holidays.": 1,
}
AGREE, REFUSED = 124, 196
UNDERSTOOD = 111


def read_at(text):
    if "T" in text:
        return datetime.fromisoformat(text.replace("Z", ""))
    text = text.replace("11-31", "12-01")
    day, clock = text.split(" ")
    hour, minute = map(int, clock.split(":"))
    return datetime.fromisoformat(day) + timedelta(hours=hour, minutes=minute)


def merged(rows):
    joined = []
    for start, end, is_unknown in rows:
        if joined and joined[-1][1] >= start and joined[-1][2] == is_unknown:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), is_unknown)
        else:
            joined.append((start, end, is_unknown))
    return joined


def evaluated(osm, case):
    start, end = read_at(case["from"]), read_at(case["to"])
    country = next((code for word, code in COUNTRIES.items() if word in case["name"]), "DE")
    table = Timetable(osm, country=country, **PLACE)
    rows, at = [], start
    while at < end:
        # A year at a time is what next_openings looks ahead.
        for span in table.next_openings(at.replace(tzinfo=BERLIN), 2000):
            begin = span.start.replace(tzinfo=None)
            finish = span.end.replace(tzinfo=None) if span.end else at + timedelta(days=366)
            if min(finish, end) > max(begin, start):
                rows.append((max(begin, start), min(finish, end), span.state == "unknown"))
        at += timedelta(days=365)
    return merged(sorted(set(rows)))


def agree(rows, expected):
    return len(rows) == len(expected) and all(
        abs(one[0] - other[0]) <= TOLERANCE and abs(one[1] - other[1]) <= TOLERANCE and one[2] == other[2]
        for one, other in zip(rows, expected, strict=True)
    )


@pytest.fixture(scope="module")
def cases(shared_data):
    return json.loads((shared_data / "places" / "opening-hours" / "evaluation-cases.json").read_text())[
        "cases"
    ]


def test_what_is_evaluated_agrees_or_is_known_to_differ(cases):
    agreeing, refused, strings = 0, 0, 0
    differing, holidays = Counter(), Counter()

    for case in cases:
        expected = merged(
            (read_at(row[0]), read_at(row[1]), len(row) > 2 and bool(row[2])) for row in case["intervals"]
        )
        for value in case["values"]:
            strings += 1
            try:
                osm = check(value)
            except NotUnderstood:
                refused += 1
                continue
            if agree(evaluated(osm, case), expected):
                agreeing += 1
            else:
                (holidays if "PH" in value else differing)[case["name"]] += 1

    print(
        f"opening_hours.js: {strings} strings, {agreeing} agree, {refused} refused, {(differing + holidays).total()} differ."
    )
    print(*differing.items(), sep="\n")
    assert strings == 374
    assert dict(differing) == DIFFER
    assert dict(holidays) == HOLIDAYS_DIFFER
    assert (agreeing, refused) == (AGREE, REFUSED)


def test_reading_as_text_never_differs_more(cases):
    agreeing = 0
    differing = Counter()

    for case in cases:
        expected = merged(
            (read_at(row[0]), read_at(row[1]), len(row) > 2 and bool(row[2])) for row in case["intervals"]
        )
        for value in case["values"]:
            try:
                osm = understand(value).osm
            except NotUnderstood:
                continue
            if agree(evaluated(osm, case), expected):
                agreeing += 1
            elif "PH" not in value:
                differing[case["name"]] += 1

    print(f"Read as text or notation, and in agreement: {agreeing}.")
    assert dict(differing) == DIFFER
    assert agreeing == UNDERSTOOD


# In these groups the string is right and something else is wrong: a wrong argument, mode or address.
NOT_ABOUT_THE_STRING = (
    "Wrong constructor call",
    "PH with non-existing address",
    "wrong mode",
    "Missing information",
    "Value not ideal",
)


def test_every_string_that_must_fail_is_refused(shared_data):
    groups = json.loads((shared_data / "places" / "opening-hours" / "invalid-or-warn.json").read_text())[
        "cases"
    ]
    values = [
        (value, any(words in group["name"] for words in NOT_ABOUT_THE_STRING))
        for group in groups
        for value in group["values"]
    ]
    accepted = set()

    for value, is_right in values:
        for read in (check, understand):
            try:
                read(value)
            except NotUnderstood:
                continue
            accepted.add((value, is_right))

    wrong = [value for value, is_right in values if not is_right]
    print(f"Strings that must fail: {len(wrong)}, all refused.")
    assert (len(values), len(wrong)) == (145, 134)
    assert accepted == {
        ("Mo-Fr 08:00-16:00", True),  # a hint about holidays is missing
        ("PH", True),
        ("Mo 12:00-14:00", True),
        ("Mo-Fr 10:00-20:00; PH off", True),
        ("Mo-Fr 12:00-18:00; We off; Sa,PH 12:00-17:00; Th[3],Th[-1] off", True),
    }


def test_valid_samples_are_notation_but_for_two(shared_data):
    lines = (shared_data / "places" / "opening-hours" / "valid-samples.txt").read_text().splitlines()
    samples = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    refused = {}

    for sample in samples:
        try:
            osm = check(sample)
        except NotUnderstood as refusal:
            refused[sample] = refusal.reason
        else:
            assert check(osm) == osm

    print(f"Valid samples: {len(samples) - len(refused)} of {len(samples)} read.")
    assert refused == {
        'Mo-Fr 08:00-11:00 || Tu-Th,PH open "Emergency only"': "fallback",
        "22:00+; PH off": "open_end",
    }


def test_a_moment_of_a_case_in_utc():
    """Hours are those of Berlin, whatever zone the question comes in."""
    table = Timetable("week 01-53/2 Mo-Su 07:30-08:00")

    assert table.state_at(datetime(2018, 5, 24, 5, 45, tzinfo=UTC)) == "open"
    assert table.state_at(datetime(2018, 5, 24, 6, 0, tzinfo=UTC)) == "closed"
