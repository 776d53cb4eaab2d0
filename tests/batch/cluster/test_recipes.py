"""The recipes of docs/operator.md for Slurm and Kubernetes, as far as they can be tried here."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from distributed.security import Security
from support.text_blocks import block

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "operator.md"
RECIPE = re.compile(r"<!-- recipe: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
RECIPES = dict(RECIPE.findall(DOCUMENT.read_text(encoding="utf-8")))
SBATCH = block("""
    #!/bin/sh
    cp "$1" "$SUBMITTED"
    echo "Submitted batch job 17"
""")


def test_all_recipes_are_here():
    assert RECIPES.keys() == {"slurm.py", "workers.sbatch", "grade.sh", "cluster.yaml"}


@pytest.mark.parametrize("name", ["workers.sbatch", "grade.sh"])
def test_the_shell_can_read_them(name):
    subprocess.run(["bash", "-n"], input=RECIPES[name], text=True, check=True)


@pytest.mark.parametrize("name", ["workers.sbatch"])
def test_the_worker_knows_its_options(name):
    command = RECIPES[name].replace("\\\n", " ").split("exec dask worker", 1)[1]
    asked = set(re.findall(r"--[\w-]+", command))
    help_ = subprocess.run(
        [sys.executable, "-m", "dask", "worker", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert asked <= set(re.findall(r"--[\w-]+", help_))


def test_grader_knows_the_options_of_the_recipe():
    asked = set(re.findall(r"--[\w-]+", RECIPES["grade.sh"]))
    help_ = subprocess.run(
        [sys.executable, "-P", "-m", "grader", "batch", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "GRADER_LANG": "en"},
    ).stdout
    assert asked <= set(re.findall(r"--[\w-]+", help_))


@pytest.mark.slow
def test_dask_jobqueue_submits_workers_with_certificates(tmp_path):
    made = Security.temporary()
    (tmp_path / "cert.pem").write_text(made.tls_ca_file)
    (tmp_path / "key.pem").write_text(made.tls_client_key)
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, text in {"sbatch": SBATCH, "scancel": "#!/bin/sh\n"}.items():
        (commands / name).write_text(text)
        (commands / name).chmod(0o755)
    submitted = tmp_path / "submitted"
    # The fewest jobs: each is only written down.
    recipe = RECIPES["slurm.py"].replace("jobs=8", "jobs=1")
    waiting = 'input("Enter ends the cluster. ")'
    assert waiting in recipe
    recipe = recipe.replace(waiting, "cluster.sync(cluster._correct_state)\ncluster.close()")
    done = subprocess.run(
        [sys.executable, "-c", recipe],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{commands}:{os.environ['PATH']}",
            "SUBMITTED": str(submitted),
        },
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("tls://")
    script = submitted.read_text()
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    for part in ("tls://", "--nthreads 16", "--tls-ca-file", "--tls-key", "#SBATCH --mem=30G"):
        assert part in script, script


def test_the_operator_gets_a_cluster_with_all_that_it_asks_for():
    cluster = yaml.safe_load(RECIPES["cluster.yaml"])
    assert (cluster["apiVersion"], cluster["kind"]) == ("kubernetes.dask.org/v1", "DaskCluster")
    spec = cluster["spec"]
    (worker,) = spec["worker"]["spec"]["containers"]
    (scheduler,) = spec["scheduler"]["spec"]["containers"]
    assert worker["image"] == scheduler["image"]
    assert "$(DASK_WORKER_NAME)" in worker["command"]
    assert (
        worker["command"][worker["command"].index("--nthreads") + 1]
        == worker["resources"]["limits"]["cpu"]
    )
    service = spec["scheduler"]["service"]
    assert service["selector"]["dask.org/cluster-name"] == cluster["metadata"]["name"]
    ports = {port["name"]: port["containerPort"] for port in scheduler["ports"]}
    assert {port["targetPort"]: port["port"] for port in service["ports"]} == ports
