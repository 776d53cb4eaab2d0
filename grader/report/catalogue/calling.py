"""Sentences about a call that did not return, or returned what cannot be graded."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

CALLING: Catalogue = sentences(
    {
        "call.raised": (
            "{{function}} stops in line {{line}} with {{type}}: {{detail}}. Print the values and "
            "shapes that this line works with, just before it, and compare them with what you "
            "expect."
        ),
        "call.raised_nowhere": (
            "{{function}} stops with {{type}}: {{detail}}. Call it yourself with a small example "
            "to see where."
        ),
        "call.raised_unprintable": (
            "{{function}} stops in line {{line}} with {{type}}, an exception whose message cannot "
            "be printed. Check that line, and the `__str__` of your exception."
        ),
        "call.raised_unprintable_nowhere": (
            "{{function}} stops with {{type}}, an exception whose message cannot be printed. Call "
            "it yourself with a small example, and check the `__str__` of your exception."
        ),
        "call.refused": (
            "{{function}} stops in line {{line}} with {{type}}: {{detail}}. Your code cannot open "
            "other files, write large ones, use the network or start programs here: delete what "
            "does so, the task needs none of it."
        ),
        "call.refused_nowhere": (
            "{{function}} stops with {{type}}: {{detail}}. Your code cannot open other files, "
            "write large ones, use the network or start programs here: delete what does so, the "
            "task needs none of it."
        ),
        "call.import": (
            "{{function}} imports {{module}} in line {{line}}, which is not available here. If it "
            "is a file of your own, copy what you need of it into this one: only this file is "
            "graded here. If it is a library, the exercise can be solved without it."
        ),
        "call.import_nowhere": (
            "{{function}} imports {{module}}, which is not available here. If it is a file of your "
            "own, copy what you need of it into this one: only this file is graded here. If it is "
            "a library, the exercise can be solved without it."
        ),
        "call.unimported": (
            "{{function}} uses {{name}} in line {{line}}, but `{{statement}}` is missing. Write it "
            "at the top of your file."
        ),
        "call.undefined": (
            "{{function}} uses {{name}} in line {{line}}, and nothing has this name. Check how it "
            "is spelled, and that it is defined or imported further up."
        ),
        "call.letter": (
            "{{function}} uses {{name}} in line {{line}}, and nothing has this name: in {{found}}, "
            "sign {{position}}, {{letter}}, is a letter of another alphabet ({{code}}) that only "
            "looks like {{latin}}. Type that name anew, everywhere, with a Latin keyboard layout."
        ),
        "call.recursion": (
            "{{function}} calls itself again and again, itself or by way of others, until Python "
            "stops it. Look for that call: the task may need none, and else there must be a case "
            "that ends without it."
        ),
        "call.lost_import": (
            "{{function}} stops in line {{line}}, because {{name}} was to come from {{module}}, "
            "which is not available here. If that is a file of your own, copy what you need of it "
            "into this one: only this file is graded here. If it is a library, the exercise can be "
            "solved without it."
        ),
        "call.lost_import_nowhere": (
            "{{function}} stops, because {{name}} was to come from {{module}}, which is not "
            "available here. If that is a file of your own, copy what you need of it into this "
            "one: only this file is graded here. If it is a library, the exercise can be solved "
            "without it."
        ),
        "call.lost_import_itself": (
            "{{function}} stops in line {{line}}, because {{module}} is not available here. If "
            "that is a file of your own, copy what you need of it into this one: only this file is "
            "graded here. If it is a library, the exercise can be solved without it."
        ),
        "call.lost_import_itself_nowhere": (
            "{{function}} stops, because {{module}} is not available here. If that is a file of "
            "your own, copy what you need of it into this one: only this file is graded here. If "
            "it is a library, the exercise can be solved without it."
        ),
        "call.lost": (
            "{{function}} stops in line {{line}}, because there is no {{name}}: what was to make "
            "it was left out, as is said about your file. Mend that first."
        ),
        "call.lost_nowhere": (
            "{{function}} stops, because there is no {{name}}: what was to make it was left out, "
            "as is said about your file. Mend that first."
        ),
        "call.not_written": (
            "There is code left to write: NotImplementedError is still raised in {{function}}. "
            "Write yours in place of that line, then grade again."
        ),
        "call.blank": (
            "{{function}} cannot go on, because the blank in line {{line}} is not filled in yet. "
            "Write your code in the place of `...`, then grade again."
        ),
        "call.exit": (
            "{{function}} ends the whole program instead of returning a result. Replace the `exit` "
            "by a `return`."
        ),
        "call.input": (
            "{{function}} waits for somebody to type, and nobody is there. Delete the `input()`: "
            "the function gets all it needs as arguments."
        ),
        "call.crash": (
            "Python itself broke down during {{function}} ({{signal}}). Look for calls that never "
            "end or code that reaches past Python, and try the function on a small example."
        ),
        "call.ended": (
            "The program ended during {{function}}, before there was a result. Delete what ends "
            "it, for instance `os._exit`, and use `return`."
        ),
        "call.timeout": (
            "{{function}} was not done after {{seconds}} s of computing, the limit. Look for a "
            "loop that never ends, or for one over single elements that an operation on whole "
            "arrays can replace."
        ),
        "call.waiting": (
            "{{function}} waits instead of computing, and went past its limit of {{seconds}} s. "
            "Delete what makes it wait: a `sleep`, a plot window, a thread or a connection."
        ),
        "call.memory": (
            "{{function}} needs more than the {{megabytes}} MiB of memory allowed. Look for an "
            "array that is much larger than its inputs, or a list that grows without end."
        ),
        "call.scratch_full": (
            "{{function}} writes too much: more than {{megabytes}} MiB of files, or more than "
            "{{files}} of them. Delete what writes them, the task needs no files."
        ),
        "call.malformed": (
            "What came back from {{function}} cannot be understood, so nothing of it counts. Hand "
            "the result back with `return`, and leave the rest of the process alone."
        ),
        "call.too_large": (
            "The result of {{function}} is far too large: {{megabytes}} MiB. Check its shape: "
            "perhaps a small array was repeated along an axis by mistake."
        ),
        "call.too_many_values": (
            "The result of {{function}} holds too many single values or too many levels. Return an "
            "array rather than a long or deeply nested list."
        ),
        "call.foreign": (
            "{{function}} returns a value of type {{type}}, which cannot be graded. Look at what "
            "stands behind `return`, and at the kind of result that the task asks for."
        ),
        "call.endless": (
            "{{function}} yields values without end and was stopped after {{items}}. Check when "
            "the loop around `yield` is meant to finish."
        ),
        "call.callbacks": (
            "{{function}} calls the function it was given more than {{limit}} times. Work out how "
            "many calls the task needs, and look for a loop that goes round too often."
        ),
    }
)
