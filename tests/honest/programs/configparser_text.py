"""Settings as text."""

import configparser
import tomllib


def run():
    parser = configparser.ConfigParser()
    parser.read_string("[train]\nrate = 0.5\n")
    return [parser.getfloat("train", "rate"), tomllib.loads("rate = 0.25")["rate"]]


EXPECTED = [0.5, 0.25]
