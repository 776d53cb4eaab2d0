"""Messages about a cluster that cannot be used, and about workers of it that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.batch.errors import BatchError
from grader.course.languages import msgid
from grader.course.phrases import Phrase

if TYPE_CHECKING:
    from grader.course.languages import Translator

PROBLEMS = {
    "cluster_address": msgid(
        "{{address}} is not the address of a cluster: write `tcp://HOST:PORT` or "
        "`tls://HOST:PORT` of a Dask scheduler, or `local:N` for N workers on this machine."
    ),
    "cluster_missing": msgid(
        "A cluster needs Dask, which is not installed: pip install 'nn-grader[cluster]'"
    ),
    "cluster_tls_file": msgid(
        "The certificates cannot be used ({{why}}). Check the files of --cluster-ca, "
        "--cluster-cert and --cluster-key."
    ),
    "cluster_unreachable": msgid(
        "No Dask scheduler answers at {{address}}. Check the address, the network, and whether "
        "the scheduler expects TLS. Nothing was judged.\n{{why}}"
    ),
    "cluster_tls": msgid(
        "The scheduler at {{address}} and this command do not accept each other's certificates. "
        "Give --cluster-ca, --cluster-cert and --cluster-key as the scheduler has them. Nothing "
        "was judged.\n{{why}}"
    ),
    "cluster_gone": msgid(
        "The connection to the scheduler at {{address}} has broken off. All grades up to here are "
        "kept: once the scheduler runs again, the same command goes on where this ended."
    ),
    "cluster_no_workers": msgid(
        "For {{seconds}} s the cluster at {{address}} has had no worker that can judge. All grades "
        "up to here are kept: start workers, then run the same command again. --cluster-wait waits "
        "longer.\n{{why}}"
    ),
    "cluster_no_grader": msgid(
        "nn-grader cannot be imported on these workers: install the version {{version}} there, "
        "then run the same command again. Nothing was judged.\n{{workers}}"
    ),
    "cluster_versions": msgid(
        "The workers differ, so the same submission could get different grades. Install the same "
        "versions on all, {{version}} of nn-grader. Nothing was judged.\n{{workers}}"
    ),
    "cluster_isolation": msgid(
        "These workers shut student code off less than {{needed}}, which is required. See there "
        "what helps with `grader doctor`, or leave them out, or, if you trust the class, add "
        "--require-isolation own-code-only. Nothing was judged.\n{{workers}}"
    ),
    "cluster_no_judge": msgid(
        "No judge can be started on these workers. See there what helps with `grader doctor`. "
        "Nothing was judged.\n{{workers}}"
    ),
    "cluster_local": msgid(
        "No workers can be started on this machine. Nothing was judged.\n{{why}}"
    ),
    "cluster_course": msgid(
        "The course cannot be sent to the workers: {{why}}. Nothing was judged."
    ),
}

# Wrong use: corrected on the command line. All others are faults of machines.
_USAGE = {"cluster_address", "cluster_missing", "cluster_tls_file", "cluster_isolation"}

# Why one worker is not used, while the batch goes on with the others.
LEFT_OUT = {
    "no_grader": msgid(
        "The worker {{worker}} is not used: nn-grader cannot be imported there. {{why}}"
    ),
    "versions": msgid("The worker {{worker}} is not used: it differs from the others ({{why}})."),
    "isolation": msgid(
        "The worker {{worker}} is not used: it shuts student code off only up to the level {{why}}."
    ),
    "no_judge": msgid("The worker {{worker}} is not used: no judge starts there. {{why}}"),
    "silent": msgid("The worker {{worker}} does not answer; its submissions go to others."),
    "gone": msgid("The worker {{worker}} is gone; its submissions go to others."),
}


class ClusterError(BatchError):
    """A cluster cannot be used: an id of PROBLEMS and the arguments of its sentence."""

    @property
    def is_fault(self) -> bool:
        """Whether machines are at fault and not the command line."""
        return self.id not in _USAGE

    def sentence(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return Phrase(PROBLEMS[self.id], self.arguments).localised(t).rstrip()


def left_out(reason: str, worker: str, why: object = "") -> Phrase:
    """Return the sentence about a worker that is not used, for one of the reasons of LEFT_OUT."""
    return Phrase(LEFT_OUT[reason], {"worker": worker, "why": why})
