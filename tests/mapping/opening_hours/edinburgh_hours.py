# ruff: noqa: E501
"""What 108 opening hours of Edinburgh's places say, each line compared with its text by reading.

The texts have their blanks joined. Source: City of Edinburgh Council, Open Government Licence.
"""

UNDERSTOOD: dict[str, tuple[str, tuple[str, ...]]] = {
    "Mon-Thu, 9am-1pm. Mon-Thu, 1.30pm-4:30pm. Fri, 9am-12:30pm": (
        "Mo-Th 09:00-13:00,13:30-16:30; Fr 09:00-12:30",
        (),
    ),
    "Mon-Wed, 9am-5pm, 6pm-10pm. Thu, 9am-5:15pm, 6pm-10pm. Fri, 9am-4:30pm, 6pm-10pm": (
        "Mo-We 09:00-17:00,18:00-22:00; Th 09:00-17:15,18:00-22:00; Fr 09:00-16:30,18:00-22:00",
        (),
    ),
    "Mon-Fri, 9am-9pm. Sat, 9am-1pm": ("Mo-Fr 09:00-21:00; Sa 09:00-13:00", ()),
    "Mon-Fri, 8am-8pm": ("Mo-Fr 08:00-20:00", ()),
    "Mon-Fri, 8am-9pm. Sat, 9am-1pm": ("Mo-Fr 08:00-21:00; Sa 09:00-13:00", ()),
    "Mon-Thu, 9-5pm. Fri, 9-3:30pm": ("Mo-Th 09:00-17:00; Fr 09:00-15:30", ()),
    "Mon-Thu, 9am-9pm. Fri, 9am-5:30pm": ("Mo-Th 09:00-21:00; Fr 09:00-17:30", ()),
    "Mon-Thur, 8am-10pm. Fri, 8am-6pm": ("Mo-Th 08:00-22:00; Fr 08:00-18:00", ()),
    "Mon-Thu, 8am-4pm. Tue, Wed, Thu, 6pm-9pm. Fri, 8am-3pm": (
        "Mo 08:00-16:00; Tu-Th 08:00-16:00,18:00-21:00; Fr 08:00-15:00",
        (),
    ),
    "Mon-Fri, 9am-5pm and 6pm-9pm. Sat, varies": ('Mo-Fr 09:00-17:00,18:00-21:00; Sa unknown "varies"', ()),
    "Mon-Fri, 9am-9pm. Sat, 9am-12pm": ("Mo-Fr 09:00-21:00; Sa 09:00-12:00", ()),
    "Mon-Thu, 9am-9:30pm. Fri, 9am-3pm, 6pm-9:30pm. Sat, 12:15pm-3:45pm. Sun, 9:15am-12pm, 1pm-3pm": (
        "Mo-Th 09:00-21:30; Fr 09:00-15:00,18:00-21:30; Sa 12:15-15:45; Su 09:15-12:00,13:00-15:00",
        (),
    ),
    "Mon-Fri, 8am-6pm": ("Mo-Fr 08:00-18:00", ()),
    "Mon-Fri, 9am-9:30pm. Sun, 12pm-2pm and 6pm-9pm": ("Mo-Fr 09:00-21:30; Su 12:00-14:00,18:00-21:00", ()),
    "Mon-Fri, 10am-9pm": ("Mo-Fr 10:00-21:00", ()),
    "Mon-Fri 8am-9pm": ("Mo-Fr 08:00-21:00", ()),
    "Mon-Fri, 8am-8pm. Sat, 9am-12pm and 6:30pm-9:30pm": (
        "Mo-Fr 08:00-20:00; Sa 09:00-12:00,18:30-21:30",
        (),
    ),
    "9am - 18.00pm Mon - Thurs, 9am - 2pm Fridays, weekends by arrangement.": (
        'Mo-Th 09:00-18:00; Fr 09:00-14:00; Sa,Su unknown "by arrangement"',
        (),
    ),
    "Mon-Fri, 9:30am-9:30pm. Sun, 6pm-8pm": ("Mo-Fr 09:30-21:30; Su 18:00-20:00", ()),
    "Mon-Fri, 8am-9pm": ("Mo-Fr 08:00-21:00", ()),
    "Mon-Fri, 9am-9pm. Sat, 10am-12pm": ("Mo-Fr 09:00-21:00; Sa 10:00-12:00", ()),
    "Mon-Thu, 8am-9:30pm. Fri, 8am-4:30pm. Sat, 9am-12:30pm": (
        "Mo-Th 08:00-21:30; Fr 08:00-16:30; Sa 09:00-12:30",
        (),
    ),
    "Mon-Fri, 8am-9pm. Sat, varies": ('Mo-Fr 08:00-21:00; Sa unknown "varies"', ()),
    "Mon-Fri 8am-9pm. Sat, 11am-2pm": ("Mo-Fr 08:00-21:00; Sa 11:00-14:00", ()),
    "Mon-Fri, 10am-3:30pm. See programme for evenings.": (
        "Mo-Fr 10:00-15:30",
        ("See programme for evenings",),
    ),
    "Mon, 8:30am-9pm. Sat, 10am-4pm. Sun, 9am-2pm": ("Mo 08:30-21:00; Sa 10:00-16:00; Su 09:00-14:00", ()),
    "Mon-Fri, 9.00am-5.00pm": ("Mo-Fr 09:00-17:00", ()),
    "Mon-Fri, 9am-9pm": ("Mo-Fr 09:00-21:00", ()),
    "Mon-Thur, 8:30am-9pm. Fri, 8:30am-5:15pm. Sat, 9:30am-2:30pm": (
        "Mo-Th 08:30-21:00; Fr 08:30-17:15; Sa 09:30-14:30",
        (),
    ),
    "Monday - Friday: 7.30am - 10pm Saturday: 7.30am - 5pm (Swimming pool: 4.45pm) Sunday: 8am - 9pm": (
        "Mo-Fr 07:30-22:00; Sa 07:30-17:00; Su 08:00-21:00",
        ("Swimming pool: 4.45pm",),
    ),
    "Mid-April to September: Mon-Fri, 12noon-9pm Sat, 11am-5pm Sun, 11am-5pm": (
        'May-Sep Mo-Fr 12:00-21:00; May-Sep Sa,Su 11:00-17:00; Apr Mo-Fr 12:00-21:00 unknown "from mid-Apr"; Apr Sa,Su 11:00-17:00 unknown "from mid-Apr"',
        (),
    ),
    "Visitor Centre and toilet: Tue, Sun, 2pm-4pm Thu, 10am-4pm": (
        "Tu,Su 14:00-16:00; Th 10:00-16:00",
        ("Visitor Centre and toilet",),
    ),
    "Monday - Friday: 6.30am-10.30pm Saturday: 9am - 6pm Sunday: 9am - 10pm": (
        "Mo-Fr 06:30-22:30; Sa 09:00-18:00; Su 09:00-22:00",
        (),
    ),
    "Monday - Friday: 9am-10.30pm Saturday: 9am - 6pm Sunday: 9am - 10pm Café: Mon, Tue, Thu, 9.30am-5pm Wed, 9.30am-3pm Sat, 10am-3pm": (
        "Mo-Fr 09:00-22:30; Sa 09:00-18:00; Su 09:00-22:00",
        ("Café: Mon, Tue, Thu, 9.30am-5pm; Wed, 9.30am-3pm; Sat, 10am-3pm",),
    ),
    "Monday - Friday: 7am - 10pm Saturday: 9am - 7pm Sunday: 9am - 9pm": (
        "Mo-Fr 07:00-22:00; Sa 09:00-19:00; Su 09:00-21:00",
        (),
    ),
    "Centre: Mon-Fri, 10am-10pm Sat-Sun, 10am-7pm Gym: Mon-Fri, 6.30am-10pm Sat-Sun, 9.30am-6pm": (
        "Mo-Fr 10:00-22:00; Sa,Su 10:00-19:00",
        ("Gym: Mon-Fri, 6.30am-10pm; Sat-Sun, 9.30am-6pm",),
    ),
    "Mon-Fri, 7am-10pm Sat-Sun, 8am-6pm": ("Mo-Fr 07:00-22:00; Sa,Su 08:00-18:00", ()),
    "Mon-Fri, 6.30am-10pm Sat, 9am-7pm Sun, 9am-7pm (Pool closes at 5pm)": (
        "Mo-Fr 06:30-22:00; Sa,Su 09:00-19:00",
        ("Pool closes at 5pm",),
    ),
    "Mon-Fri, 3pm-10pm Sat-Sun, 9.30am-5pm": ("Mo-Fr 15:00-22:00; Sa,Su 09:30-17:00", ()),
    "Mondays, Wednesdays and Fridays 17.00pm-22.00pm, Tuesdays 16.30pm-22.00pm, Saturdays 10.00-13.30, Sunday - closed.": (
        "Mo,We,Fr 17:00-22:00; Tu 16:30-22:00; Sa 10:00-13:30",
        (),
    ),
    "Centre: Mon-Fri, 6am-10pm Sat, 9am-8pm Sun, 9am-8.30pm Pool: Mon, Wed, Thu, 6am-9.30pm Tue, 6am-7.40pm Fri, 6am-1.40pm Sat, 9am-2.40pm Sun, 9am-4:40pm": (
        "Mo-Fr 06:00-22:00; Sa 09:00-20:00; Su 09:00-20:30",
        (
            "Pool: Mon, Wed, Thu, 6am-9.30pm; Tue, 6am-7.40pm; Fri, 6am-1.40pm; Sat, 9am-2.40pm; Sun, 9am-4:40pm",
        ),
    ),
    "Mon-Sun, 7.30am-10pm": ("Mo-Su 07:30-22:00", ()),
    "Mon-Fri, 6am-10pm Sat, 9am-4.45pm Sun, 9am-8.45pm Turkish Baths: Mon, 3pm-9pm (mixed) Tue, 8am-9pm (men only) Wed, 8am-9pm (women only - closed 1pm-3pm for staff training) Thu-Fri, 8am-9pm (mixed) Sat-Sun, 9am-3.40pm (mixed)": (
        "Mo-Fr 06:00-22:00; Sa 09:00-16:45; Su 09:00-20:45",
        (
            "Turkish Baths: Mon, 3pm-9pm (mixed); Tue, 8am-9pm (men only); Wed, 8am-9pm (women only - closed 1pm-3pm for staff training); Thu-Fri, 8am-9pm (mixed); Sat-Sun, 9am-3.40pm (mixed)",
        ),
    ),
    "Mon-Fri, 9am-10pm Sat, 10am-5pm Sun, 9am-5pm": ("Mo-Fr 09:00-22:00; Sa 10:00-17:00; Su 09:00-17:00", ()),
    "Venue: Monday - Friday: 5.30am - 10.00pm (Closed Wednesday: 9 - 10am for staff training) Saturday: 5.30am - 8.00pm Sunday: 7.30am - 8pm Main Pool and Dive Pool: Monday - Friday: 5.30am - 9.30pm Saturday: 5.30am - 5pm Sunday: 7.30am - 5pm Gym: Monday - Friday: 5.30am - 10.00pm Saturday: 5.30am - 8pm Sunday: 7.30am - 8pm Soft Play: Monday - Sunday: 9am - 6pm": (
        "Mo,Tu,Th,Fr 05:30-22:00; We 05:30-09:00,10:00-22:00; Sa 05:30-20:00; Su 07:30-20:00",
        (
            "Main Pool and Dive Pool: Monday - Friday: 5.30am - 9.30pm; Saturday: 5.30am - 5pm; Sunday: 7.30am - 5pm",
            "Gym: Monday - Friday: 5.30am - 10.00pm; Saturday: 5.30am - 8pm; Sunday: 7.30am - 8pm",
            "Soft Play: Monday - Sunday: 9am - 6pm",
            "Closed Wednesday: 9 - 10am for staff training",
        ),
    ),
    "Mon-Fri, 8.30am-10.30pm Sat-Sun, 8.30am-6.30pm": ("Mo-Fr 08:30-22:30; Sa,Su 08:30-18:30", ()),
    "Mon-Fri, 7am-10pm Sat, 9am-6pm Sun, 9am-8pm": ("Mo-Fr 07:00-22:00; Sa 09:00-18:00; Su 09:00-20:00", ()),
    "Monday – Friday: 9am – 10pm (last pool admission is 8.30pm except Wed which is 7.20pm) Saturday / Sunday: 9am – 5pm (last pool admission 3.50pm)": (
        "Mo-Fr 09:00-22:00; Sa,Su 09:00-17:00",
        ("last pool admission is 8.30pm except Wed which is 7.20pm", "last pool admission 3.50pm"),
    ),
    "Monday 1pm - 8pm Tuesday 10am - 5pm Wednesday 1pm - 8pm Thursday closed Friday 10am - 5pm Saturday 10am - 2pm": (
        "Mo,We 13:00-20:00; Tu,Fr 10:00-17:00; Sa 10:00-14:00",
        (),
    ),
    "Monday 10am - 8pm Tuesday 10am - 8pm Wednesday 10am - 8pm Thursday 10am - 5pm Friday 10am - 5pm Saturday 10am - 5pm": (
        "Mo-We 10:00-20:00; Th-Sa 10:00-17:00",
        (),
    ),
    "Until 31st March 2015: Mon, Tue, Wed: 10am-8pm Thu, Fri, Sat: 10am-5pm From 1st April 2015: Mon, Wed: 1pm - 8pm Tue, Thu, Fri, Sat: 10am - 5pm": (
        "1900 Jan 01-2015 Mar 31 Mo-We 10:00-20:00; 1900 Jan 01-2015 Mar 31 Th-Sa 10:00-17:00; 2015 Apr 01+ Mo,We 13:00-20:00; 2015 Apr 01+ Tu,Th-Sa 10:00-17:00",
        (),
    ),
    "Monday 1pm - 8pm Tuesday 10am - 5pm Wednesday 1pm - 8pm Thursday 10am - 5pm Friday 10am - 5pm Saturday 10am - 5pm": (
        "Mo,We 13:00-20:00; Tu,Th-Sa 10:00-17:00",
        (),
    ),
    "Monday 8.30am - 8pm Tuesday 10am - 8pm Wednesday 8.30am - 8pm Thursday 8.30am - 5pm Friday 8.30am - 5pm Saturday 10am - 5pm": (
        "Mo,We 08:30-20:00; Tu 10:00-20:00; Th,Fr 08:30-17:00; Sa 10:00-17:00",
        (),
    ),
    "Until 31st March 2015: Mon & Wed 1-8pm. Tues, Thurs, Fri & Sat 10am - 5pm From 1st April 2015: Mon, Wed: 1pm - 8pm Tue, Fri: 10am - 5pm Sat: 10am - 2pm": (
        "1900 Jan 01-2015 Mar 31 Mo,We 13:00-20:00; 1900 Jan 01-2015 Mar 31 Tu,Th-Sa 10:00-17:00; 2015 Apr 01+ Mo,We 13:00-20:00; 2015 Apr 01+ Tu,Fr 10:00-17:00; 2015 Apr 01+ Sa 10:00-14:00",
        (),
    ),
    "Monday 10am - 8pm Tuesday 10am - 8pm Wednesday 10am - 8pm Thursday 10am - 5pm Friday 10am - 5pm Saturday 10am - 5pm Sunday 1pm - 5pm (the library will not open on Sundays from April 2015)": (
        "Mo-We 10:00-20:00; Th-Sa 10:00-17:00; Su 13:00-17:00; 2015 Apr 01+ Su off",
        (),
    ),
    "Monday 10am - 8pm Tuesday 10am - 8pm Wednesday 10am - 8pm Thursday 10am - 5pm Friday 10am - 5pm Saturday 10am - 5pm Sunday 1pm - 5pm (the library will not be open on Sundays from April 2015)": (
        "Mo-We 10:00-20:00; Th-Sa 10:00-17:00; Su 13:00-17:00; 2015 Apr 01+ Su off",
        (),
    ),
    "Until 31st March 2015: Mon & Wed: 1-8pm Tues, Thurs & Fri: 10am-5pm Sat: 10am-2pm From 1st April 2015: Mon, Wed: 1pm - 8pm Tue, Fri: 10am - 5pm Sat: 10am - 2pm": (
        "1900 Jan 01-2015 Mar 31 Mo,We 13:00-20:00; 1900 Jan 01-2015 Mar 31 Tu,Th,Fr 10:00-17:00; 1900 Jan 01-2015 Mar 31 Sa 10:00-14:00; 2015 Apr 01+ Mo,We 13:00-20:00; 2015 Apr 01+ Tu,Fr 10:00-17:00; 2015 Apr 01+ Sa 10:00-14:00",
        (),
    ),
    "Monday 8.30am - 5pm Tuesday 8.30am - 5pm Wednesday 8.30am - 5pm Thursday 8.30am - 5pm Friday 8.30am - 3.40pm": (
        "Mo-Th 08:30-17:00; Fr 08:30-15:40",
        (),
    ),
    "Mon-Sat, 10am-5pmSun, 12pm-5pm": ("Mo-Sa 10:00-17:00; Su 12:00-17:00", ()),
    "Mon-Sat, 10am-5pm Sun, 12pm-5pm (during the Festival only)": (
        'Mo-Sa 10:00-17:00; Su 12:00-17:00 unknown "during the Festival only"',
        (),
    ),
    "April through September: Mon, 1pm-6pm Tue-Sat, 10am-6pm October through March: Mon-Sat, 10am-3pm": (
        "Apr-Sep Mo 13:00-18:00; Apr-Sep Tu-Sa 10:00-18:00; Oct-Mar Mo-Sa 10:00-15:00",
        (),
    ),
    "Mon, Thu, Fri, Sat, 10am-1pm and 2.15pm-5pm Sun 12pm-5pm": (
        "Mo,Th-Sa 10:00-13:00,14:15-17:00; Su 12:00-17:00",
        (),
    ),
    "April through September: 10am-7pm. October through March: 10am-4pm": (
        "Apr-Sep Mo-Su 10:00-19:00; Oct-Mar Mo-Su 10:00-16:00",
        (),
    ),
}

