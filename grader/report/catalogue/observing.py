"""Facts that the judge itself observes about wrong results, in any exercise."""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, Template, sentences

OBSERVED: Catalogue = {
    **sentences(
        {
            "observation.zeros": (
                "Every value of your result is 0. Check whether what you compute is ever stored in"
                " what you return."
            ),
            "observation.argument": (
                "Your result equals an argument of the call, as it was given. Check what stands "
                "behind `return`, and whether your computation ends up there."
            ),
            "observation.same": (
                "Your result holds one and the same number everywhere, where the right values "
                "differ. Check whether each entry is computed from its own input."
            ),
            "observation.truncated": (
                "Your values are the right ones without what stands behind the decimal point. Look"
                " for `//`, for `int(…)`, or for an integer array that results are written into."
            ),
            "observation.whole": (
                "Your values are the right ones, rounded to whole numbers. Look for a place where "
                "they are rounded, or become integers."
            ),
            "observation.float16": (
                "Your values are right to the three digits or so that float16 holds. Look for a "
                "dtype that is too coarse on the way to the result."
            ),
            "observation.absolute": (
                "Your values are right but for the sign: those that should be negative are "
                "positive. Look for an absolute value, or a square under a root."
            ),
            "observation.exp": (
                "Each of your values is the exponential of the right one. Look for an `exp` too "
                "many, or a logarithm that is missing."
            ),
            "observation.log": (
                "Each of your values is the logarithm of the right one. Look for a `log` too many,"
                " or an exponential that is missing."
            ),
            "observation.square": (
                "Each of your values is the square of the right one. Look for a square too many, "
                "or a root that is missing."
            ),
            "observation.root": (
                "Each of your values is the square root of the right one. Look for a root too "
                "many, or a square that is missing."
            ),
            "observation.reciprocal": (
                "Each of your values is 1 divided by the right one. Check which number is divided "
                "by which."
            ),
            "observation.one_minus": (
                "Each of your values is 1 minus the right one. Check which of the two parts of 1 "
                "is asked for."
            ),
            "observation.clipped_above": (
                "Where a value should be greater than {{c}}, yours is {{c}}; all others are right."
                " Look for a bound, in `clip` or `minimum` for instance."
            ),
            "observation.clipped_below": (
                "Where a value should be less than {{c}}, yours is {{c}}; all others are right. "
                "Look for a bound, in `clip` or `maximum` for instance."
            ),
            "observation.factor_k": (
                "Your values are K times too large, where K is the number of columns of the batch."
                " Look for a sum over the columns, or a division by their number that is missing."
            ),
            "observation.over_k": (
                "Your values are K times too small, where K is the number of columns of the batch."
                " Look for a mean, or a division, that also counts the columns."
            ),
            "observation.added": (
                "Each of your values differs from the right one by the same number, {{c}}. Look "
                "for a term that is missing, or one too many."
            ),
            "observation.proportional": (
                "Within each row the values stand in the right proportion to each other, and only "
                "the factor of the whole row is wrong. Check what a row is divided by, or "
                "multiplied with."
            ),
            "observation.shape_only": (
                "The numbers are right, and only the shape is not. Look for an axis that is kept "
                "or lost, or for a `reshape`."
            ),
            "observation.mean_missing": (
                "You return several values, and their mean is the right number. Compare with what "
                "the task asks for: one number for the whole batch."
            ),
            "observation.sum_missing": (
                "You return several values, and their sum is the right number. Compare with what "
                "the task asks for: one number."
            ),
            "observation.mean_of_all": (
                "You return a single number, the mean of the values that are asked for. Look for a"
                " mean too many, or one without `axis`."
            ),
            "observation.sum_of_all": (
                "You return a single number, the sum of the values that are asked for. Look for a "
                "sum too many, or one without `axis`."
            ),
            "observation.other_axis": (
                "Your values are taken along the other axis: rows where columns are meant, or the "
                "reverse. Check which axis disappears with the `axis` that you name."
            ),
            "observation.reversed": (
                "Your values are right, but in reverse order. Check in which direction you go "
                "through them."
            ),
            "observation.cumulative": (
                "Each of your values is the sum of the right ones up to its place. Check where the"
                " variable that collects them starts again from 0."
            ),
            "observation.parts": ("This is so for {{names}}; the rest of the result is right."),
            "observation.late": (
                "Your values are right, but each stands one place (or one row) too late. Check "
                "where your index begins, and whether it is one too large."
            ),
            "observation.early": (
                "Your values are right, but each stands one place (or one row) too early. Check "
                "where your index begins, and whether it is one too small."
            ),
            "observation.rows_reordered": (
                "Your rows are right, but they stand in another order. Check by which index each "
                "row is read, and where it is stored."
            ),
            "observation.reordered": (
                "Your result holds the right numbers, but in another order. Check by which index "
                "each is read, and where it is stored."
            ),
            "observation.but_last": (
                "All is right but the last entry (or the last row). Check how it differs from the "
                "others: does your loop, or your slice, reach it?"
            ),
            "observation.but_first": (
                "All is right but the first entry (or the first row). Check how it differs from "
                "the others: does your loop, or your slice, begin with it?"
            ),
            "observation.first_only": (
                "Only the first entry (or the first row) is right, all the others are wrong. Check"
                " what your code does differently from the second one on."
            ),
            "observation.where_positive": (
                "Your values are right where the input is positive, and wrong where it is "
                "negative. Follow one negative value by hand."
            ),
            "observation.where_negative": (
                "Your values are right where the input is negative, and wrong where it is "
                "positive. Follow one positive value by hand."
            ),
        }
    ),
    "observation.rounded": Template(
        one=(
            "Your values are the right ones, rounded to {{n}} decimal. Look for a place where they"
            " are rounded."
        ),
        other=(
            "Your values are the right ones, rounded to {{n}} decimals. Look for a place where "
            "they are rounded."
        ),
        count_by="n",
    ),
}
