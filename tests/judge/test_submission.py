"""Reading what a student handed in: every file ends in text or in a sentence."""

import encodings
import hashlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.text_blocks import block

from grader.judge.reading.submission import (
    Position,
    UnreadableSubmissionError,
    find,
    read,
    read_bytes,
)

SOURCE = block("""
    def softmax(x):
        return x
""")


def refusal(data, name="ex11_softmax.py", kind="code"):
    with pytest.raises(UnreadableSubmissionError) as caught:
        read_bytes(data, name, kind)
    return caught.value.id, caught.value.arguments


def refusal_of_file(path, kind="code", **options):
    with pytest.raises(UnreadableSubmissionError) as caught:
        read(path, kind, **options)
    return caught.value.id, caught.value.arguments


def test_a_python_file_is_read_with_its_hash_and_tree(tmp_path):
    path = tmp_path / "ex11_softmax.py"
    path.write_text(SOURCE)
    submission = read(path, "code")
    assert submission.name == "ex11_softmax.py"
    assert submission.source == SOURCE
    assert submission.raw == SOURCE.encode()
    assert submission.hash == hashlib.sha256(SOURCE.encode()).hexdigest()
    assert submission.where(2) == Position(None, 2)
    assert submission.tree.body[0].name == "softmax"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_read_the_same(end):
    submission = read_bytes(SOURCE.replace("\n", end).encode(), "ex11.py", "code")
    assert submission.source == SOURCE


@pytest.mark.parametrize(
    "data",
    [
        "x = 'é'\n".encode(),
        b"\xef\xbb\xbf" + "x = 'é'\n".encode(),
        "# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1"),
        block("""
            #!/usr/bin/python
            # vim: set fileencoding=cp1252 :
            x = 'é'
        """).encode("cp1252"),
    ],
)
def test_encodings_that_python_knows_are_read(data):
    assert "x = 'é'" in read_bytes(data, "ex11.py", "code").source


def test_a_declared_cyrillic_code_page_is_read():
    data = "# coding: cp1251\nx = 'слой'\n".encode("cp1251")
    assert "слой" in read_bytes(data, "ex11.py", "code").source


@pytest.mark.parametrize("line", [1, 2, 3, 40])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_an_undeclared_code_page_is_told_with_line_and_byte(line, end):
    data = end.join([b"x = 1"] * (line - 1) + ["x = 'П'".encode("cp1251")])
    expected = {"file": "ex11.py", "line": line, "byte": "0xCF"}
    assert refusal(data, "ex11.py") == ("read.encoding", expected)


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "idna", "punycode", "utf-7", "zip"])
def test_an_encoding_that_is_no_character_set_is_refused(encoding):
    data = f"# coding: {encoding}\nx = 1\n".encode()
    assert refusal(data, "ex11.py") == (
        "read.encoding_unknown",
        {"file": "ex11.py", "encoding": encoding},
    )


CODECS = sorted(module.name for module in pkgutil.iter_modules(encodings.__path__))


def read_as(encoding, data):
    """Return the text of a source that declares an encoding, None where that is refused."""
    head = f"# coding: {encoding}\n".encode()
    try:
        return read_bytes(head + data, "ex11.py", "code").source.partition("\n")[2]
    except UnreadableSubmissionError:
        return None


def test_no_character_set_is_read_that_joins_lines_or_has_other_signs_for_those_of_python():
    signs = "".join(map(chr, range(0x20, 0x7F))) + "\t\x0c\nx"
    read_all = {encoding for encoding in CODECS if read_as(encoding, b"x") is not None}
    assert {"utf_8", "latin_1", "cp1251", "cp1252", "koi8_r", "mac_roman", "gbk"} <= read_all
    assert not read_all & {"hz", "utf_7", "cp037", "cp500", "cp864", "iso2022_jp", "mac_arabic"}
    for encoding in read_all:
        assert read_as(encoding, signs.encode("ascii")) == signs, encoding
        for high in range(0x80, 0x100):
            for sign in b"\n\"'#();":
                text = read_as(encoding, b"x" + bytes([high, sign]) + b"x")
                assert text is None or text.endswith(chr(sign) + "x"), (encoding, high, sign)
                if text is not None:
                    between = text[1:-2]
                    assert between
                    assert not between.isascii(), (encoding, high)


def test_lines_that_a_character_set_would_join_are_refused():
    data = block("""
        # coding: hz
        x = 1 #~
        import torch
    """).encode()
    assert refusal(data, "ex11.py")[0] == "read.encoding_unknown"


