"""Sentences about a wrong result."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, Template, sentences

COMPARING: Catalogue = {
    **sentences(
        {
            "compare.none": (
                "The result is `None`. Perhaps `return` is missing, or stands in a branch that was "
                "not taken."
            ),
            "compare.type": (
                "The result is of type {{got}}, where {{wanted}} is expected. Look at what "
                "stands behind `return`."
            ),
            "kind.number": "a number",
            "kind.array": "a NumPy array",
            "kind.tensor": "a tensor",
            "kind.dict": "a dictionary (`dict`)",
            "kind.list": "a list",
            "kind.tuple": "a tuple",
            "axis.row": "row {{i}}",
            "axis.column": "column {{i}}",
            "axis.sample": "sample {{i}}",
            "axis.class": "class {{i}}",
            "compare.blank": (
                "`...` stands in place of a number or an array: a blank is not filled in yet. "
                "Write your code there, then grade again."
            ),
            "compare.foreign": (
                "The result is of type {{type}}, which cannot be compared with numbers. Look at "
                "what stands behind `return`: a number or an array is needed."
            ),
            "compare.keys": (
                "Missing from the result: {{missing}}. Check that you set each of these keys, "
                "spelt exactly like this."
            ),
            "compare.length": (
                "The result has the length {{got}}, where {{expected}} is expected. Check what is "
                "added to it, and how many times the loop runs."
            ),
            "compare.shape": (
                "The result has the shape {{got}}, where {{expected}} is expected. Write the shape "
                "of each intermediate value beside its line and find the first that surprises you."
            ),
            "compare.device": (
                "The result lies on {{got}}, where {{expected}} is expected. Create new tensors on "
                "the device of the input, and move nothing elsewhere."
            ),
            "compare.nan_value": (
                "The result is NaN, not a number. Look for 0/0, ∞ − ∞, or the logarithm or root of "
                "a negative number."
            ),
            "compare.inf_value": (
                "The result is infinite. Look for a division by 0, the logarithm of 0, or the "
                "exponential of a large number."
            ),
            "compare.values": (
                "The value at {{where}} is {{got}}, but {{expected}} is expected. It is the worst "
                "one: its error is {{error}}, and {{allowed}} would be allowed. Work out this one "
                "entry by hand and compare step by step."
            ),
            "compare.value": (
                "The result is {{got}}, but {{expected}} is expected. The error is {{error}}, and "
                "{{allowed}} would be allowed. Work out a small example by hand and compare step "
                "by step."
            ),
            "compare.values_in": (
                "`{{entry}}` is {{got}}, but {{expected}} is expected. It is the worst one: its "
                "error is {{error}}, and {{allowed}} would be allowed. Work out this one entry by "
                "hand and compare step by step."
            ),
            "compare.value_in": (
                "`{{entry}}` is {{got}}, but {{expected}} is expected. The error is {{error}}, and "
                "{{allowed}} would be allowed. Work out a small example by hand and compare step "
                "by step."
            ),
            "compare.values_unshown": (
                "The value at {{where}} is {{got}}, and that is not right. It is the worst one. "
                "Work out a small example by hand and compare step by step."
            ),
            "compare.value_unshown": (
                "The result is {{got}}, and that is not right. Work out a small example by hand "
                "and compare step by step."
            ),
            "compare.values_unshown_in": (
                "`{{entry}}` is {{got}}, and that is not right. It is the worst one. Work out a "
                "small example by hand and compare step by step."
            ),
            "compare.value_unshown_in": (
                "`{{entry}}` is {{got}}, and that is not right. Work out a small example by hand "
                "and compare step by step."
            ),
            "compare.row": (
                "Row {{row}} of the result, counted from 0, is not accurate enough as a whole. Its "
                "error is {{error}}, and {{allowed}} would be allowed: look for a step that rounds "
                "or loses digits."
            ),
            "compare.dtype": (
                "The result has the dtype {{got}}, where {{expected}} is expected. Print the dtype "
                "after each step and find where it changes."
            ),
            "compare.precision": (
                "The result has the dtype {{dtype}}, which holds too few digits here: the values "
                "are right only as far as it goes. Compute in float32 or float64, and return that."
            ),
            "compare.constant": (
                "Nothing is computed from the arguments: others give the same result, or an empty "
                "one. Look at what stands behind `return`."
            ),
            "compare.modified": (
                "Your function changes its argument number {{argument}}, which the caller still "
                "needs. Compute in a new array: `x = x - m` makes one, `x -= m` overwrites."
            ),
            "compare.entry": "This is about the entry {{path}} of the result.",
            "check.failed": (
                "The result does not have the property that this check is named after. Read the "
                "task once more with this in mind, and try a small example by hand."
            ),
            "check.unexpected_value": (
                "Your result has a form that this check cannot judge, so a teacher will look at "
                "it. If you do not want to wait, compare its type and shape with the task."
            ),
            "where.code": "    {{code}}\n    {{mark}}",
            "where.file": (
                "The line is counted within {{file}}, which you handed in with your answer."
            ),
            "where.cell": "The line is counted within code cell {{cell}} of the notebook.",
        }
    ),
    "compare.nan": Template(
        one=(
            "{{count}} value of the result is NaN, not a number: the one at {{where}}. Look for "
            "0/0, ∞ − ∞, or the logarithm or root of a negative number."
        ),
        other=(
            "{{count}} values of the result are NaN, not numbers, the first at {{where}}. Look for "
            "0/0, ∞ − ∞, or the logarithm or root of a negative number."
        ),
        count_by="count",
    ),
    "compare.inf": Template(
        one=(
            "{{count}} value of the result is infinite: the one at {{where}}. Look for a division "
            "by 0, the logarithm of 0, or the exponential of a large number."
        ),
        other=(
            "{{count}} values of the result are infinite, the first at {{where}}. Look for a "
            "division by 0, the logarithm of 0, or the exponential of a large number."
        ),
        count_by="count",
    ),
}
