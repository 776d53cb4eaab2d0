"""Time in another zone.

files: zones
"""

import datetime
import zoneinfo


def run():
    zone = zoneinfo.ZoneInfo("Europe/Paris")
    return datetime.datetime(2024, 7, 1, 12, tzinfo=zone).utcoffset().total_seconds()


EXPECTED = 7200.0
