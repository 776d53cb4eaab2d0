"""Loading the extension costs a kernel nothing: no library, and no process yet."""

import subprocess
import sys

SCRIPT = """
import sys, types
before = set(sys.modules)
import grader
class Shell:
    user_ns = {}
    input_transformers_cleanup = []
    history_manager = types.SimpleNamespace(input_hist_raw=["", "%load_ext grader"])
    events = types.SimpleNamespace(register=lambda *a: None, unregister=lambda *a: None)
    transform_cell = staticmethod(lambda text: text)
    def register_magic_function(self, function, kind, name):
        print(kind, name)
grader.load_ipython_extension(Shell())
tops = {name.partition(".")[0] for name in set(sys.modules) - before}
print(sorted(top for top in tops if top not in sys.stdlib_module_names and top != "grader"))
print(sorted(name for name in sys.modules if name.startswith("grader.")))
"""


def test_the_extension_imports_no_library_and_nothing_of_the_judge():
    run = [sys.executable, "-c", SCRIPT]
    magic, libraries, own = subprocess.run(
        run, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert magic == "line_cell grade"
    assert libraries == "[]"
    rooms = {name.split(".")[1] for name in eval(own)}  # noqa: S307
    assert rooms == {"course", "errors", "notebook"}
