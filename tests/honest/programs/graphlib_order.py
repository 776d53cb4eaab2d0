"""What comes before what."""

import graphlib


def run():
    return list(graphlib.TopologicalSorter({"loss": ["out"], "out": ["in"]}).static_order())


EXPECTED = ["in", "out", "loss"]
