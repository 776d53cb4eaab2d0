"""Sentences about a file that cannot be read, or not be loaded."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

READING: Catalogue = sentences(
    {
        "read.missing": (
            "There is no file {{file}}. Check its name and folder, and give the path once more."
        ),
        "read.folder": (
            "{{file}} is a folder, not a file. Give the path of the file with your answer."
        ),
        "read.special": (
            "{{file}} is not an ordinary file. Save your answer as a file of its own and hand in "
            "that one."
        ),
        "read.empty": (
            "{{file}} is empty. Perhaps your editor has not saved it yet: save it and try again."
        ),
        "read.encoding": (
            "Line {{line}} of {{file}} cannot be read: the byte {{byte}} does not belong to the "
            "encoding of the file. Save it as UTF-8; a Python file may also declare another "
            "encoding in its first line."
        ),
        "read.encoding_unknown": (
            "{{file}} declares the encoding {{encoding}}, which is not known here. Save the file "
            "as UTF-8 and delete the declaration from its first lines."
        ),
        "read.null": (
            "{{file}} holds null bytes, so it is not a plain text file. Open it in your editor and "
            "save it as text in UTF-8."
        ),
        "read.control": (
            "Line {{line}} of {{file}} holds a control character, {{sign}}, which no editor shows. "
            "Delete it and save the file again; inside quotation marks write it as `{{sign}}`."
        ),
        "read.control_cell": (
            "Line {{line}} of code cell {{cell}} of {{file}} holds a control character, {{sign}}, "
            "which no editor shows. Delete it and save the notebook again; inside quotation marks "
            "write it as `{{sign}}`."
        ),
        "read.permission": (
            "You are not allowed to read {{file}}. Give yourself the right to read it, or copy it "
            "into a folder of your own."
        ),
        "read.failed": (
            "{{file}} could not be read: the system reports {{code}}. Copy it to another folder or "
            "disk and try again."
        ),
        "read.too_large": (
            "{{file}} is too large: it has {{megabytes}} MiB, and at most {{limit}} MiB are read. "
            "Clear printed outputs and stored data, and keep only your answer."
        ),
        "read.suffix": (
            "{{file}} is not the kind of file that this exercise asks for: {{expected}}. Check "
            "that you handed in the right file."
        ),
        "read.notebook_broken": (
            "{{file}} is not a readable notebook. Open it in Jupyter and save it again, or hand in "
            "a .py file instead."
        ),
        "read.notebook_heavy": (
            "The notebook {{file}} holds too much to be read. Clear all outputs in Jupyter, save "
            "it and hand it in again."
        ),
        "read.too_long": (
            "The code in {{file}} is too long: it has {{lines}} lines, and at most {{limit}} are "
            "read. Keep only your answer."
        ),
        "read.notebook_no_code": (
            "The notebook {{file}} has no code cell with Python in it. Put your functions into a "
            "code cell, not a Markdown cell, and save the notebook."
        ),
        "read.no_marked_cell": (
            "No cell of the notebook {{file}} holds answers to these questions. Begin the cell "
            "with your answers with a line `{{mark}}` and the exercise, and save the notebook."
        ),
        "read.notebook_language": (
            "The notebook {{file}} is written in {{language}}, and this exercise asks for Python. "
            "Choose a Python kernel in Jupyter, write your answer there and save the notebook."
        ),
        "read.yaml": (
            "The answer file {{file}} cannot be understood at line {{line}}. Look at that line and "
            "the one before it: often the space after a colon is missing, or a quotation mark or "
            "bracket is left open."
        ),
        "read.yaml_alias": (
            "In line {{line}} of the answer file, an answer begins with a sign that means "
            "something else to YAML (`&`, `*` or `!`). Put the answer between quotation marks."
        ),
        "read.yaml_not_mapping": (
            "The answer file {{file}} does not say which answer belongs to which question. Begin "
            "each answer with the name of its question, a colon and a space."
        ),
    }
)

LOADING: Catalogue = sentences(
    {
        "load.syntax": (
            "Python cannot make sense of line {{line}}: {{detail}}. Look at that line and the one "
            "before it: often a bracket, a quotation mark or a colon is missing."
        ),
        "load.newer": (
            "Line {{line}} needs Python {{needed}} or newer, and you are graded with Python "
            "{{python}}. Write it in the way of the older one, and look through the rest of your "
            "file for the like."
        ),
        "load.syntax_nowhere": (
            "Python cannot make sense of your file: {{detail}}. Run the file yourself and look at "
            "the place that Python shows."
        ),
        "load.indentation": (
            "The indentation of line {{line}} does not fit the lines around it: {{detail}}. Use "
            "four spaces for each level, and never a mix of tabs and spaces."
        ),
        "load.indentation_nowhere": (
            "The indentation of your file does not fit together: {{detail}}. Use four spaces for "
            "each level, and never a mix of tabs and spaces."
        ),
        "load.import": (
            "Line {{line}} imports {{module}}, which is not available here. The exercise can be "
            "solved without it, and plots are not graded: delete the import, or move it and what "
            'uses it below `if __name__ == "__main__":`.'
        ),
        "load.import_nowhere": (
            "Your file imports {{module}}, which is not available here. The exercise can be solved "
            "without it, and plots are not graded: delete the import, or move it and what uses it "
            'below `if __name__ == "__main__":`.'
        ),
        "load.raised": (
            "Your file stops in line {{line}}, before any function can be called: "
            "{{type}}: {{detail}}. If that line only tries something out, move it below "
            '`if __name__ == "__main__":`; else check what its names hold.'
        ),
        "load.raised_nowhere": (
            "Your file stops before any function can be called: {{type}}: {{detail}}. Run the file "
            "yourself to see where."
        ),
        "load.raised_unprintable": (
            "Your file stops in line {{line}} with {{type}}, an exception whose message cannot be "
            "printed. Check that line, and the `__str__` of your exception."
        ),
        "load.raised_unprintable_nowhere": (
            "Your file stops with {{type}}, an exception whose message cannot be printed. Run the "
            "file yourself to see where, and check the `__str__` of your exception."
        ),
        "load.refused": (
            "Your file stops in line {{line}} with {{type}}: {{detail}}. Your code cannot open "
            "other files, write large ones, use the network or start programs here: delete that "
            'line, or move it below `if __name__ == "__main__":`.'
        ),
        "load.refused_nowhere": (
            "Your file stops with {{type}}: {{detail}}. Your code cannot open other files, write "
            "large ones, use the network or start programs here: delete what does so, or move it "
            'below `if __name__ == "__main__":`.'
        ),
        "load.exit": (
            "Line {{line}} ends the program while your file is being loaded. Delete that `exit`: "
            "the file must run to its end so that its functions can be called."
        ),
        "load.exit_nowhere": (
            "Your file ends the program while it is being loaded. Delete that `exit`: the file "
            "must run to its end so that its functions can be called."
        ),
        "load.input": (
            "Line {{line}} waits for somebody to type, and nobody is there. Delete that `input()`: "
            "your functions get all they need as arguments."
        ),
        "load.input_nowhere": (
            "Your file waits for somebody to type, and nobody is there. Delete the `input()`: your "
            "functions get all they need as arguments."
        ),
        "load.timeout": (
            "Loading your file took longer than the {{seconds}} s allowed. A file should only "
            "define functions: look for an endless loop outside them, and move your own tests "
            'below `if __name__ == "__main__":`.'
        ),
        "load.memory": (
            "Loading your file took more than the {{megabytes}} MiB of memory allowed. Look "
            "outside your functions for a huge array or a list that grows without end."
        ),
        "load.scratch_full": (
            "Loading your file writes too much: more than {{megabytes}} MiB of files, or more than "
            "{{files}} of them. Delete what writes them, the task needs no files."
        ),
        "load.crash": (
            "Python itself broke down while loading your file ({{signal}}). Look outside your "
            "functions for calls that never end or code that reaches past Python."
        ),
        "load.ended": (
            "The program ended while your file was being loaded. Delete what ends it, for instance "
            "`os._exit`: the file must run to its end."
        ),
        "load.malformed": (
            "What came back while your file was being loaded cannot be understood, so nothing of "
            "it counts. Your file should only define functions and leave the rest of the process "
            "alone."
        ),
        "load.lost": (
            "There is no {{name}}: what was to make it was left out, as is said next. Mend that "
            "first."
        ),
        "load.missing": (
            "Your file does not define {{name}}. Define `{{signature}}` under exactly this name, "
            "at the outermost level of the file."
        ),
        "load.missing_near": (
            "Your file does not define {{name}}, but it defines {{found}}. If that is the one, "
            "rename it: `{{signature}}` is asked for, letter by letter."
        ),
        "load.letter": (
            "Your file does not define {{name}}: in {{found}}, sign {{position}}, {{letter}}, is "
            "a letter of another alphabet ({{code}}) that only looks like {{latin}}. Type the name "
            "anew with a Latin keyboard layout."
        ),
        "load.written": (
            "{{name}} stands in code cell {{cell}}, which only writes the file {{file}} and runs "
            "nothing. Delete the first line of that cell, the one with `%%`, so that it is run."
        ),
        "load.not_callable": (
            "{{name}} cannot be called: in your file it is a value of type {{type}}. Perhaps a "
            "later line reuses the name: give that variable another one."
        ),
        "load.class": (
            "{{name}} is a class in your file, and a function is asked for. Write `{{signature}}` "
            "with `def`, and let it return the result."
        ),
        "load.function": (
            "{{name}} is a function in your file, and a class is asked for. Write it as "
            "`class {{name}}:`, with an `__init__` that takes what stands in `{{signature}}`."
        ),
        "load.signature": (
            "{{name}} takes other arguments than asked for: yours is `{{got}}`, asked for is "
            "`{{signature}}`. Use these parameters in this order; any further one needs a default "
            "value."
        ),
    }
)
