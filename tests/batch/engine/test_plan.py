"""File names, seeds, the folder of a batch."""

import json
import re
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.batch.plan import BatchFolder, BatchRunError, safe_name

IDS = [
    "ab12345", "Jürgen", "Анна Каренина", "a/b", "a_b", "../../etc/passwd", "..", ".", "", " ",
    "😀",
    "x" * 300, "\u00e9", "e\u0301", "con", "CON.txt", "-rf", "a\nb", "a\0b", "\udcff", "é" * 40,
    "a-0123456789abcdef01234567", "A-0123456789abcdef01234567", "=1+1",
    "ada", "Ada", "ADA", "ａｄａ", "straße", "strasse", "STRASSE", "jürgen", "Com1", "com1.x",
    "\u212a", "k", "K", "ı", "i", "I", "İ",
]  # fmt: skip


def test_every_id_has_a_safe_name_of_its_own(tmp_path):
    names = [safe_name(id_) for id_ in IDS]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(IDS)
    for name in names:
        (tmp_path / name).mkdir()
        assert len(name.encode()) <= 60
        assert not name.startswith((".", "-"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize("id_", ["s123456", "4711", "a_b", "ada.lovelace", "participant-17", "k"])
def test_a_plain_id_is_its_own_name(id_):
    assert safe_name(id_) == id_


texts = st.text(max_size=70) | st.text("aAbB.-_ß0é\u0301", max_size=6)


@given(texts, texts)
@example("Ada", "ada")
@example("ada", "ADA")
def test_names_of_different_ids_differ_by_more_than_case_and_composition(one, other):
    if one != other:
        assert folded(safe_name(one)) != folded(safe_name(other))


def folded(name):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@pytest.mark.parametrize("id_", ["con", "CON.txt", "Nul.tar.gz", "lpt1", "COM1.py", "aux."])
def test_no_name_is_a_device_of_windows(id_):
    assert safe_name(id_).split(".")[0].lower() not in {"con", "nul", "lpt1", "com1", "aux"}


def test_a_mark_has_so_many_digits_that_nobody_finds_another_id_with_it():
    assert re.fullmatch(r"Ada-[0-9a-f]{24}", safe_name("Ada"))


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
    began = folder.settings["began_at"]
    folder.note(1, source="two")
    assert folder.settings["began_at"] == began
    assert folder.settings["source"] == "two"
    folder.close()


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"seed": "x"}'])
def test_damaged_settings_are_not_replaced(tmp_path, text):
    (tmp_path / "batch.json").write_text(text)
    folder = BatchFolder(tmp_path)
    with pytest.raises(BatchRunError, match="settings"):
        folder.seed(None)
    folder.close()
    assert (tmp_path / "batch.json").read_text() == text


def test_two_batches_never_share_a_folder(tmp_path):
    folder = BatchFolder(tmp_path)
    with pytest.raises(BatchRunError, match="busy"):
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
    with pytest.raises(BatchRunError, match="unwritable"):
        BatchFolder(tmp_path / "out")


def test_what_is_noted_is_json(tmp_path):
    folder = BatchFolder(tmp_path / "out")
    folder.note(3, source="Übung\udcff.zip")
    assert json.loads((tmp_path / "out" / "batch.json").read_bytes())["seed"] == 3
    folder.close()
