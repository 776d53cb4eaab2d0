"""What has changed."""

import difflib


def run():
    close = difflib.get_close_matches("sofmax", ["softmax", "sigmoid"])
    lines = list(difflib.unified_diff(["a"], ["b"], lineterm=""))
    return [close, lines[-1]]


EXPECTED = [["softmax"], "+b"]
