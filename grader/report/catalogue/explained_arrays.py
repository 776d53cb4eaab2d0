"""Sentences about exceptions around arrays, by the messages of NumPy and torch.

Each follows its place, one of ``STOPS`` or ``PLACES``, so it begins in lower case.
"""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

EXPLAINED_ARRAYS: Catalogue = sentences(
    {
        "raised.shapes": (
            "the shapes {{one}} and {{other}} do not go together. Counted from the right, each "
            "two sizes must be equal, or one of them 1: print both shapes just before this line."
        ),
        "raised.sizes": (
            "the sizes {{one}} and {{other}} meet on axis {{axis}} and do not go together: they "
            "must be equal, or one of them 1. Print both shapes just before this line."
        ),
        "raised.output_shape": (
            "a result of shape {{other}} is to be written into an array of shape {{one}}, which "
            "cannot grow. Make a new array: `x = x + m` rather than `x += m`."
        ),
        "raised.assigned_shape": (
            "values of shape {{one}} are to be written into a place of shape {{other}}. Print "
            "both shapes just before this line, and look which of them is not what you meant."
        ),
        "raised.matmul": (
            "the shapes {{one}} and {{other}} cannot be multiplied as matrices: the last size of "
            "the first must be the last but one of the second. Ask which of the two is to be "
            "transposed, or in which order they stand."
        ),
        "raised.matmul_sizes": (
            "two matrices cannot be multiplied: the last size of the first is {{one}}, and that "
            "of the second which must equal it is {{other}}. Print both shapes, and ask which of "
            "the two is to be transposed."
        ),
        "raised.matmul_scalar": (
            "`@` multiplies arrays, and one of the two is a single number. Use `*` for that one, "
            "or look where the number comes from."
        ),
        "raised.index": (
            "the index {{index}} is outside: axis {{axis}} has the size {{size}}, so the last "
            "index is {{last}}. Print the index and the shape just before this line."
        ),
        "raised.index_outside": (
            "an index is larger than what is there allows. Print the largest index and the shape "
            "just before this line; indices begin at 0."
        ),
        "raised.too_many_indices": (
            "more indices stand in the brackets than the array has axes (`ndim`): {{dims}}. Print "
            "its shape just before this line; a single sample has one axis less than a batch."
        ),
        "raised.index_type": (
            "indices must be whole numbers, or `True` and `False`, and these are something "
            "else. Print their `dtype` just before this line; if they are meant as indices, "
            "convert them with `astype(int)`."
        ),
        "raised.list_index": (
            "a list takes whole numbers and slices as indices, not a value of type {{kind}}. Make "
            "an array of it for more: `np.array`."
        ),
        "raised.mask": (
            "the array of `True` and `False` does not fit: it has the size {{other}} on axis "
            "{{axis}}, and the array that it selects from {{size}}. Print both shapes just before "
            "this line."
        ),
        "raised.index_shapes": (
            "the arrays used as indices do not go together: {{shapes}}. They must have one shape, "
            "since they are read pair by pair: print both just before this line."
        ),
        "raised.one_number": (
            "a single number is needed here, and this is an array of several. Use an operation on "
            "whole arrays (`np.exp` rather than `math.exp`), or take one entry."
        ),
        "raised.scalar_index": (
            "this is a single number and has no entries that an index could take. Print it just "
            "before this line: perhaps a sum or maximum has taken away all axes."
        ),
        "raised.axis": (
            "there is no axis {{axis}}, since the array has the dimension {{dims}} (`ndim`). Axes "
            "count from 0; counted from the end, -1 is the last one."
        ),
        "raised.axis_range": (
            "there is no axis {{axis}}, since axes go here from {{first}} to {{last}}. Counted "
            "from the end, -1 is the last one."
        ),
        "raised.truth": (
            "`if`, `and`, `or` and `not` need one truth value, and a whole array has many. Choose "
            "entry by entry with `np.where` or a mask, or say `.any()` or `.all()`."
        ),
        "raised.ragged": (
            "several values are to go where one number belongs, or rows of different lengths are "
            "to become one array. Print the shapes of what is put together just before this line."
        ),
        "raised.object_dtype": (
            "`np.{{name}}` meets an array of dtype object, which holds Python values rather than "
            "numbers. Print the `dtype`: such an array comes of rows of different lengths, of "
            "`None`, or of `dtype=object`."
        ),
        "raised.ufunc_types": (
            "`np.{{name}}` cannot calculate with what it is given. Print the type and the `dtype` "
            "just before this line: it must be numbers."
        ),
        "raised.in_place_cast": (
            "a result of type {{source}} is to be written into an array of type {{target}}, where "
            "it has no room. Make a new array: `x = x / n` rather than `x /= n`, or convert it to "
            "floats first."
        ),
        "raised.shape_argument": (
            "a shape is one argument: several sizes stand in parentheses of their own. Write "
            "`np.zeros((3, 4))` rather than `np.zeros(3, 4)`."
        ),
        "raised.joined_shapes": (
            "arrays whose shapes do not fit are to be joined. They must be equal on all axes but "
            "the one along which they are joined, and for `stack` on all: print the shapes just "
            "before this line."
        ),
        "raised.reshape": (
            "{{size}} entries cannot be laid out in the shape {{shape}}, which holds another "
            "number of them. Multiply its sizes, or let one be -1, which NumPy and torch then "
            "work out."
        ),
        "raised.read_only": (
            "this array must not be changed. Copy it first, with `.copy()`, and write into the "
            "copy."
        ),
        "raised.removed": (
            "`{{name}}` is gone from the NumPy that you are graded with. Use the name that stands "
            "in its place today, for instance `float` or `np.float64`."
        ),
    }
)
