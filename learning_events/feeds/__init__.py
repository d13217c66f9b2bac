"""The programme for other programs: calendars, schedules, and news of changes."""
