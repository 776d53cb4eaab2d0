"""The table of which layer stops which attack says what was found."""

from types import SimpleNamespace

import pytest
from arena.table import BEGIN, END, written


def attack(name, needs=1):
    return SimpleNamespace(name=name, family=name.split("_")[0], needs=needs)


def run(level, none, *, through=(), without=None, only=None, levels=None):
    """What was found in some surroundings with the layers Files and OtherUser."""
    layers = ["Files", "OtherUser"]
    return {
        "level": level,
        "layers": layers,
        "all": dict.fromkeys(through),
        "none": dict.fromkeys(none),
        "without": {layer: (without or {}).get(layer, []) for layer in layers},
        "only": {layer: (only or {}).get(layer, none) for layer in layers},
        "levels": levels or {},
    }


FOUND = {
    "root": run(
        "kernel",
        ["path_links", "stealing_reference", "resources_disk"],
        through=["resources_disk"],
        without={"Files": ["stealing_reference"]},
        only={"Files": ["resources_disk"], "OtherUser": ["resources_disk", "stealing_reference"]},
        levels={"own-code-only": ["path_links"], "no-open": ["stealing_reference"]},
    ),
    "user": run("kernel", ["stealing_reference"], only={"Files": []}),
}
CHOSEN = [attack(name) for name in ("fooling_nan", "path_links", "stealing_reference")]
CHOSEN.append(attack("resources_disk", needs=3))


def test_marks_say_which_layer_stops_what_and_where():
    text = written(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n", FOUND, CHOSEN)
    assert text.startswith(
        f"Before.\n{BEGIN}\n| attack | files | other user | stopped from level |"
    )
    assert text.endswith(f"{END}\nAfter.\n")
    lines = text.splitlines()
    assert "| path_links | ○r | ○r | `no-open` |" in lines
    assert "| stealing_reference | ●r ○u |  | `kernel` |" in lines
    assert "| resources_disk |  |  | `full` |" in lines
    assert "- fooling: nan" in lines
    assert "old" not in lines


def test_a_document_without_the_place_is_refused():
    with pytest.raises(ValueError, match="must stand once"):
        written("Nothing.", FOUND, CHOSEN)
