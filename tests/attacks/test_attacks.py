"""Every cheat of this folder, graded as a teacher would: it gets what it deserves, and no more.

Hostile code runs in namespaces made for the test only; see ``tests/namespaces.py``.
"""

FULL_MARKS = 20


def test_cheats_of_many_families(every_attack):
    assert len({attack.family for attack in every_attack}) >= 12
    assert all(0 <= attack.honest <= FULL_MARKS for attack in every_attack)


def test_an_attack_gets_what_it_deserves(attack, graded, read_report, canaries):
    done, honest = graded(attack.path)

    assert done["code"] == (0 if attack.honest == FULL_MARKS else 1), (
        done["stderr"] or done["stdout"]
    )
    report = read_report(done)
    assert report.status in {"graded", "needs_review"}
    assert {check.blame for check in report.checks} <= {None, "student"}
    assert report.reached == attack.honest, [(c.id, c.status, c.reached) for c in report.checks]

    shown = done["stdout"] + done["stderr"] or done["stdout"]
    assert [what for what, canary in canaries.items() if canary in shown] == []
    assert done["processes"] == []
    assert done["changed"] == []

    assert honest["code"] == 0, honest["stdout"]
    assert read_report(honest).reached == FULL_MARKS
    assert honest["processes"] == honest["changed"] == []
