"""Whatever is typed: only one kind of refusal, a stable answer, and tables that come back as they were."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapping.opening_hours import NotUnderstood, understand
from mapping.opening_hours.notation import WEEKDAYS

ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT = ("Mon", "Tues", "Wed", "Thurs", "Fri", "Sat", "Sun")
GERMAN = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.sampled_from(
    [
        *[
            "Mon",
            "Tue",
            "Mo-Fr",
            "Sat,",
            "Sonntag",
            "daily",
            "weekends",
            "täglich",
            "9-5",
            "9am-5pm",
            "10-12",
            "Uhr",
            "12noon",
            "1030",
            "18:00",
        ],
        *[
            "-",
            "to",
            "bis",
            "and",
            "und",
            ",",
            ".",
            ";",
            ":",
            "closed",
            "geschlossen",
            "varies",
            "(",
            ")",
            "PH",
            "off",
            "SH",
            "24/7",
            "first",
            "Tuesday",
        ],
        *[
            "from",
            "2015",
            "except",
            "week",
            "01",
            "Mo[1]",
            "10:00-12:00",
            "22:00-02:00",
            "||",
            "+",
            "9am",
            "5pm",
            "every",
            "1st",
            "Mid-April",
        ],
        *("(Pool closes at 5pm)", "(mixed)", "of the month", "April to September:", "until 31st March 2015:"),
        *(
            "bank holidays",
            "by appointment",
            "or by appointment",
            "closed on match days",
            "\n",
            "Café:",
            '"x"',
        ),
    ]
)


def reads_stably(text):
    try:
        answer, refusal = understand(text), None
    except NotUnderstood as error:
        answer, refusal = None, error
    if refusal:
        assert refusal.reason
        assert len(refusal.part) <= 80
        return
    again = understand(answer.osm)
    assert (again.osm, again.was_osm) == (answer.osm, True)


@QUICK
@given(st.text(max_size=1200))
def test_any_text_is_read_stably_or_refused(text):
    reads_stably(text)


@settings(QUICK, max_examples=1500)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_are_read_stably_or_refused(text):
    reads_stably(text)


@st.composite
def weeks(draw):
    """For each day: closed, or one or two spans between 07:00 and 22:00 on the quarter hour."""
    week = []
    for _ in WEEKDAYS:
        marks = draw(st.lists(st.integers(28, 88), min_size=0, max_size=4, unique=True).map(sorted))
        week.append([(marks[place] * 15, marks[place + 1] * 15) for place in range(0, len(marks) - 1, 2)])
    return week


def clock_24(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


def clock_12(minutes):
    hour = minutes // 60
    return f"{hour % 12 or 12}{f'.{minutes % 60:02}' if minutes % 60 else ''}{'pm' if hour >= 12 else 'am'}"


def lines(week, names, clock, *, to="-", between=", ", after=": ", closed=None):
    for name, spans in zip(names, week, strict=True):
        if spans:
            yield name + after + between.join(f"{clock(start)}{to}{clock(end)}" for start, end in spans)
        elif closed:
            yield f"{name}{after}{closed}"


def in_english(week):
    return "\n".join(
        lines(week, ENGLISH, clock_12, to=" - ", between=" and ", after="      ", closed="closed")
    )


def in_short_english(week):
    return ". ".join(lines(week, SHORT, clock_12, after=", "))


def times_first(week):
    return "; ".join(
        f"{clock_12(start)}-{clock_12(end)} on {name}s"
        for name, spans in zip(ENGLISH, week, strict=True)
        for start, end in spans
    )


def in_german(week):
    return ", ".join(
        f"{line} Uhr" for line in lines(week, GERMAN, clock_24, to="–", between=" und ", after=" ")
    )


def in_notation(week):
    return "; ".join(lines(week, WEEKDAYS, clock_24, between=",", after=" "))


def table_of(osm):
    """Our own notation back into a week; only the simple rules that ``understand`` writes for a week."""
    week = [[] for _ in WEEKDAYS]
    for rule in osm.split("; "):
        days, times = rule.split(" ")
        for piece in days.split(","):
            first, _, last = piece.partition("-")
            for number in range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1):
                for span in times.split(","):
                    (h1, m1), (h2, m2) = (clock.split(":") for clock in span.split("-"))
                    week[number].append((int(h1) * 60 + int(m1), int(h2) * 60 + int(m2)))
    return week


@QUICK
@given(weeks().filter(any))
def test_a_week_comes_back_from_every_style(week):
    for write in (in_english, in_short_english, times_first, in_german, in_notation):
        assert (write.__name__, table_of(understand(write(week)).osm)) == (write.__name__, week)
