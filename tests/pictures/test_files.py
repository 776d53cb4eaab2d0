import os
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from grader.course.languages import Translator
from grader.pictures import Network
from grader.pictures.files import Titled, write

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CAPTIONS = {
    "en": "Your network for `sizes = [2, 3]`.",
    "fr": "Votre réseau, déjà éprouvé.",
    "ru": "Ваша сеть и её формы.",
}


def size_of(png):
    """Return the width and the height that a PNG states."""
    data = png.read_bytes()
    assert data.startswith(SIGNATURE)
    return struct.unpack(">II", data[16:24])


def titled(made, caption="A network."):
    return Titled("ex06_network", caption, Network.of([2, 3], made))


@pytest.mark.parametrize("lang", CAPTIONS)
def test_a_picture_is_written_as_png_as_svg_and_in_words(tmp_path, lang):
    t = Translator(lang)
    picture = titled({"W1": [2, 3], "b1": [3]}, CAPTIONS[lang])
    png, svg, words = write(tmp_path / "new" / "folder", picture, t)
    width, height = size_of(png)
    assert 600 < width < 2000
    assert 300 < height < 2000
    assert CAPTIONS[lang].replace("`", "") in ET.parse(svg).getroot()[0].text  # noqa: S314 - ours
    text = words.read_text(encoding="utf-8")
    assert "W1" in text
    assert "`" not in text.splitlines()[0]


def test_the_same_picture_is_the_same_file(tmp_path):
    picture = titled({"W1": [2, 3], "b1": [3]})
    one = write(tmp_path / "one", picture, Translator("en"))
    other = write(tmp_path / "other", picture, Translator("en"))
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in other]


def test_what_a_submission_named_is_text_and_never_a_formula(tmp_path):
    made = {"$\\frac{": [1], "W1": [3, 2], "\N{GRINNING FACE} $x$": [2]}
    files = write(tmp_path, titled(made, "$\\frac{"), Translator("en"))
    assert size_of(files[0]) > (0, 0)


def test_a_name_leads_out_of_no_folder(tmp_path):
    picture = Titled("../../Evil name", "A network.", Network.of([2, 3], {}))
    files = write(tmp_path / "in", picture, Translator("en"))
    assert {file.parent for file in files} == {tmp_path / "in"}
    assert files[0].name == "_evil_name.png"


ISOLATED = """
import os, sys
from pathlib import Path
from grader.course.languages import Translator
from grader.pictures import Network
from grader.pictures.files import Titled, write
assert "matplotlib" not in sys.modules
write(Path(sys.argv[1]), Titled("p", "A network.", Network.of([2, 3], {})), Translator("en"))
import matplotlib
assert "matplotlib.pyplot" not in sys.modules
assert "MPLCONFIGDIR" not in os.environ
assert matplotlib.rcParams["font.size"] == 33, matplotlib.rcParams["font.size"]
"""


@pytest.mark.parametrize("closed", [False, True])
def test_only_fonts_are_kept_elsewhere_and_no_setting_of_the_user_counts(tmp_path, closed):
    home, here, out = (tmp_path / name for name in ("home", "here", "out"))
    home.mkdir()
    here.mkdir()
    if closed:
        (home / ".cache").write_text("a file", encoding="utf-8")
    (here / "matplotlibrc").write_text("font.size: 33\ntext.usetex: True\n", encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if k not in {"MPLCONFIGDIR", "XDG_CACHE_HOME"}}
    subprocess.run(
        [sys.executable, "-c", ISOLATED, str(out)],
        cwd=here,
        env=kept | {"HOME": str(home), "DISPLAY": "", "PYTHONPATH": str(Path.cwd())},
        check=True,
        timeout=120,
    )
    holding = {file.parent for file in home.rglob("*") if file.is_file()}
    assert holding == {home if closed else home / ".cache/nn-grader/matplotlib"}
    assert [file.name for file in here.iterdir()] == ["matplotlibrc"]
    assert sorted(file.name for file in out.iterdir()) == ["p.png", "p.svg", "p.txt"]
