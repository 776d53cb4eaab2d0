"""What nobody should send, a thousand at once, half a request, and the end of the server."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys

import psutil
import pytest
from support.jobe import BACKSTOP, HEADERS, KEY, RESTAPI, jobe, run_spec
from support.text_blocks import block
from support.tree import TINY

SLOW = block("""
    import time


    def double(x):
        time.sleep(1.5)
        return 2 * x
""")
RIGHT = block("""
    def double(x):
        return 2 * x
""")
RUNS = f"{RESTAPI}/runs"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A server of the small course, with one answer at a time."""
    with jobe(tmp_path_factory.mktemp("jobe") / "log", "--course", str(TINY)) as server:
        yield server


def without(name):
    return {key: value for key, value in HEADERS.items() if key != name}


@pytest.mark.parametrize(
    "headers",
    [
        without("X-API-KEY"),
        {**HEADERS, "X-API-KEY": ""},
        {**HEADERS, "X-API-KEY": KEY[:-1]},
        {**HEADERS, "X-API-KEY": f"{KEY}0"},
        {**HEADERS, "X-API-KEY": KEY.upper()},
        {**without("X-API-KEY"), "Authorization": f"Bearer {KEY}"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", f"{RESTAPI}/languages"), ("POST", RUNS), ("GET", "/nothing")]
)
def test_without_the_key_nothing_is_there(tiny, method, path, headers):
    body = run_spec({"exercise": "ex01", "code": RIGHT}) if method == "POST" else None
    assert tiny.ask(method, path, body, headers) == (403, "Missing or unknown API key")


def raw(server, text, *, wait=True):
    """Send bytes as they are; return the status line, and close."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=BACKSTOP) as connection:
        connection.sendall(text)
        return connection.makefile("rb").readline() if wait else b""


def head(method, path, *lines):
    text = "\r\n".join([f"{method} {path} HTTP/1.1", "Host: here", *lines, "", ""])
    return text.encode("latin-1")


def test_a_key_sent_twice_is_as_good_as_once_and_a_wrong_one_beside_it_is_not(tiny):
    # Moodle's curl object repeats its headers in a second request.
    key, other = f"X-API-KEY: {KEY}", "X-API-KEY: 0"
    path = f"{RESTAPI}/languages"
    assert b" 200 " in raw(tiny, head("GET", path, key, key, "Connection: close"))
    assert b" 403 " in raw(tiny, head("GET", path, key, other, "Connection: close"))


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "json"])
def test_another_content_type_is_refused(tiny, kind):
    body = run_spec({"exercise": "ex01", "code": RIGHT})
    status, said = tiny.post(body, {**HEADERS, "Content-Type": kind})
    assert (status, said) == (415, "The body must be application/json")


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"\xff\xfe\x00", b"[" * 200_000])
def test_garbage_is_refused_with_a_sentence(tiny, body):
    for method, path in (("POST", RUNS), ("PUT", f"{RESTAPI}/files/{'0' * 32}")):
        status, said = tiny.ask(method, path, body)
        assert status == 400
        assert said.startswith("There is a mistake in the request")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ({"exercise": "ex99", "code": RIGHT}, "There is no such exercise here."),
        ({"exercise": "../../etc", "code": RIGHT}, "There is no such exercise here."),
        ({"exercise": "", "code": RIGHT}, "There is no such exercise here."),
        ({"exercise": "ex02", "code": RIGHT}, "ex02 has no code to be judged."),
        ({"exercise": "ex03", "code": RIGHT}, "ex03 has no code to be judged."),
    ],
)
def test_an_exercise_that_is_not_there_is_refused(tiny, template, said):
    assert tiny.post(run_spec(template)) == (400, said)


def test_an_unknown_language_is_refused(tiny):
    body = run_spec({"exercise": "ex01", "code": RIGHT}, language_id="python3")
    assert tiny.post(body) == (400, "Only the language nngrader is known here.")


def test_exercises_that_were_not_named_are_not_served(softmax):
    assert softmax.check("ex12", "x = 1") == (400, "ex12 is not served here.")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", RUNS, 405),
        ("DELETE", f"{RESTAPI}/files/{'0' * 32}", 405),
        ("GET", "/jobe/index.php/restapi/nothing", 404),
        ("GET", "/jobe/index.php/../../etc/passwd", 404),
    ],
)
def test_other_addresses_and_methods_lead_nowhere(tiny, method, path, status):
    assert tiny.ask(method, path)[0] == status


def test_ten_megabytes_are_refused(tiny):
    code = "#" * (10 << 20)
    length = len(run_spec({"exercise": "ex01", "code": code}))
    said = raw(tiny, head("POST", RUNS, *lines(length), "Connection: close"))
    assert b" 413 " in said  # before a byte of it is sent
    # In pieces without a length it ends where it is too much.
    chunk = b"10000\r\n" + b"#" * 0x10000 + b"\r\n"
    told = head("POST", RUNS, *lines(None), "Transfer-Encoding: chunked")
    with contextlib.suppress(OSError):
        assert b" 413 " in raw(tiny, told + chunk * 160)
    assert tiny.graded("ex01", RIGHT)["fraction"] == 1


def lines(length):
    found = [f"{name}: {value}" for name, value in HEADERS.items()]
    return found if length is None else [*found, f"Content-Length: {length}"]


def test_half_a_request_and_no_more_of_it_harms_nobody(tiny):
    body = run_spec({"exercise": "ex01", "code": RIGHT})
    whole = head("POST", RUNS, *lines(len(body))) + body
    for end in (10, 100, len(whole) - len(body), len(whole) - 1, len(whole)):
        raw(tiny, whole[:end], wait=False)
    assert tiny.graded("ex01", RIGHT)["fraction"] == 1
    assert "Traceback" not in tiny.log.read_text()


def test_the_key_is_in_no_log_and_no_process(tiny):
    tiny.graded("ex01", RIGHT)
    tiny.post(b"{", {**HEADERS, "X-API-KEY": "wrong-wrong-wrong-wrong"})
    log = tiny.log.read_text()
    assert "ex01 graded" in log
    assert KEY not in log
    assert "wrong-wrong" not in log
    family = [psutil.Process(tiny.process.pid)]
    family += family[0].children(recursive=True)
    assert len(family) > 1
    for process in family:
        assert KEY not in " ".join(process.cmdline())
    for process in family[1:]:  # of the server itself the system keeps what it was started with
        assert KEY not in process.environ().values()


async def sent(port, body):
    """Send a run as one of many; return the status, and the outcome where there is one."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head("POST", RUNS, *lines(len(body)), "Connection: close") + body)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        while (await reader.readline()).strip():
            pass
        answer = json.loads(await reader.read())
        return status, answer["outcome"] if isinstance(answer, dict) else answer
    finally:
        writer.close()


def test_a_thousand_at_once_all_get_an_answer(serve):
    server = serve("--course", str(TINY), "--queue", "20", "ex01")
    server.graded("ex01", RIGHT)
    body = run_spec({"exercise": "ex01", "code": RIGHT})

    async def many():
        return await asyncio.gather(*(sent(server.port, body) for _ in range(1000)))

    found = asyncio.run(many())
    assert {status for status, _ in found} == {200}
    outcomes = [outcome for _, outcome in found]
    assert set(outcomes) <= {15, 21}  # judged, or asked to come again
    assert outcomes.count(15) >= 20
    assert server.graded("ex01", RIGHT)["fraction"] == 1
    assert "Traceback" not in server.log.read_text()


def family_of(server):
    return psutil.Process(server.process.pid).children(recursive=True)


def none_is_left(processes):
    _, alive = psutil.wait_procs(processes, timeout=BACKSTOP)
    return not [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def test_the_end_of_the_server_leaves_nobody_without_an_answer_and_no_process(serve):
    server = serve("--course", str(TINY), "--jobs", "1", "--practice", "ex01")
    server.graded("ex01", RIGHT)
    body = run_spec({"exercise": "ex01", "code": SLOW})

    async def ended():
        tasks = [asyncio.create_task(sent(server.port, body)) for _ in range(4)]
        await asyncio.sleep(0.7)
        server.process.send_signal(signal.SIGTERM)
        return await asyncio.gather(*tasks)

    family = family_of(server)
    assert family
    found = asyncio.run(ended())
    assert found.count((200, 15)) == 1  # the one that was being judged
    assert found.count((200, 21)) == 3  # those that waited
    assert server.process.wait(BACKSTOP) in {0, -signal.SIGTERM}
    assert none_is_left(family)


def test_even_when_it_is_killed_no_process_is_left(serve):
    server = serve("--course", str(TINY), "ex01")
    server.graded("ex01", RIGHT)
    family = family_of(server)
    assert family
    server.end(signal.SIGKILL)
    assert none_is_left(family)


def test_a_judge_that_dies_costs_nobody_a_mark(serve):
    server = serve("--course", str(TINY), "ex01")
    server.graded("ex01", RIGHT)
    for worker in psutil.Process(server.process.pid).children():
        worker.kill()
    assert server.graded("ex01", RIGHT)["fraction"] == 1


def started(*arguments, key=None, env=None):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GRADER_", "PYTEST_"))}
    own = {} if key is None else {"GRADER_JOBE_KEY": key}
    return subprocess.run(
        [sys.executable, "-P", "-m", "grader", "jobe", "--lang", "en", *arguments],
        env={**kept, **own, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=BACKSTOP,
    )


@pytest.mark.parametrize("key", [None, "", "short", "a b" * 20, "é" * 20, "x" * 41, "a\nb" * 20])
def test_without_a_proper_key_it_does_not_start(tmp_path, key):
    file = tmp_path / "key"
    for done in (
        started(key=key),
        *([] if key is None else [file.write_text(key) and started("--key-file", str(file))]),
    ):
        if not done:
            continue
        assert done.returncode == 2
        assert "openssl rand -hex 20" in done.stderr
        assert not key or key not in done.stderr
        assert not done.stdout


def test_a_key_file_that_is_not_there_or_holds_no_text(tmp_path):
    assert "cannot be read" in started("--key-file", str(tmp_path / "none")).stderr
    (tmp_path / "bytes").write_bytes(b"\xff\xfe" * 20)
    done = started("--key-file", str(tmp_path / "bytes"))
    assert (done.returncode, "holds no API key" in done.stderr) == (2, True)


def test_a_quiz_and_an_unknown_exercise_cannot_be_served():
    done = started("ex12", key=KEY)
    assert (done.returncode, "Moodle asks such questions itself" in done.stderr) == (2, True)
    assert started("ex99", key=KEY).returncode == 2


def test_a_port_in_use_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = started("--port", str(other.getsockname()[1]), key=KEY)
    assert done.returncode == 2
    assert "`grader jobe --port 0`" in done.stderr


# A user namespace in which no other can be made, by a process without any capability.
SHUT = "echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-all {command}"


@pytest.mark.parametrize("asked", [(), ("--require-isolation", "full")])
def test_a_machine_that_isolates_less_is_refused(asked):
    program = [sys.executable, "-P", "-m", "grader", "jobe", "--port", "0", "--lang", "en", *asked]
    done = subprocess.run(
        ["unshare", "-Ur", "sh", "-c", SHUT.format(command=" ".join(program))],
        env={**os.environ, "GRADER_JOBE_KEY": KEY},
        capture_output=True,
        text=True,
        check=False,
        timeout=BACKSTOP,
    )
    if "unshare" in done.stderr:
        pytest.skip("no user namespace can be made here")
    assert done.returncode == 2
    assert "full is required" in done.stderr
    assert not done.stdout