REFUSED = {
    "Tue": "no_times",
    "See programme": "no_times",
    "09.00am-09.00pm Fri 09.00-5.00pm Sat 9.00-01.30": "ambiguous",
    "Monday - Friday: 7am-10pm Saturday - Sunday:": "no_times",
    "Winter: Mon-Sun, 9am-4.30pm Summer: Mon-Sun, 9am-7.30pm": "season",
    "Winter: Mon, 10am-10pm Tues, 9am-10pm Wed, 10am-10pm Thurs, 9am-10pm Fri, 10am-10pm Sat-Sun, 9am-9pm Summer: Mon, Wed, Fri, 10am-2pm Tue, Thu, Sat, Sun, 10am-4pm": "season",
    "Winter: Dawn-10pm Summer: Dawn-dusk": "season",
    "Staff and charges apply April-September: Mon-Fri, 9am-9pm Sat-Sun, 10am-6pm": "words",
    "April through October:Every day except Fri, 2pmNovember through March:Sat-Sun, 2pm": "no_end",
    "General tours on the first Tuesday of the month, 2pm and 3pm Or by appointment": "words",
    "Find out where we are on Facebook: http://www.facebook.com/pages/Travelling-Gallery/169833953852?ref=ts": "words",
    "12.30 - 1.00pm on Fridays Library parks in layby near Careshare Nursery / HSBC": "words",
}
