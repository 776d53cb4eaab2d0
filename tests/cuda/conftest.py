"""These tests need a card that CUDA computes on; elsewhere each says why it was skipped."""

import pytest

from grader.judge.processes.graphics_card import find_card

LACKING = {
    "torch": "torch is not installed",
    "build": "this torch is built for the CPU alone",
    "card": "this machine shows no NVIDIA card",
}


def pytest_collection_modifyitems(items):
    card = find_card()
    if not card.usable:
        reason = LACKING.get(card.lacking, card.detail)
        for item in items:
            if "tests/cuda/" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason=f"no CUDA: {reason}"))


@pytest.fixture(scope="session")
def card():
    """The card that is here."""
    return find_card()