@pytest.mark.parametrize(
    "sign", ["\x1b", "\a", "\b", "\x01", "\v", "\x1a", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f"]
)
def test_control_characters_are_refused_with_their_line(sign):
    written = f"\\x{ord(sign):02x}"
    expected = {"file": "ex11.py", "line": 2, "sign": written}
    lines = ("x = 1", f"# {sign}]", "import torch", "# ", "")
    hidden = "\n".join(lines).encode()
    assert refusal(hidden, "ex11.py") == ("read.control", expected)
    cells = [{"cell_type": "code", "source": ["x = 1"]}, {"cell_type": "markdown", "source": sign}]
    cells.append({"cell_type": "code", "source": ["y = 2\n", f"s = '{sign}'"]})
    notebook = json.dumps({"cells": cells}).encode()
    expected = {"file": "ex11.ipynb", "cell": 2, "line": 2, "sign": written}
    assert refusal(notebook, "ex11.ipynb") == ("read.control_cell", expected)


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x0c", "\x7f"])
def test_control_characters_in_an_answer_file_are_left_to_the_answers(sign):
    text = f"half: '{sign}'"
    assert read_bytes(text.encode(), "ex14.yaml", "quiz").source == text


@pytest.mark.parametrize("sign", ["\t", "\x0c", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff"])
def test_signs_that_honest_editors_leave_are_read_as_they_are(sign):
    source = f"x = 1\n{sign if sign in {chr(9), chr(12)} else '# ' + sign}\ny = '{sign}'\n"
    assert read_bytes(source.encode(), "ex11.py", "code").source == source


def test_written_out_controls_are_no_controls():
    source = "print('\\x1b[31m', chr(27))\n"
    assert read_bytes(source.encode(), "ex11.py", "code").source == source


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u00a0\u2009".encode()])
@pytest.mark.parametrize(("name", "kind"), [("ex11.py", "code"), ("ex14.yaml", "quiz")])
def test_an_empty_file_is_told(data, name, kind):
    assert refusal(data, name, kind) == ("read.empty", {"file": name})


def test_null_bytes_are_told():
    assert refusal(b"x = 1\0\n")[0] == "read.null"
    assert refusal("x = 1\n".encode("utf-16-le"))[0] == "read.null"
    assert refusal("half: 1\n".encode("utf-16-le"), "ex14.yaml", "quiz")[0] == "read.null"


def test_utf_16_with_its_mark_is_told_as_an_encoding():
    assert refusal("x = 1\n".encode("utf-16"))[1]["byte"] in {"0xFF", "0xFE"}


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("ex11.txt", "code", ".py, .ipynb"),
        ("ex11.yaml", "code", ".py, .ipynb"),
        ("ex11", "code", ".py, .ipynb"),
        ("ex14.py", "quiz", ".yaml, .yml"),
        ("ex30.json", "lines", ".yaml, .yml"),
    ],
)
def test_a_file_of_another_kind_is_told(name, kind, expected):
    assert refusal(b"x", name, kind) == ("read.suffix", {"file": name, "expected": expected})


@pytest.mark.parametrize(("name", "kind"), [("EX11.PY", "code"), ("ex14.YML", "quiz")])
def test_the_case_of_a_suffix_does_not_matter(name, kind):
    assert read_bytes(b"x: 1", name, kind).name == name


def test_a_file_that_is_too_large_is_told_and_the_limit_itself_passes():
    at_limit = b"#" * (2**20 - 1) + b"\n"
    assert read_bytes(at_limit, "ex11.py", "code").source
    expected = {"file": "ex11.py", "megabytes": 1.1, "limit": 1}
    assert refusal(at_limit + b"#", "ex11.py") == ("read.too_large", expected)


def test_a_huge_sparse_file_is_not_read(tmp_path):
    path = tmp_path / "ex11.py"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert refusal_of_file(path)[0] == "read.too_large"


def test_missing_files_and_folders_are_told(tmp_path):
    (tmp_path / "ex11.py").mkdir()
    (tmp_path / "link.py").symlink_to("nowhere.py")
    assert refusal_of_file(tmp_path / "ex11.py", name="ex11.py") == (
        "read.folder",
        {"file": "ex11.py"},
    )
    for name in ["no.py", "link.py", "n" * 300 + ".py", "a\0b.py", "no.py/ex11.py"]:
        assert refusal_of_file(tmp_path / name)[0] == "read.missing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_or_device_does_not_hang(tmp_path, unblocked):
    path = tmp_path / "ex11.py"
    os.mkfifo(path)
    with unblocked():
        assert refusal_of_file(path)[0] == "read.special"
        assert refusal_of_file(Path(os.devnull))[0] == "read.special"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_that_may_not_be_read_is_told(tmp_path):
    path = tmp_path / "ex11.py"
    path.write_text(SOURCE)
    path.chmod(0)
    assert refusal_of_file(path)[0] == "read.permission"


def test_a_refused_permission_is_told(tmp_path, monkeypatch):
    path = tmp_path / "ex11.py"
    path.write_text(SOURCE)

    def refuse(*_arguments):
        raise PermissionError

    monkeypatch.setattr("grader.judge.reading.submission.os.open", refuse)
    assert refusal_of_file(path)[0] == "read.permission"


def test_a_failing_disk_is_told_with_its_code(tmp_path, monkeypatch):
    path = tmp_path / "ex11.py"
    path.write_text(SOURCE)

    def fail(*_arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("grader.judge.reading.submission.os.open", fail)
    assert refusal_of_file(path, name="ex11.py") == (
        "read.failed",
        {"file": "ex11.py", "code": "EIO"},
    )


@pytest.mark.parametrize(
    "name", ["Ünïcode ex11.py", "упражнение 🎓.py", "a,b;[c].py", "ex11 (1).py", "x" * 200 + ".py"]
)
def test_names_of_every_kind_are_shown_as_given(tmp_path, name):
    path = tmp_path / name
    path.write_text(SOURCE)
    assert read(path, "code").name == name
    path.write_text("")
    assert refusal_of_file(path, name=name)[1] == {"file": name}


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_name_that_no_report_could_hold_is_mended(tmp_path):
    path = tmp_path / os.fsdecode(b"ex11_\xff\x1b[31m.py")
    path.write_text(SOURCE)
    name = read(path, "code").name
    assert name == "ex11_��[31m.py"
    assert name.encode()


@pytest.mark.parametrize(
    "source",
    ["def f(:\n", "(" * 5000, "-" * 50_000 + "1", "a" + ".b" * 50_000, "x = 1\n" * 20_000],
)
def test_a_source_that_does_not_parse_raises_only_syntax_error(source):
    submission = read_bytes(source.encode(), "ex11.py", "code")
    with pytest.raises(SyntaxError):
        _ = submission.tree


def test_a_doubtful_escape_in_the_source_warns_nobody():
    assert read_bytes(rb'x = "\d"', "ex11.py", "code").tree.body


def test_positions_stay_inside_the_file():
    submission = read_bytes(b"x = (\n", "ex11.py", "code")
    assert submission.where(0) == Position(None, 1)


@given(st.binary(max_size=300), st.sampled_from(["ex11.py", "ex11.ipynb", "ex14.yaml"]))
def test_any_bytes_are_read_or_refused_with_a_sentence(data, name):
    kind = "quiz" if name.endswith("yaml") else "code"
    try:
        submission = read_bytes(data, name, kind)
    except UnreadableSubmissionError as refused:
        assert refused.id.startswith("read.")  # noqa: PT017 - both outcomes are fine
    else:
        submission.source.encode()


@given(st.text(max_size=60), st.sampled_from(["# coding: cp1251", "# coding: big5", "# x"]))
def test_any_cookie_and_text_end_in_text_or_a_sentence(text, cookie):
    try:
        read_bytes(f"{cookie}\n{text}".encode("utf-8", "replace"), "ex11.py", "code")
    except UnreadableSubmissionError as refused:
        assert refused.id.startswith("read.")  # noqa: PT017


def test_candidates_are_found_by_the_name_of_the_exercise(tmp_path):
    for name in [
        "ex11.py",
        "Ex11_Softmax.ipynb",
        "ex11_softmax.PY",
        "ex110.py",
        "ex1.py",
        "ex11.txt",
        "my_ex11.py",
        "ex11.yaml",
    ]:
        (tmp_path / name).write_text(SOURCE)
    (tmp_path / "ex11_folder.py").mkdir()
    assert [path.name for path in find(tmp_path, "ex11", "code")] == [
        "ex11.py",
        "Ex11_Softmax.ipynb",
        "ex11_softmax.PY",
    ]
    assert [path.name for path in find(tmp_path, "ex11", "quiz")] == ["ex11.yaml"]
    assert find(tmp_path, "ex12", "code") == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableSubmissionError, match=r"read\.missing"):
        find(tmp_path / "no", "ex11", "code")
