"""Sentences about statements that were skipped in a file that can be graded all the same.

Each follows its place, one of ``PLACES``.
"""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, Template, sentences

PLACES: Catalogue = sentences(
    {
        "place.line": "Line {{line}}: {{rest}}",
        "place.cell": "Cell {{cell}}, line {{line}}: {{rest}}",
        "place.file": "{{file}}, line {{line}}: {{rest}}",
        "place.entry": "In `{{in}}`: {{rest}}",
    }
)

NOTING: Catalogue = {
    **sentences(
        {
            "note.import": (
                "{{module}} is not available here. Your answer was graded without this import."
            ),
            "note.written": (
                "{{module}} stands in code cell {{cell}}, which only writes a file and runs "
                "nothing. Delete the first line of that cell, the one with `%%`, and this import."
            ),
            "note.raised": (
                "this was left out, because it stops with {{type}}: {{detail}}. The rest of your "
                "file was graded."
            ),
            "note.raised_unprintable": (
                "this was left out, because it stops with {{type}}, an exception whose message "
                "cannot be printed. The rest of your file was graded."
            ),
            "note.refused": (
                "this was left out, because it stops with {{type}}: {{detail}}. Your code cannot "
                "open other files, write large ones, use the network or start programs here; the "
                "rest of your file was graded."
            ),
            "note.exit": (
                "this ends the program. What stands below it was run and graded all the same."
            ),
            "note.input": (
                "this was left out, because it waits for somebody to type, and nobody is there. "
                "The rest of your file was graded."
            ),
            "note.order": (
                "this was left out, because {{name}} is defined only further down. Move that up; "
                "the cells of a notebook, too, are run from top to bottom."
            ),
            "note.order_made_cell": (
                "this was left out, because {{name}} is made only in cell {{made_cell}}, which "
                "runs after it. Move one of the two: cells are run from top to bottom."
            ),
            "note.order_made_line": (
                "this was left out, because {{name}} is made only in line {{made_line}}, further "
                "down. Move one of the two: lines are run from top to bottom."
            ),
            "note.memory": (
                "this was left out, because it takes more than the {{megabytes}} MiB of memory "
                "allowed. The rest of your file was graded."
            ),
            "note.late": (
                "this was stopped, because loading your file took longer than the {{seconds}} s "
                "allowed. The rest of it was graded; move what only tries something out below "
                '`if __name__ == "__main__":`.'
            ),
            "note.syntax": (
                "Python cannot make sense of this: {{detail}}. It was left out, and the rest of "
                "your file was graded."
            ),
            "note.newer": (
                "this needs Python {{needed}} or newer, and you are graded with Python {{python}}. "
                "It was left out, and the rest of your file was graded."
            ),
            "note.notebook": (
                "only a notebook takes this, Python itself refuses the file: {{detail}}. It was "
                "graded as a notebook would be."
            ),
            "note.helper_name": (
                "{{file}} has the name of a module that is here already, so yours was not used. "
                "Give it another name, and import it by that."
            ),
            "note.helper_unread": (
                "{{file}}, which you handed in with your answer, cannot be read, so it was not "
                "used. Save it as plain text in UTF-8, at most 1 MiB."
            ),
            "note.blank": (
                "this blank is not filled in yet. Write your code in the place of `...`, then "
                "grade again."
            ),
            "note.given_changed": (
                "in the given code this line is `{{given}}`. Yours was graded as it is; change "
                "only what the task asks for."
            ),
            "note.given_lost": (
                "The given code has the line `{{given}}`, and yours has not. It was graded as it "
                "is; change only what the task asks for."
            ),
        }
    ),
    "note.given_more": Template(
        one=(
            "{{n}} further line of the given code is changed or missing. Look at your file beside "
            "the one that you began from."
        ),
        other=(
            "{{n}} further lines of the given code are changed or missing. Look at your file "
            "beside the one that you began from."
        ),
    ),
    "note.more": Template(
        one="{{n}} further line was left out as well. Mend the first ones, and look again.",
        other="{{n}} further lines were left out as well. Mend the first ones, and look again.",
    ),
}
