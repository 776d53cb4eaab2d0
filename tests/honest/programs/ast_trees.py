"""Source as a tree."""

import ast


def run():
    tree = ast.parse("a = 1 + 2")
    return [ast.unparse(tree), ast.literal_eval("[1, {'a': 2}]"), eval(compile("6 * 7", "", "eval"))]


EXPECTED = ["a = 1 + 2", [1, {"a": 2}], 42]
