"""Dates and spans."""

import calendar
import datetime


def run():
    day = datetime.date(2024, 2, 28) + datetime.timedelta(days=2)
    parsed = datetime.datetime.strptime("2024-05-01 10:30", "%Y-%m-%d %H:%M")
    return [day.isoformat(), parsed.strftime("%d.%m."), calendar.isleap(2024)]


EXPECTED = ["2024-03-01", "01.05.", True]
