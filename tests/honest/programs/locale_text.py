"""Conventions of the place."""

import gettext
import locale


def run():
    locale.setlocale(locale.LC_ALL, "C")
    point = locale.localeconv()["decimal_point"]
    return [point, gettext.gettext("loss"), gettext.NullTranslations().gettext("x")]


EXPECTED = [".", "loss", "x"]
