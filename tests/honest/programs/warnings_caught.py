"""Warnings, shown and caught."""

import warnings


def run():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn("careful", stacklevel=1)
    return [str(one.message) for one in caught]


EXPECTED = ["careful"]
