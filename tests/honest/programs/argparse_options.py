"""Options of a command line."""

import argparse
import getopt


def run():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args(["--rate", "0.5", "a"])
    return [options.rate, options.names, getopt.getopt(["-v", "x"], "v")[1]]


EXPECTED = [0.5, ["a"], ["x"]]
