"""Modules found and loaded by name."""

import importlib
import importlib.metadata
import importlib.util
import types


def run():
    module = importlib.import_module("json.decoder")
    made = types.ModuleType("made")
    exec("x = 3", made.__dict__)
    return [module.__name__, importlib.util.find_spec("no_such_module") is None, made.x]


EXPECTED = ["json.decoder", True, 3]
