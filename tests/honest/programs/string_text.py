"""Text taken apart and put together."""

import string
import textwrap


def run():
    name = string.Template("$who scores $n").substitute(who="Ada", n=3)
    return [name, textwrap.dedent("  a\n   b"), textwrap.fill("one two three", 8), f"{0.5:>8.3f}"]


EXPECTED = ["Ada scores 3", "a\n b", "one two\nthree", "   0.500"]
