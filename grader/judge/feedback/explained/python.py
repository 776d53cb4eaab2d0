"""Messages of Python itself."""

from __future__ import annotations

from grader.judge.feedback.explained.rule import Arguments, rule

_KIND = r"'(?P<kind>[\w.]{1,60})'"
_NAME = r"(?P<name>\w{1,60})"
_CALLED = r"(?:[\w.<>]{1,80}\.)?(?P<name>\w{1,60})\(\)"
_SIGN = r"(?P<sign>[-+*/%@&|^<>=!~]{1,3}|\*\* or pow\(\)|divmod\(\))"
_ARRAY_ATTRIBUTES = frozenset(
    {"shape", "ndim", "dtype", "T", "size", "sum", "mean", "max", "min", "argmax", "argmin"}
    | {"reshape", "astype", "dot", "any", "all", "transpose", "flatten", "std", "clip", "item"}
)
_PLAIN = frozenset({"list", "tuple", "int", "float", "bool", "range"})


def _of_none(found: Arguments) -> Arguments | None:
    return {"sign": found["sign"]} if "NoneType" in {found["left"], found["right"]} else None


def _of_plain(found: Arguments) -> Arguments | None:
    fits = found["kind"] in _PLAIN and found["name"] in _ARRAY_ATTRIBUTES
    return found if fits else None


def _named(found: Arguments) -> Arguments:
    return {"owner": found["kind"], "name": found["name"]}


def _listed(found: Arguments) -> Arguments:
    return {**found, "missing": found["missing"].replace(", and ", ", ").replace(" and ", ", ")}


def _counted(found: Arguments) -> Arguments:
    words = {"no": "0", "one": "1"}
    takes = words.get(found["takes"], found["takes"]).replace(" to ", "–")
    return {**found, "takes": takes}


def _called_kind(found: Arguments) -> Arguments:
    return {"kind": found["kind"].removeprefix("numpy.")}


_OPERANDS = (
    rf"unsupported operand type\(s\) for {_SIGN}: "
    r"'(?P<left>[\w.]{1,60})' and '(?P<right>[\w.]{1,60})'"
)
_COMPARED = (
    rf"'{_SIGN}' not supported between instances of "
    r"'(?P<left>[\w.]{1,60})' and '(?P<right>[\w.]{1,60})'"
)

