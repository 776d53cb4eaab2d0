"""Scores reach a real LTI 1.3 platform: lti-consumer-xblock, in an environment made for it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from lti.grades import write_grades
from lti.keys import make_keys
from pylti1p3.registration import Registration
from pylti1p3.service_connector import ServiceConnector

HERE = Path(__file__).parent / "platform"
READ = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
PATIENCE = 300.0  # seconds, for a machine on which everything is slow


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    """A platform with a tool that has our key, and an item of 20 points."""
    folder = tmp_path_factory.mktemp("platform")
    make_keys(folder)
    python = folder / "env" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    install = [python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"]
    subprocess.run(install, check=True, timeout=900)
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [python, HERE / "platform_server.py", folder], stdout=log, stderr=subprocess.STDOUT
    )
    try:
        end = time.monotonic() + PATIENCE
        while not (folder / "platform.json").exists():
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < end, (folder / "log").read_text()
            time.sleep(0.1)
        yield folder, json.loads((folder / "platform.json").read_text())
    finally:
        server.kill()
        server.wait()
        log.close()


def results(folder, told):
    """Return what the platform has, read by another client than ours: (score, comment) by user."""
    registration = Registration()
    registration.set_client_id(told["client_id"]).set_auth_token_url(told["token_url"])
    registration.set_tool_private_key((folder / "tool.key").read_text())
    token = ServiceConnector(registration).get_access_token([READ])
    answer = requests.get(
        f"{told['line_item']}/results", headers={"Authorization": f"Bearer {token}"}, timeout=60
    )
    return {one["userId"]: (one["resultScore"], one["comment"]) for one in answer.json()}


@pytest.mark.slow
def test_scores_are_there_with_their_comments_and_nothing_is_sent_twice(grader, platform):
    folder, told = platform
    grader.write(
        "platform.yaml",
        f"issuer: {told['issuer']}\nclient_id: {told['client_id']}\n"
        f"token_url: {told['token_url']}\nprivate_key: {folder / 'tool.key'}\n"
        f"items: {{ex11: '{told['line_item']}', ex12: '{told['other_item']}'}}\n",
    )
    rows = [("u1", "ex11", "graded", "12", "20"), ("u2", "ex11", "graded", "7.5", "20")]
    open_ = [("u3", "ex11", "needs_review", "", "20"), ("u4", "ex11", "graded", "22", "20")]
    write_grades(grader.folder / "grades.csv", *rows, *open_, ("u1", "ex12", "graded", "1", "5"))
    push = ("lti", "push", "platform.yaml", "grades.csv", "--json")
    first = grader.run(*push)
    assert first.returncode == 1, first.stderr  # of ex12 the platform has no item
    said = json.loads(first.stdout)
    assert [one["student"] for one in said["sent"]] == ["u1", "u2"]
    assert ["404" in one["why"] for one in said["refused"]] == [True]
    assert results(folder, told) == {
        "u1": (12.0, "12 of 20 points"),
        "u2": (7.5, "7.5 of 20 points"),
    }
    again = json.loads(grader.run(*push).stdout)
    assert (again["sent"], len(again["there"])) == ([], 2)
    write_grades(grader.folder / "grades.csv", ("u1", "ex11", "graded", "20", "20"), rows[1])
    third = json.loads(grader.run(*push).stdout)
    assert [one["student"] for one in third["sent"]] == ["u1"]
    assert results(folder, told)["u1"] == (20.0, "20 of 20 points")
