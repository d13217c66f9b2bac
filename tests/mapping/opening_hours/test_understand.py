"""What people write, and what we make of it or ask them to say differently."""

import pytest

from mapping.opening_hours import NotUnderstood, understand


@pytest.mark.parametrize(
    ("text", "osm"),
    [
        ("Mon-Sat 10-17, Sun 12-5pm", "Mo-Sa 10:00-17:00; Su 12:00-17:00"),
        ("Mo-Fr 9-12 und 14-18 Uhr, Sa geschlossen", "Mo-Fr 09:00-12:00,14:00-18:00"),
        ("daily 9-5", "Mo-Su 09:00-17:00"),
        ("weekdays 9-5", "Mo-Fr 09:00-17:00"),
        ("weekends 10am-4pm", "Sa,Su 10:00-16:00"),
        ("24/7", "24/7"),
        ("open 24 hours", "24/7"),
        ("Closed", "24/7 off"),
        ("Mon-Fri 9-5, bank holidays closed", "Mo-Fr 09:00-17:00; PH off"),
        ("Mon-Fri 9-5 except bank holidays", "Mo-Fr 09:00-17:00; PH off"),
        ("Sonn- und Feiertage 11-17 Uhr", "Su 11:00-17:00; PH 11:00-17:00"),
        ("April to September: 9am-5pm", "Apr-Sep Mo-Su 09:00-17:00"),
        ("from 1 April to 30 September: daily 10am-6pm", "Apr 01-Sep 30 Mo-Su 10:00-18:00"),
        ("Mo-Fr 9-17 Uhr, im August geschlossen", "Mo-Fr 09:00-17:00; Aug off"),
        ("Mon-Fri 9-5, 24 December closed", "Mo-Fr 09:00-17:00; Dec 24 off"),
        ("9 a.m. to 5 p.m. Monday to Friday", "Mo-Fr 09:00-17:00"),
        ("9am-5pm Mon-Fri, 10am-4pm Sat and Sun", "Mo-Fr 09:00-17:00; Sa,Su 10:00-16:00"),
        ("Mo–Fr 10:00—18:00 Uhr", "Mo-Fr 10:00-18:00"),
        ("Ｍｏ－Ｆｒ　１０：００－１８：００", "Mo-Fr 10:00-18:00"),
        ("Mon\u00a0-\u00a0Fri\u00a010.30am-1pm", "Mo-Fr 10:30-13:00"),
        ("1030-1730 Mon-Fri", "Mo-Fr 10:30-17:30"),
        ("Täglich außer Montag 10-18 Uhr", "Tu-Su 10:00-18:00"),
        ("jeden ersten Dienstag im Monat 14-16 Uhr", "Tu[1] 14:00-16:00"),
        ("2nd and 4th Saturday of the month, 10am-12pm", "Sa[2,4] 10:00-12:00"),
        ("Fri 8pm-2am, Sat 10am-4pm", "Fr 20:00-02:00, Sa 10:00-16:00"),
        ("10-12 am Montag", "Mo 10:00-12:00"),
        ("do 14-18, so 10-12", "Th 14:00-18:00; Su 10:00-12:00"),
        ("von Montag bis Freitag 9-17 Uhr", "Mo-Fr 09:00-17:00"),
        ("Mo Ruhetag, Di-So 11-22 Uhr", "Tu-Su 11:00-22:00"),
        ("Mo-Sa 10-20 Uhr, So & Feiertage geschlossen", "Mo-Sa 10:00-20:00; PH off"),
        ("MON-FRI 9:00 AM – 5:00 PM", "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 9-5 (closed bank holidays)", "Mo-Fr 09:00-17:00; PH off"),
        ("Mon (closed), Tue 9-5", "Tu 09:00-17:00"),
        ("Sun 12 noon - 4pm", "Su 12:00-16:00"),
        ("Monday\n9am - 5pm\nTuesday\n10am - 4pm", "Mo 09:00-17:00; Tu 10:00-16:00"),
        ("Mon-Fri 9am-5pm, Wed closed", "Mo,Tu,Th,Fr 09:00-17:00"),
        ("Mon-Fri 9am-5pm (term time only)", 'Mo-Fr 09:00-17:00 unknown "term time only"'),
        ("weekends by arrangement", 'Sa,Su unknown "by arrangement"'),
        ("nach Vereinbarung", 'Mo-Su unknown "nach Vereinbarung"'),
    ],
)
def test_reads(text, osm):
    assert understand(text).osm == osm


