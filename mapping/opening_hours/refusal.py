"""What is said when opening hours are not understood."""


class NotUnderstood(ValueError):
    """The words that could not be read, and why.

    ``part`` is the piece of the text in question (at most 80 characters, for showing to the person);
    ``reason`` a code:

    - ``empty``, ``too_long`` (over 1,000 characters)
    - ``syntax``: neither OSM notation nor a sentence whose order we know
    - ``words``: a word that is not in our vocabulary, so that its effect on the hours is unknown
    - ``ambiguous``: more than one sensible reading (morning or evening, a date or an hour)
    - ``contradiction``: two statements for the same day
    - ``no_times``: days without hours; ``no_end``: a start without an end; ``no_days``: hours that no day claims
    - ``season``: a season without dates, or dates that do not fit together
    - ``country``: no calendar of public holidays for that code
    - ``open_end``, ``fallback``, ``school_holidays``, ``repeated``, ``easter``, ``sun``, ``past_midnight``,
      ``impossible_date``, ``step``: OSM notation that would be evaluated wrongly
    """

    def __init__(self, part: str, reason: str) -> None:
        self.part = " ".join(part.split())[:80]
        self.reason = reason
        super().__init__(f"{reason}: {self.part}")
