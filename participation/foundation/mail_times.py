"""When a mail that can wait goes out: the next digest, and the end of the quiet hours, on the person's own clock."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class MailTimes:
    """A person's clock: digests at `hour` (weekly: on `weekday`, Monday is 0), no mails from `quiet_from` to `quiet_until`.

    Hours are whole, 0 to 23, in the IANA zone `zone`; quiet hours may span midnight, None for none.
    """

    zone: str
    hour: int
    weekday: int
    quiet_from: int | None = None
    quiet_until: int | None = None

    def next_digest(self, after: dt.datetime, *, weekly: bool) -> dt.datetime:
        """Return the first moment (UTC) later than `after` at which a digest is due.

        An hour that the clock leaps over in spring is due when the clock has leapt; one that it strikes twice in autumn,
        at the first stroke.
        """
        zone = ZoneInfo(self.zone)
        day = after.astimezone(zone).date()
        while True:
            if not weekly or day.weekday() == self.weekday:
                moment = dt.datetime.combine(day, dt.time(self.hour), zone).astimezone(dt.UTC)
                if moment > after:
                    return moment
            day += DAY

    def not_before(self, now: dt.datetime) -> dt.datetime:
        """Return `now`, or the end of the quiet hours in which it lies (UTC)."""
        if self.quiet_from is None or self.quiet_until is None:
            return now
        zone = ZoneInfo(self.zone)
        here = now.astimezone(zone)
        if not is_quiet(here.hour, self.quiet_from, self.quiet_until):
            return now
        day = here.date() if here.hour < self.quiet_until else here.date() + DAY
        return dt.datetime.combine(day, dt.time(self.quiet_until), zone).astimezone(dt.UTC)

    def day_of(self, moment: dt.datetime) -> dt.date:
        """Return the day that the person's calendar shows at `moment`."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


def is_quiet(hour: int, quiet_from: int | None, quiet_until: int | None) -> bool:
    """Say whether `hour` lies in the quiet hours, which may span midnight; the same hour twice is none at all."""
    if quiet_from is None or quiet_until is None:
        return False
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
