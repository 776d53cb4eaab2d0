"""Messages about arrays: NumPy's, and torch's that mean the same."""

from __future__ import annotations

from grader.judge.feedback.explained.rule import Arguments, rule

_ONE = r"(?P<one>\([\d, ]{0,60}\))"
_OTHER = r"(?P<other>\([\d, ]{0,60}\))"
_DTYPE = r"dtype\('(?P<{}>[\w<>=|\[\]]{{1,30}})'\)"


def _last(found: Arguments) -> Arguments | None:
    size = found["size"]
    return None if int(size[:18]) == 0 else {"axis": "0", **found, "last": str(int(size[:18]) - 1)}


def _tuples(found: Arguments) -> Arguments:
    shapes = {name: f"({found[name].replace('x', ', ')})" for name in ("one", "other")}
    return {**found, **shapes}


def _spaced(found: Arguments) -> Arguments:
    return {
        name: piece.replace(",", ", ").replace("  ", " ").replace(", )", ",)")
        for name, piece in found.items()
    }


SHAPES = (
    rule(
        "raised.output_shape",
        rf"non-broadcastable output operand with shape {_ONE} doesn't match "
        rf"the broadcast shape {_OTHER}",
        also=_spaced,
    ),
    rule(
        "raised.shapes",
        r"operands could not be broadcast together with (?:remapped )?shapes "
        rf"(?:\[original->remapped\]: )?{_ONE} ?{_OTHER}",
        also=_spaced,
    ),
    rule(
        "raised.shapes",
        rf"shape mismatch: objects cannot be broadcast to a single shape.{{0,40}}"
        rf"{_ONE} and arg \d+ with shape {_OTHER}",
        also=_spaced,
    ),
    rule(
        "raised.sizes",
        r"The size of tensor a \((?P<one>\d+)\) must match the size of tensor b "
        r"\((?P<other>\d+)\) at (?:non-singleton )?dimension (?P<axis>\d+)",
    ),
    rule(
        "raised.sizes",
        r"The expanded size of the tensor \((?P<one>\d+)\) must match the existing "
        r"size \((?P<other>\d+)\) at (?:non-singleton )?dimension (?P<axis>\d+)",
    ),
    rule(
        "raised.output_shape",
        r"output with shape (?P<one>\[[\d, ]{0,60}\]) doesn't match the "
        r"broadcast shape (?P<other>\[[\d, ]{0,60}\])",
    ),
    rule(
        "raised.assigned_shape",
        rf"could not broadcast input array from shape {_ONE} into shape "
        rf"{_OTHER}",
        also=_spaced,
    ),
    rule(
        "raised.assigned_shape",
        r"shape mismatch: value array of shape "
        rf"{_ONE} +could not be broadcast to indexing result of shape {_OTHER}",
        also=_spaced,
    ),
    rule("raised.matmul", rf"shapes {_ONE} and {_OTHER} not aligned", also=_spaced),
    rule(
        "raised.matmul",
        r"mat1 and mat2 shapes cannot be multiplied \((?P<one>[\dx]{1,40}) and "
        r"(?P<other>[\dx]{1,40})\)",
        also=_tuples,
    ),
    rule(
        "raised.matmul_sizes",
        r"matmul: Input operand 1 has a mismatch in its core dimension.{1,90}"
        r"\(size (?P<other>\d+) is different from (?P<one>\d+)\)",
    ),
    rule(
        "raised.matmul_sizes",
        r"size mismatch, got input \(\d+\), mat \(\d+x(?P<one>\d+)\), vec "
        r"\((?P<other>\d+)\)",
    ),
    rule(
        "raised.matmul_sizes",
        r"inconsistent tensor size, expected tensor \[(?P<one>\d+)\] and src "
        r"\[(?P<other>\d+)\]",
    ),
    rule(
        "raised.matmul_scalar",
        r"matmul: Input operand \d does not have enough dimensions|"
        r"both arguments to matmul need to be at least 1D",
    ),
    rule(
        "raised.joined_shapes",
        r"all the input array dimensions except for the concatenation axis|"
        r"all input arrays must have the same shape|all the input arrays must have same number|"
        r"Sizes of tensors must match except in dimension|stack expects each tensor to be equal|"
        r"zero-dimensional arrays? cannot be concatenated",
    ),
    rule(
        "raised.reshape",
        r"cannot reshape array of size (?P<size>\d+) into shape "
        r"(?P<shape>\([-\d, ]{1,60}\))",
        also=_spaced,
    ),
    rule(
        "raised.reshape",
        r"shape '(?P<shape>\[[-\d, ]{1,60}\])' is invalid for input of size "
        r"(?P<size>\d+)",
    ),
)
INDICES = (
    rule(
        "raised.index",
        r"index (?P<index>-?\d+) is out of bounds for (?:axis|dimension) "
        r"(?P<axis>\d+) with size (?P<size>\d+)",
        also=_last,
    ),
    rule(
        "raised.index",
        r"index (?P<index>-?\d+) is out of bounds for size (?P<size>\d+)",
        also=_last,
    ),
    rule("raised.index_outside", r"index out of range in self|index -?\d+ is out of bounds"),
    rule(
        "raised.too_many_indices",
        r"too many indices for array: array is "
        r"(?P<dims>\d+)-dimensional",
    ),
    rule("raised.too_many_indices", r"too many indices for tensor of dimension (?P<dims>\d+)"),
    rule(
        "raised.index_type",
        r"arrays used as indices must be of integer|only integers, slices|"
        r"tensors used as indices must be",
    ),
    rule(
        "raised.list_index",
        r"(?:list|tuple) indices must be integers or slices, not "
        r"(?P<kind>[\w.]{1,60})",
    ),
    rule(
        "raised.integer",
        r"slice indices must be integers",
        also=lambda found: {"kind": "float", **found},
    ),
    rule(
        "raised.mask",
        r"boolean index did not match indexed array along (?:axis|dimension) "
        r"(?P<axis>\d+); (?:size of axis|dimension) is (?P<size>\d+) but (?:size of )?"
        r"corresponding boolean (?:axis|dimension) is (?P<other>\d+)",
    ),
    rule(
        "raised.index_shapes",
        r"shape mismatch: indexing (?:arrays|tensors) could not be broadcast "
        r"together with shapes (?P<shapes>[\d(),\[\] ]{3,80})",
        also=lambda found: {"shapes": found["shapes"].strip(" ,")},
    ),
    rule(
        "raised.scalar_index", r"invalid index to scalar variable|invalid index of a 0-dim tensor"
    ),
    rule(
        "raised.axis",
        r"axis (?P<axis>-?\d+) is out of bounds for array of dimension "
        r"(?P<dims>\d+)",
    ),
    rule(
        "raised.axis_range",
        r"Dimension out of range \(expected to be in range of \[(?P<first>-?\d+)"
        r", (?P<last>-?\d+)\], but got (?P<axis>-?\d+)\)",
    ),
)
ENTRIES = (
    rule("raised.truth", r"The truth value of an (?:empty )?array|Boolean value of Tensor with"),
    rule("raised.ragged", r"setting an array element with a sequence"),
    rule(
        "raised.one_number",
        r"only (?:integer scalar|length-1|0-dimensional|size-1) arrays can be "
        r"converted|can only convert an array of size 1|only one element tensors can be "
        r"converted|a Tensor with \d+ elements cannot be converted to Scalar|only integer tensors "
        r"of a single",
    ),
    rule("raised.not_iterable", r"iteration over a 0-d (?P<kind>array|tensor)"),
    rule(
        "raised.object_dtype",
        r"loop of ufunc does not support argument \d+ of type [\w.]{1,60} "
        r"which has no callable (?P<name>\w{1,40}) method",
    ),
    rule(
        "raised.ufunc_types",
        r"ufunc '(?P<name>\w{1,40})' (?:not supported for the input types|"
        r"did not contain a loop)",
    ),
    rule(
        "raised.in_place_cast",
        r"Cannot cast ufunc '\w{1,40}' output from "
        rf"{_DTYPE.format('source')} to {_DTYPE.format('target')}",
    ),
    rule(
        "raised.in_place_cast",
        r"result type (?P<source>\w{1,30}) can't be cast to the desired "
        r"output type (?P<target>\w{1,30})",
    ),
    rule(
        "raised.shape_argument",
        r"Cannot interpret '\d+' as a data type|data type '?\d*'? ?not "
        r"understood",
    ),
    rule("raised.read_only", r"(?:assignment destination|output array) is read-only"),
    rule(
        "raised.empty",
        r"zero-size array to reduction operation|attempt to get arg(?:max|min) of an "
        r"empty|(?:max|min|argmax|argmin)\(\): Expected reduction dim",
    ),
    rule(
        "raised.removed",
        r"module 'numpy' has no attribute '\w{1,40}'\.\s{0,4}`(?P<name>np\.\w{1,40})` "
        r"was a deprecated alias",
        "AttributeError",
    ),
    rule("raised.removed", r"`(?P<name>np\.\w{1,40})` was removed in", "AttributeError"),
    rule("raised.overflow", r"Python integer -?\d{1,80} out of bounds for"),
)
