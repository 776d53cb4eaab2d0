"""`grader batch --cluster` as it is typed: what it prints, its exit codes, certificates."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
import pytest
from support.text_blocks import block

pytest.importorskip("distributed")
from distributed.security import Security

from grader.batch.cluster.connection import endpoint
from grader.batch.cluster.settings import cluster_at

TINY = Path(__file__).resolve().parents[2] / "courses" / "tiny"


@pytest.fixture
def handed_in(tmp_path):
    folder = tmp_path / "class"
    for number in range(6):
        (folder / f"s{number}").mkdir(parents=True)
        (folder / f"s{number}" / "ex01.py").write_text(
            block(f"""
                def double(x):
                    return 2 * x  # {number}
            """)
        )
    return folder


def grade(folder, *options, before=(), **environment):
    return subprocess.run(
        [
            *(*before, sys.executable, "-P", "-m", "grader", "batch", str(folder)),
            *("--course", str(TINY), "--out", str(folder.parent / "out"), *options),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GRADER_LANG": "en", **environment},
    )


def certificates(folder):
    """Write certificates that trust each other alone; return their options of Dask."""
    folder.mkdir()
    made = Security.temporary()
    texts = {
        "ca": made.tls_ca_file,
        "cert": made.tls_client_cert,
        "key": made.tls_client_key,
    }
    for name, text in texts.items():
        (folder / f"{name}.pem").write_text(text)
    return {name: str(folder / f"{name}.pem") for name in texts}


def test_workers_on_this_machine(handed_in):
    done = grade(handed_in, "--cluster", "local:2", "--json")
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    summary = json.loads(done.stdout)
    assert (summary["statuses"], summary["judged"]) == ({"graded": 6}, 6)
    assert sum(summary["isolation"].values()) == 6


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--cluster", "nowhere"], "nowhere is not the address of a cluster"),
        (["--cluster", "local:2", "--jobs", "2"], "--jobs goes without --cluster"),
        (["--cluster-ca", "ca.pem"], "go with --cluster"),
    ],
)
def test_a_wrong_command_line_is_told(handed_in, options, sentence):
    done = grade(handed_in, *options)
    assert done.returncode == 2
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "No Dask scheduler"),
        pytest.param("fr", "Aucun ordonn", marks=pytest.mark.slow),
        pytest.param("ru", "не отвечает", marks=pytest.mark.slow),
    ],
)
def test_a_scheduler_that_does_not_answer_is_told(handed_in, lang, word):
    done = grade(handed_in, "--cluster", "tcp://127.0.0.1:1", "--lang", lang)
    assert done.returncode == 3
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert not (handed_in.parent / "out").exists()


def test_a_network_without_a_route_is_told(handed_in):
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False).returncode:
        pytest.skip("no network namespaces here")
    done = grade(handed_in, "--cluster", "tcp://192.0.2.1:8786", before=(unshare, "-rn"))
    assert done.returncode == 3
    assert "No Dask scheduler answers at tcp://192.0.2.1:8786" in done.stderr


def test_without_dask_it_says_what_to_install(handed_in, tmp_path):
    place = tmp_path / "first"
    place.mkdir()
    (place / "sitecustomize.py").write_text(
        block("""
        import sys
        sys.modules['distributed'] = None
    """)
    )
    done = grade(handed_in, "--cluster", "local:2", PYTHONPATH=str(place))
    assert done.returncode == 2
    assert "pip install 'nn-grader[cluster]'" in done.stderr


@pytest.mark.slow
def test_two_clusters_here_do_not_meet_and_serve_no_pages():
    with endpoint(cluster_at("local:1")) as one, endpoint(cluster_at("local:1")) as other:
        assert one.address != other.address
        assert {one.address[:6], other.address[:6]} == {"tls://"}
        listening = {
            connection.laddr.port
            for connection in psutil.Process().net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        }
        for port in listening:
            with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=30)) as asked:
                try:
                    asked.request("GET", "/info/main/workers.html")
                    assert asked.getresponse().status == 404
                except (OSError, HTTPException):
                    pass  # it speaks TLS


@pytest.mark.slow
def test_certificates(handed_in, tmp_path, dask_with):
    ours, others = certificates(tmp_path / "ours"), certificates(tmp_path / "others")
    cluster = dask_with(
        [
            *("--tls-ca-file", ours["ca"]),
            *("--tls-cert", ours["cert"], "--tls-key", ours["key"]),
        ]
    )
    assert cluster.address.startswith("tls://")
    cluster.worker()

    def options(files):
        return [
            *("--cluster", cluster.address, "--cluster-ca", files["ca"]),
            *("--cluster-cert", files["cert"], "--cluster-key", files["key"]),
        ]

    wrong = grade(handed_in, *options(others))
    assert wrong.returncode == 3
    assert "do not accept each other's certificates" in wrong.stderr
    none = grade(handed_in, "--cluster", cluster.address)
    assert none.returncode == 3
    assert "do not accept each other's certificates" in none.stderr
    missing = grade(handed_in, *options({**ours, "key": str(tmp_path / "none.pem")}))
    assert missing.returncode == 2
    assert "certificates cannot be used" in missing.stderr
    right = grade(handed_in, *options(ours))
    assert right.returncode == 0, right.stderr