NAMES = (
    rule("raised.unbound", rf"cannot access (?:local|free) variable '{_NAME}' where"),
    rule("raised.unbound", rf"(?:local|free) variable '{_NAME}' referenced before assignment"),
    rule("raised.library", r"No module named '(?P<module>[\w.]{1,80})'", "ModuleNotFoundError"),
    rule(
        "raised.import_name",
        rf"cannot import name '{_NAME}' from (?:partially initialized module )?"
        r"'(?P<module>[\w.]{1,80})'",
        "ImportError",
    ),
)
CALLS = (
    rule(
        "raised.too_many_arguments",
        rf"{_CALLED} takes (?:from )?(?P<takes>\d+(?: to \d+)?) positional arguments? but "
        r"(?P<given>\d+) (?:was|were|positional)",
        "TypeError",
        also=_counted,
    ),
    rule(
        "raised.too_many_arguments",
        rf"{_CALLED} takes (?:at most |exactly )?(?P<takes>\d+|no|one) (?:positional )?arguments? "
        r"\((?P<given>\d+) given\)",
        "TypeError",
        also=_counted,
    ),
    rule(
        "raised.missing_argument",
        rf"{_CALLED} missing \d+ required (?:positional|keyword-only) arguments?: "
        r"(?P<missing>'\w{1,60}'(?:(?:,? and |, )'\w{1,60}'){0,8})",
        "TypeError",
        also=_listed,
    ),
    rule(
        "raised.keyword",
        rf"{_CALLED} got an unexpected keyword argument '(?P<keyword>\w{{1,60}})'",
        "TypeError",
    ),
    rule(
        "raised.keyword",
        rf"'(?P<keyword>\w{{1,60}})' is an invalid keyword argument for {_CALLED}",
        "TypeError",
    ),
    rule(
        "raised.twice",
        rf"{_CALLED} got multiple values for argument '(?P<keyword>\w{{1,60}})'",
        "TypeError",
    ),
)
VALUES = (
    rule("raised.none_operand", _OPERANDS, "TypeError", also=_of_none),
    rule("raised.none_operand", _COMPARED, "TypeError", also=_of_none),
    rule("raised.operands", _OPERANDS, "TypeError"),
    rule("raised.operands", _COMPARED, "TypeError"),
    rule("raised.operand", rf"bad operand type for (?:unary )?{_SIGN}: {_KIND}", "TypeError"),
    rule(
        "raised.sequence",
        r"can only concatenate |can't multiply sequence by non-int|must be str, not ",
        "TypeError",
    ),
    rule("raised.not_callable", rf"{_KIND} object is not callable", also=_called_kind),
    rule("raised.none_subscript", r"'NoneType' object is not subscriptable"),
    rule("raised.not_subscriptable", rf"{_KIND} object is not subscriptable"),
    rule("raised.not_iterable", rf"{_KIND} object is not (?:iterable|an iterator)"),
    rule("raised.not_iterable", r"cannot unpack non-iterable (?P<kind>[\w.]{1,60}) object"),
    rule("raised.no_assignment", rf"{_KIND} object does not support item (?:assignment|deletion)"),
    rule("raised.integer", rf"{_KIND} object cannot be interpreted as an integer", "TypeError"),
    rule("raised.no_len", r"object of type '[\w.]{1,60}' has no len\(\)|len\(\) of "),
    rule(
        "raised.list_range",
        r"(?P<kind>list|tuple|string|range|bytearray) (?:object )?"
        r"(?:assignment )?index out of range",
        "IndexError",
    ),
    rule(
        "raised.list_range",
        r"pop from empty (?P<kind>list|deque)|"
        r"pop index out of range",
        "IndexError",
        also=lambda found: {"kind": "list", **found},
    ),
    rule("raised.key", r"(?P<key>.{1,60})\Z", "KeyError"),
    rule("raised.none_attribute", rf"'NoneType' object has no attribute '{_NAME}'"),
    rule("raised.not_an_array", rf"{_KIND} object has no attribute '{_NAME}'", also=_of_plain),
    rule(
        "raised.attribute",
        rf"{_KIND} object has no attribute '{_NAME}'",
        "AttributeError",
        also=_named,
    ),
    rule(
        "raised.attribute",
        rf"(?:module|type object) {_KIND} has no attribute '{_NAME}'",
        "AttributeError",
        also=_named,
    ),
    rule("raised.text", r"could not convert string to float: (?P<text>.{1,40})", "ValueError"),
    rule("raised.text", r"invalid literal for int\(\) with base \d+: (?P<text>.{1,40})"),
    rule(
        "raised.unpack_few",
        r"not enough values to unpack \(expected (?:at least )?"
        r"(?P<expected>\d+), got (?P<got>\d+)\)",
    ),
    rule("raised.unpack_many", r"too many values to unpack \(expected (?P<expected>\d+)"),
    rule("raised.zero_division", r"", "ZeroDivisionError"),
    rule("raised.domain", r"math domain error|expected a (?:positive|nonnegative|noninteger)"),
    rule(
        "raised.empty", r"(?:max|min)\(\) (?:arg is an empty sequence|iterable argument is empty)"
    ),
    rule("raised.overflow", r"", "OverflowError"),
    rule("raised.stop", r"", "StopIteration"),
    rule("raised.stop", r"generator raised StopIteration"),
    rule(
        "raised.changed",
        r"(?:dictionary|Set|OrderedDict|deque) (?:changed size|keys changed|mutated)",
    ),
)
