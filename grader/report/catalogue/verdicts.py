"""Sentences about a whole submission or a missing grade, and the words of a view."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, Template, sentences

NOT_GRADED: Catalogue = sentences(
    {
        "not_run.needs": (
            "Not run, because it builds on the check “{{check}}”, which has not passed. Get that "
            "one right first."
        ),
        "not_run.needs_undisplayed": (
            "Not run, because it builds on a check that has not passed and is not displayed. Get "
            "the displayed ones right first."
        ),
        "not_run.device": (
            "Not run, because it means something only on another device ({{devices}}), and this "
            "was graded on {{device}}. Its points are not counted, so you lose none of them."
        ),
        "not_run.device_sim": (
            "Not run, because it means something only on another device ({{devices}}), and this "
            "was graded on {{device}}. Its points are not counted; to reach them here, grade with "
            "`--device sim`."
        ),
        "not_run.budget": (
            "Not run, because the checks before it had used up the {{seconds}} s of computing that "
            "a submission has. Make the slowest function faster first."
        ),
        "not_run.budget_waiting": (
            "Not run, because the checks before it had used up the {{seconds}} s that a submission "
            "has, most of them by waiting. Delete what makes your function wait first."
        ),
        "not_run.same_timeout": (
            "Not run, because {{function}} has gone past its time limit twice in the same way and "
            "has not come back once. Mend that first, then grade again."
        ),
        "not_run.load": (
            "Not run, because your file does not yet provide the function that it calls. Mend what "
            "is said about loading your file first."
        ),
        "static.forbidden": (
            "Line {{line}} uses {{name}}, which is not among what you may use here: write that "
            "part yourself."
        ),
        "static.forbidden_cell": (
            "Line {{line}} of cell {{cell}} uses {{name}}, which is not among what you may use "
            "here: write that part yourself."
        ),
        "static.forbidden_file": (
            "Line {{line}} of {{file}} uses {{name}}, which is not among what you may use here: "
            "write that part yourself."
        ),
        "static.more": (
            "There are more such places, {{count}} in all; the first {{shown}} are listed."
        ),
        "static.own": (
            "This is to be your own work. A teacher will look at it; if you do not want to wait, "
            "hand in an answer that does without."
        ),
        "static.reference": (
            "This is the sample answer of the exercise, word for word. Whether the student has "
            "copied it is for you to say."
        ),
        "static.unread": (
            "Your file is too long or nests too deeply to be looked through for what you may not "
            "use, so a teacher will look at it; if you do not want to wait, make it shorter, and "
            "break the deepest expression into steps."
        ),
        "static.waits": (
            "This is right as far as it can be checked. Its points wait until a teacher has looked "
            "at how it is done."
        ),
        "author.check": (
            "This check is broken: that is not your fault, and you lose nothing by it. Please tell "
            "your teacher that {{check}} is broken."
        ),
        "author.exercise": (
            "This exercise is broken: that is not your fault, and you lose nothing by it. Please "
            "tell your teacher to look at {{field}} in {{file}}."
        ),
        "author.exercise_line": (
            "This exercise is broken: that is not your fault, and you lose nothing by it. Please "
            "tell your teacher to look at line {{line}} of {{file}}."
        ),
        "author.exercise_file": (
            "This exercise is broken: that is not your fault, and you lose nothing by it. Please "
            "tell your teacher to look at {{file}}."
        ),
        "author.missing_check": (
            "This check left no result: that is not your fault, and you lose nothing by it. Please "
            "tell your teacher that {{check}} did not finish."
        ),
        "system.fault": (
            "The grader itself failed ({{type}}): that is not your fault, and you lose nothing by "
            "it. Try again, and tell your teacher if it happens twice."
        ),
        "system.isolation": (
            "Your code was not run, because this machine cannot shut it off far enough: it reaches "
            "the level {{level}}, and {{needed}} is required. `grader doctor` shows what is "
            "missing and how to mend it."
        ),
        "system.library": (
            "This exercise needs {{library}}, which is not installed here: nothing was graded, and "
            "you lose nothing by it. Install it with `pip install '{{package}}'`, then grade again."
        ),
        "system.nursery": (
            "The process for your code could not be started: that is not your fault, and you lose "
            "nothing by it. Try again; `grader doctor` shows what this machine lacks."
        ),
        "system.sealed": (
            "This kit does not hold the right result that this check asked for here, so it cannot "
            "judge it: that is not your fault, and you lose nothing by it. Hand your answer in: "
            "your teacher's grader judges it."
        ),
        "system.windows": (
            "Code is judged on Linux and macOS: that is not your fault, and you lose nothing by "
            "it. On Windows, use the grader inside WSL2."
        ),
    }
)

# English counts the points that could be reached; other languages count those that were, with two
# plural forms.
_SOME = "{{reached}} of {{maximum}} points: a part is right, and the rest is explained below."
_OPEN = "{{reached}} of {{maximum}} points: what you have answered is right, and the rest is open."
_HIDDEN = "{{reached}} of {{maximum}} points: all that is shown is right, hidden checks fail."

SUMMARIES: Catalogue = {
    **sentences(
        {
            "headline.none": "No points yet: begin with the first check that did not pass.",
            "headline.none_question": (
                "No points yet: begin with the first question that is not right."
            ),
            "headline.elsewhere": (
                "None of this can be checked on this device, and nothing is lost: grade it on "
                "another one with `--device`."
            ),
            "headline.unanswered": "Nothing is answered yet: begin with any question you like.",
            "headline.load": (
                "Your file cannot be graded yet: mend what is said below, then all checks can run."
            ),
            "headline.review": (
                "A teacher will look at a part of this before its points are settled."
            ),
            "headline.unreadable": "Your submission could not be read, so nothing was graded.",
            "headline.ungraded": (
                "This could not be graded, through no fault of yours: it does not count as zero."
            ),
            "output.dropped": "{{bytes}} bytes before this are left out",
            "output.left_out": "{{bytes}} bytes are left out here",
            "output.place": "{{file}}, cell {{cell}}, line {{line}}:",
            "hidden.advice": (
                "Your answer fits what is shown, and not all that is asked. Read the task once "
                "more, and try inputs of your own: other sizes, signs and types."
            ),
            "next.mend": ("Begin with “{{check}}”. For a hint: `grader hint {{exercise}}`"),
            "next.mend_alone": "Begin with “{{check}}”, then grade again.",
            "next.load": "Begin with your file itself. For a hint: `grader hint {{exercise}}`",
            "next.load_alone": "Begin with your file itself, then grade again.",
            "next.hidden": "Read the task once more: `grader show {{exercise}}`",
            "next.solved": (
                "Right answers explained: `grader show {{exercise}} --solution`. The next "
                "exercise: `grader show {{next}}`"
            ),
            "next.solved_kit": "The next exercise: `grader show {{next}}`",
            "next.solved_last_kit": (
                "That was the last exercise of the course: `grader list` shows them all."
            ),
            "next.whole": "Now all checks: `grade {{exercise}}`",
            "next.solved_last": (
                "Right answers explained: `grader show {{exercise}} --solution`. That was the last "
                "exercise of the course: `grader list` shows them all."
            ),
        }
    ),
    "headline.all": Template(
        one="All right: {{maximum}} of {{maximum}} point.",
        other="All right: {{maximum}} of {{maximum}} points.",
        count_by="maximum",
    ),
    "headline.partial": Template(
        one="What you asked for is right: {{maximum}} of {{maximum}} point.",
        other="What you asked for is right: {{maximum}} of {{maximum}} points.",
        count_by="maximum",
    ),
    "headline.some": Template(
        one=_SOME,
        other=_SOME,
        count_by="reached",
    ),
    "headline.open": Template(
        one=_OPEN,
        other=_OPEN,
        count_by="reached",
    ),
    "headline.hidden": Template(
        one=_HIDDEN,
        other=_HIDDEN,
        count_by="reached",
    ),
    "headline.incomplete": Template(
        one=(
            "All that can be checked here is right: {{reached}} of {{reachable}} point; "
            "{{elsewhere}} more can be shown on another device."
        ),
        other=(
            "All that can be checked here is right: {{reached}} of {{reachable}} points; "
            "{{elsewhere}} more can be shown on another device."
        ),
        count_by="reached",
    ),
    "next.open": Template(
        one="{{n}} question is still open: “{{check}}”",
        other="{{n}} questions are still open. Go on with “{{check}}”",
    ),
    "hidden.summary": Template(
        one="{{n}} further check that is not displayed; points: {{reached}} of {{maximum}}",
        other="{{n}} further checks that are not displayed; points: {{reached}} of {{maximum}}",
    ),
}

_WORDS: Catalogue = sentences(
    {
        "status.passed": "PASS",
        "status.failed": "FAIL",
        "status.error": "ERROR",
        "status.crash": "CRASH",
        "status.timeout": "TIMEOUT",
        "status.memory": "MEMORY",
        "status.not_run": "NOT RUN",
        "status.needs_review": "REVIEW",
        "status.unanswered": "OPEN",
        "status.other": "OTHER",
        "view.points": "Points: {{reached}} of {{maximum}}",
        "view.points_reachable": (
            "Points: {{reached}} of {{reachable}} that can be reached here ({{maximum}} in all)"
        ),
        "view.hidden": "HIDDEN",
        "view.load": "Your file",
        "view.remark": "By the way:",
        "view.note": "NOTE",
        "view.at_checks": "At the check “{{check}}” ({{points}})",
        "view.at_questions": "At the question “{{check}}” ({{points}})",
        "view.quoted": "“{{title}}”",
        "view.place_line": "This shows in line {{line}} of your file.",
        "view.place_cell": "This shows in cell {{cell}}, line {{line}}.",
        "view.place_file": "This shows in {{file}}, line {{line}}.",
        "view.entry": "entry",
        "view.got": "got",
        "view.expected": "expected",
        "view.same": "The same at {{count}} ({{points}}): {{checks}}",
        "view.perhaps": "It may also explain {{count}} ({{points}}): {{checks}}",
        "view.held_up": "Not run because of it: {{count}} ({{points}}): {{checks}}",
        "view.other_causes": (
            "For other reasons {{count}} ({{points}}); `--all` shows them: {{checks}}"
        ),
        "view.listed": "{{count}} ({{points}}): {{checks}}",
        "view.printed": "Printed meanwhile",
        "view.as_for": "As for “{{check}}”.",
        "view.output": "Printed by your code",
        "view.answer": "The text that was handed in",
        "view.isolation": (
            "Your code was not fully shut off on this machine (level {{level}} of 3, {{name}})."
        ),
        "view.isolation_missing": "Missing: {{missing}}.",
        "view.on_trust": (
            "Only the submission's own process can say how these checks went, so that a cheat may "
            "have forged them ({{points}} points): {{checks}}."
        ),
        "view.simulated": (
            "Simulated: no graphics card took part. Its rules were checked, not its speed."
        ),
        "view.card": "Computed on the graphics card {{card}}.",
        "view.card_memory": (
            "Computed on the graphics card {{card}}, with at most {{megabytes}} MiB of its memory."
        ),
        "view.waiting": "{{waiting}} more wait for a teacher",
        "view.no_text": "No sentence is at hand for the message {{id}}.",
    }
)

VIEW: Catalogue = {
    **_WORDS,
    "view.amount": Template(one="{{amount}} point", other="{{amount}} points", count_by="amount"),
    "view.checks": Template(one="{{n}} check", other="{{n}} checks"),
    "view.questions": Template(one="{{n}} question", other="{{n}} questions"),
    "view.more_checks": Template(one="{{n}} more check", other="{{n}} more checks"),
    "view.more_questions": Template(one="{{n}} more question", other="{{n}} more questions"),
}
