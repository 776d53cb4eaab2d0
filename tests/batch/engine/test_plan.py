"""File names, seeds, the folder of a batch."""

import json
import subprocess
import sys

import pytest

from grader.batch.plan import BatchError, BatchFolder, safe_name

IDS = [
    "ab12345", "Jürgen", "Анна Каренина", "a/b", "a_b", "../../etc/passwd", "..", ".", "", " ",
    "😀",
    "x" * 300, "\u00e9", "e\u0301", "con", "CON.txt", "-rf", "a\nb", "a\0b", "\udcff", "é" * 40,
    "a-0123456789ab", "=1+1",
]  # fmt: skip


def test_every_id_has_a_safe_name_of_its_own(tmp_path):
    names = [safe_name(id_) for id_ in IDS]
    assert len(set(names)) == len(IDS)
    for name in names:
        (tmp_path / name).mkdir()
        assert len(name.encode()) <= 60
        assert not name.startswith((".", "-"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize("id_", ["ab12345", "Jürgen", "a_b", "user.name", "participant-17"])
def test_a_plain_id_is_its_own_name(id_):
    assert safe_name(id_) == id_


def test_a_name_with_a_mark_stays_readable():
    assert safe_name("Анна Каренина").startswith("Анна_Каренина-")


def test_the_seed_is_made_once_and_kept_secret(tmp_path):
    out = tmp_path / "out"
    folder = BatchFolder(out)
    seed = folder.seed(None)
    folder.note(seed, source="class")
    assert folder.seed(None) == seed
    assert folder.seed(4) == 4
    folder.close()
    assert (out / "batch.json").stat().st_mode & 0o777 == 0o600
    assert out.stat().st_mode & 0o077 == 0
    other = BatchFolder(tmp_path / "other")
    assert other.seed(None) != seed
    other.close()


def test_settings_of_later_runs_keep_the_beginning(tmp_path):
    folder = BatchFolder(tmp_path / "out")
    folder.note(1, source="one")
    began = folder.stored["began_at"]
    folder.note(1, source="two")
    assert folder.stored["began_at"] == began
    assert folder.stored["source"] == "two"
    folder.close()


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"seed": "x"}'])
def test_damaged_settings_are_not_replaced(tmp_path, text):
    (tmp_path / "batch.json").write_text(text)
    folder = BatchFolder(tmp_path)
    with pytest.raises(BatchError, match="settings"):
        folder.seed(None)
    folder.close()
    assert (tmp_path / "batch.json").read_text() == text


def test_two_batches_never_share_a_folder(tmp_path):
    folder = BatchFolder(tmp_path)
    with pytest.raises(BatchError, match="busy"):
        BatchFolder(tmp_path)
    folder.close()
    BatchFolder(tmp_path).close()


def test_a_killed_run_locks_nobody_out(tmp_path):
    code = f"""
from pathlib import Path
from grader.batch.plan import BatchFolder
import os
folder = BatchFolder(Path({str(tmp_path)!r}))
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code], check=False)
    BatchFolder(tmp_path).close()


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(BatchError, match="unwritable"):
        BatchFolder(tmp_path / "out")


def test_what_is_noted_is_json(tmp_path):
    folder = BatchFolder(tmp_path / "out")
    folder.note(3, source="Übung\udcff.zip")
    assert json.loads((tmp_path / "out" / "batch.json").read_bytes())["seed"] == 3
    folder.close()
