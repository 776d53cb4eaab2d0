"""The place where hostile code runs holds it in, and what it does there is noticed."""

import sys
from pathlib import Path

ESCAPE = """
import os, subprocess, sys
with open("left_behind", "w") as file:
    file.write("left behind")
os.truncate("honest", 0)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"], start_new_session=True)
"""
HARM = """
import os, socket, sys
harm = []
for path in sys.argv[1:]:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        harm.append(path)
    except OSError:
        pass
try:
    socket.create_connection(("192.0.2.1", 80), 1)
    harm.append("network")
except OSError:
    pass
harm += [name for name in os.listdir("/proc") if name.isdecimal() and int(name) > 20]
print(harm)
"""


def test_what_is_left_is_noticed(namespaces, tmp_path):
    done, after = namespaces.run(
        tmp_path,
        files={"work/honest": "text"},
        commands=[[sys.executable, "-c", ESCAPE], [sys.executable, "-c", ""]],
    )
    assert done["code"] == 0, done["stderr"]
    assert done["changed"] == ["work/honest", "work/left_behind"]
    assert len(done["processes"]) == 1
    assert "time.sleep(20)" in done["processes"][0]
    assert after["changed"] == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_outside_can_be_harmed(namespaces, tmp_path):
    places = [Path(__file__), Path.home() / "harm", Path("/tmp/harm"), Path("/dev/shm/harm")]  # noqa: S108
    (done,) = namespaces.run(
        tmp_path,
        files={"work/file": ""},
        commands=[[sys.executable, "-c", HARM, *map(str, places)]],
    )
    assert done["stdout"] == "[]\n", done
