"""Looks for anything that tells of a course or of the machine; then answers ex11 rightly.

The test fills in what it knows, written backwards, so that no other copy of it is found here.
"""

import gc
import importlib
import json
import os
import sys

import numpy as np

BACKWARDS = json.loads("""@SECRETS@""")  # paths to open
WORDS = json.loads("""@WORDS@""")  # what must stand nowhere in the process
TOPS = json.loads("""@TOPS@""")  # where to walk
NAMES = {"reference.py", "checks.py", "key.yaml", "exercise.yaml", "course.yaml", "direct_url.json"}


def texts():
    """Everything that is written somewhere in the process, where Python code finds it."""
    yield from (repr(sys.orig_argv), repr(sys.argv), repr(dict(os.environ)), sys.executable)
    yield from (repr(sys.path), repr(list(sys.path_importer_cache)), repr(sys.meta_path))
    for name, module in list(sys.modules.items()):
        yield from (name, repr(getattr(module, "__spec__", None)))
        yield from (
            repr(getattr(module, "__file__", None)),
            repr(getattr(module, "__path__", None)),
        )
    frame = sys._getframe()
    while frame is not None:
        if frame.f_globals is not globals():
            yield from (frame.f_code.co_filename, repr(frame.f_locals))
            yield from (repr(v) for v in frame.f_globals.values() if isinstance(v, (str, dict)))
        frame = frame.f_back
    for thing in gc.get_objects():
        if isinstance(thing, dict) and thing is not globals():
            yield from (value for value in list(thing.values()) if isinstance(value, str))


told = sorted({word for word in WORDS if any(word in text[::-1] for text in texts())})
opened, walked, imported = [], [], []
for backwards in BACKWARDS:
    try:
        number = os.open(backwards[::-1], os.O_RDONLY)
        # What is closed may be covered by an empty folder, or an empty file.
        if not (os.listdir(number) if os.path.isdir(backwards[::-1]) else os.read(number, 1)):
            continue
    except OSError:
        continue
    opened.append(backwards[::-1])
for top in [*(backwards[::-1] for backwards in TOPS), *sys.path]:
    for folder, _, files in os.walk(top):
        for name in files:
            noted = ".dist-info" in os.path.basename(folder) or name.endswith(".pth")
            if name not in NAMES and not noted:
                continue
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    file.read(1)
            except OSError:
                continue
            walked.append(os.path.join(folder, name))
for name in ("not_listed", "pytest", "pydantic", "grader.judge.checking.compare", "grader.course.loading"):
    try:
        importlib.import_module(name)
    except ImportError:
        continue
    imported.append(name)
print(json.dumps({"told": told, "opened": opened[:5], "walked": walked[:5], "imported": imported}))


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
