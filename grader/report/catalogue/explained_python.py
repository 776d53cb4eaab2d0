"""Sentences about exceptions of Python itself, by their messages.

Each follows its place, one of ``STOPS`` or ``PLACES``, so it begins in lower case.
"""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

EXPLAINED_PYTHON: Catalogue = sentences(
    {
        "raised.unimported": (
            "`{{name}}` is used, but `{{statement}}` is missing. Write it at the top of your file."
        ),
        "raised.near_name": (
            "nothing is called `{{name}}`, but there is `{{near}}`. If you mean that, correct the "
            "spelling."
        ),
        "raised.no_name": (
            "nothing is called `{{name}}`. Check how it is spelled, and that it is defined or "
            "imported before this line runs."
        ),
        "raised.unbound": (
            "`{{name}}` has no value yet at this place. It gets one in this function, but not on "
            "the way that led here: set it before, in every case, or use another name."
        ),
        "raised.import_name": (
            "{{module}} has nothing called `{{name}}`, at least not in the version that you are "
            "graded with. Check the spelling, and where the documentation says it is imported "
            "from."
        ),
        "raised.library": (
            "what this line asks of a library needs the module {{module}}, which is not available "
            "here. The exercise can be solved without it: look for a simpler call."
        ),
        "raised.list_range": (
            "the index goes past the end of a {{kind}}. The last one is its length minus 1: print "
            "both just before this line."
        ),
        "raised.key": (
            "the dictionary has no key `{{key}}`. Print its keys just before this line, and "
            "compare them letter by letter."
        ),
        "raised.none_operand": (
            "`{{sign}}` is to work with `None`, which is no value to calculate with. Often a "
            "function lacks its `return`: look where this value comes from."
        ),
        "raised.operands": (
            "`{{sign}}` does not work with a value of type {{left}} and one of type {{right}}. "
            "Print both just before this line, and convert the one that surprises you."
        ),
        "raised.operand": (
            "`{{sign}}` does not work with a value of type {{kind}}. Print it just before this "
            "line, and look where it comes from."
        ),
        "raised.operands_nowhere": (
            "`{{sign}}` does not work with a value of type {{left}} and one of type {{right}}. "
            "Look in the task which operations your class is to know, and by which method Python "
            "asks for this one."
        ),
        "raised.operand_nowhere": (
            "`{{sign}}` does not work with a value of type {{kind}}. Look in the task which "
            "operations are asked for, and by which method Python asks for this one."
        ),
        "raised.sequence": (
            "a list or a text is joined and repeated by `+` and `*`, not calculated with. Make an "
            "array of it first, for instance by `np.array`."
        ),
        "raised.not_callable": (
            "a value of type {{kind}} is called like a function. Perhaps a sign is missing before "
            "the parenthesis, or a variable has taken the name of a function."
        ),
        "raised.none_subscript": (
            "`None` has no entries that an index could take. Often a function lacks its `return`: "
            "look where this value comes from."
        ),
        "raised.not_subscriptable": (
            "a value of type {{kind}} has no entries that an index could take. Print it just "
            "before this line: perhaps it is a single number, or parentheses are meant."
        ),
        "raised.not_iterable": (
            "a value of type {{kind}} cannot be gone through or unpacked. Print it just before "
            "this line: perhaps a `range` is missing, or the function returns something else."
        ),
        "raised.no_assignment": (
            "no entry of a value of type {{kind}} can be replaced. Make an array or a list first, "
            "and write into that."
        ),
        "raised.too_many_arguments": (
            "`{{name}}` is given more arguments than it takes: {{given}} rather than {{takes}}. "
            "In a method, `self` counts as one."
        ),
        "raised.missing_argument": (
            "`{{name}}` is called without what it needs: {{missing}}. Add that to the call, or "
            "give the parameter a default value."
        ),
        "raised.keyword": (
            "`{{name}}` has no parameter called `{{keyword}}`. NumPy says `axis` and `keepdims` "
            "where torch says `dim` and `keepdim`; else check the spelling."
        ),
        "raised.twice": (
            "`{{name}}` gets its argument `{{keyword}}` twice: by its place and by its name. "
            "Leave one of them out."
        ),
        "raised.integer": (
            "a whole number is needed here, and this is of type {{kind}}. Divide by `//`, or "
            "convert with `int`."
        ),
        "raised.no_len": (
            "a single value has no length: `len` needs an array with at least one axis, or a "
            "list. Print it just before this line, and look where it comes from."
        ),
        "raised.none_attribute": (
            "`.{{name}}` is asked of `None`. Often a function lacks its `return`, or a value such "
            "as `.grad` has not been computed yet: look where this one comes from."
        ),
        "raised.not_an_array": (
            "a value of type {{kind}} has no `.{{name}}`: arrays have it. Make an array of it "
            "first, for instance by `np.asarray`."
        ),
        "raised.attribute_near": (
            "{{owner}} has no `{{name}}`, but it has `{{near}}`. If you mean that, correct the "
            "spelling."
        ),
        "raised.attribute": (
            "{{owner}} has no `{{name}}`. Check the spelling, and whether this is the value that "
            "you think it is."
        ),
        "raised.text": (
            "`{{text}}` cannot be read as a number. Look where this text comes from, and take the "
            "number out of it first."
        ),
        "raised.unpack_few": (
            "too few values are there for the names left of the `=`: {{got}} instead of "
            "{{expected}}. Print what is unpacked, or its shape."
        ),
        "raised.unpack_many": (
            "more values are there than names left of the `=`, of which there are {{expected}}. "
            "Print what is unpacked, or its shape."
        ),
        "raised.zero_division": (
            "a number is divided by 0. Print the divisor just before this line, and ask for which "
            "inputs it is 0."
        ),
        "raised.overflow": (
            "a number gets too large for its type. Ask how large the intermediate values get, "
            "above all in an exponential or a power."
        ),
        "raised.domain": (
            "a function of `math` is not defined for this number, as is the logarithm or the root "
            "of a negative one. Print the number just before this line."
        ),
        "raised.empty": (
            "nothing is there of which the largest or smallest could be taken: it is empty. Print "
            "its length or shape just before this line."
        ),
        "raised.stop": (
            "`next` asks for one value more than there is. Count how often it is called, or use a "
            "`for` loop."
        ),
        "raised.assertion": (
            "an `assert` of your own does not hold. Print what it compares just before this line: "
            "either the value or your expectation is wrong."
        ),
        "raised.own": (
            "a `raise` of your own ends it here. Ask whether the condition before it is right: "
            "the task may want a result for these inputs too."
        ),
        "raised.changed": (
            "a dictionary or set changes while it is being gone through. Go through a copy of it, "
            "for instance `list(d)`."
        ),
    }
)
