"""Where time goes."""

import cProfile
import io
import pstats


def run():
    profile = cProfile.Profile()
    profile.runcall(sorted, [3, 1])
    text = io.StringIO()
    pstats.Stats(profile, stream=text).sort_stats("cumulative").print_stats()
    return "function calls" in text.getvalue()


EXPECTED = True