@pytest.mark.parametrize(
    ("text", "osm", "remarks"),
    [
        ("Mon-Fri 9-5 closed on match days", "Mo-Fr 09:00-17:00", ("closed on match days",)),
        ("Mon-Fri 9am-5pm or by appointment", "Mo-Fr 09:00-17:00", ("or by appointment",)),
        ("Sat 9am-7pm (Pool closes at 5pm)", "Sa 09:00-19:00", ("Pool closes at 5pm",)),
        ("Sat 9am-7pm\n\nCafé:\nSat, 10am-3pm", "Sa 09:00-19:00", ("Café: Sat, 10am-3pm",)),
    ],
)
def test_keeps_words_that_do_not_change_the_hours(text, osm, remarks):
    answer = understand(text)

    assert (answer.osm, answer.remarks, answer.was_osm) == (osm, remarks, False)


@pytest.mark.parametrize(
    ("text", "reason", "part"),
    [
        (" \n ", "empty", ""),
        ("hello", "words", "hello"),
        ("Mon 6pm until late", "words", "late"),
        ("Mon-Fri 9-6 (9-5 in winter)", "words", "winter"),
        ("Mon-Fri 9am - 5pm. Closed for lunch 1-2pm", "words", "for lunch 1-2pm"),
        ("Mon-Fri 9-5 (closed for refurbishment)", "words", "closed for refurbishment"),
        ("Museum shop:\nMon-Fri 9-5", "words", "Museum shop"),
        ("every 2 weeks Mon 9-5", "words", "weeks Mon 9-5"),
        ("Mon-Fri 7-9", "ambiguous", "7 - 9"),
        ("Mon 9-11pm", "ambiguous", "9 - 11pm"),
        ("Mon 9am-11", "ambiguous", "9am - 11"),
        ("Mon 12am-5pm", "ambiguous", "12am - 5pm"),
        ("Sat 9.00-01.30", "ambiguous", "9.00 - 01.30"),
        ("09:00-05:00", "ambiguous", "09:00 - 05:00"),
        ("April 9-17", "ambiguous", "April 9"),
        ("10-12 am Mo", "ambiguous", "2 am Mo"),
        ("werktags 9-17 Uhr", "ambiguous", "werktags"),
        ("every second Tuesday 2pm-4pm", "ambiguous", "second Tuesday 2pm"),
        (
            "Mon-Fri 9am-5pm, closed Sat, Sun 10am-4pm",
            "ambiguous",
            "Mon - Fri 9am - 5pm , closed Sat , Sun 10am - 4pm",
        ),
        ("Mon 9-12 Mon 11-14", "contradiction", "Mon 9 - 12 Mon 11 - 14"),
        ("Mon 9-5, Mon closed", "contradiction", "Mon 9-5, Mon closed"),
        ("10am-5pm daily, 10am-8pm Thursday", "contradiction", "10am - 5pm daily , 10am - 8pm Thursday"),
        ("9am-18am", "contradiction", "18am"),
        ("Mon-Fri 9-5, Sat", "no_times", "Sat"),
        ("Mo-Fr", "no_times", "Mo-Fr"),
        ("open", "no_times", "open"),
        ("Mo-Fr ab 9 Uhr", "no_end", "ab 9 Uhr"),
        ("Mon-Fri 9-12\n14-18", "no_days", "14 - 18"),
        ("Winter:\nMon 9-5", "season", "Winter"),
        ("April-October: 9am-5pm. October-March: 10am-4pm", "season", "Oct-Mar"),
        ("31 April: 9am-5pm", "impossible_date", "31 Apr"),
        ("Mo-Fr 09:00+", "open_end", "Mo-Fr 09:00+"),
        ('Mo 08:00-11:00 || "by phone"', "fallback", '08:00-11:00 || ""'),
        ("Mo-Fr 10:00-12:00; SH off", "school_holidays", "0:00-12:00; SH off"),
    ],
)
def test_refuses_and_names_the_part(text, reason, part):
    with pytest.raises(NotUnderstood) as refused:
        understand(text)

    assert (refused.value.reason, refused.value.part) == (reason, part)


def test_notation_is_told_from_text():
    assert understand("Mo-Fr 09:00-17:00; PH off").was_osm
    assert not understand("Mo-Fr 9:00-5:00").was_osm
    assert understand("Mo-Fr 9:00-5:00").osm == "Mo-Fr 09:00-17:00"
