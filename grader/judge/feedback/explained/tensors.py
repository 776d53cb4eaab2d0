"""Messages of torch only."""

from __future__ import annotations

from grader.judge.feedback.explained.rule import rule

TENSORS = (
    rule("raised.no_graph", r"element 0 of tensors does not require grad"),
    rule(
        "raised.leaf_in_place",
        r"(?:a leaf Variable|a view of a leaf Variable) that requires grad "
        r"is being used in an in-place",
    ),
    rule(
        "raised.modified_in_place",
        r"one of the variables needed for gradient computation has been "
        r"modified",
    ),
    rule("raised.graph_freed", r"Trying to backward through the graph a second time"),
    rule("raised.backward_scalar", r"grad can be implicitly created only for scalar outputs"),
    rule("raised.detach", r"Can't call numpy\(\) on Tensor that requires grad"),
    rule(
        "raised.no_gpu",
        r"Torch not compiled with CUDA enabled|Found no NVIDIA driver|No CUDA GPUs are available",
    ),
    rule("raised.index_on_card", r"CUDA error: device-side assert triggered"),
    rule("raised.card", r"CUDA error: "),
    rule(
        "raised.devices",
        r"Expected all tensors to be on the same device"
        r"|indices should be either on cpu or on the same device"
        r"|Input type \(torch\.[\w.]{1,40}\) and weight type "
        r"\(torch\.[\w.]{1,40}\) should be the same"
        r"|Input and \w{1,20} tensors are not at the same device"
        r"|[Ee]xpected self and mask to be on the same device"
        r"|attempting to assign a gradient with device type"
        r"|Function (?:\w{1,60} )?returned an invalid gradient at index \d{1,4} - expected device",
    ),
    rule(
        "raised.to_cpu",
        r"can't convert (?:cuda|sim|xpu|hpu|mps)(?::\d+)? device type tensor to numpy",
    ),
    rule("raised.dtypes", r"expected scalar type (?P<one>\w{1,30}) but found (?P<other>\w{1,30})"),
    rule(
        "raised.dtypes",
        r"expected m1 and m2 to have the same dtype, but got: "
        r"(?P<one>[\w.:]{1,30}) != (?P<other>[\w.:]{1,30})",
    ),
    rule(
        "raised.dtypes",
        r"(?:mat1 and mat2|\w{1,20} and \w{1,20}) must have the same dtype, but got "
        r"(?P<one>\w{1,30}) and (?P<other>\w{1,30})",
    ),
    rule(
        "raised.dtypes",
        r"dot : expected both vectors to have same dtype, but found "
        r"(?P<one>\w{1,30}) and (?P<other>\w{1,30})",
    ),
    rule("raised.not_for_dtype", r"\"\w{1,60}\" not implemented for '(?P<dtype>\w{1,30})'"),
    rule(
        "raised.not_for_dtype",
        r"(?:mean|var|std)\(\): (?:could not infer output dtype|input dtype "
        r"should be).{0,90}?[Gg]ot:? (?P<dtype>\w{1,30})",
    ),
    rule(
        "raised.argument_type",
        r"(?P<name>[\w.]{1,40})\(\): argument '\w{1,40}' \(position \d+\) must be "
        r"(?P<expected>[\w.]{1,40}),? (?:but found an element of type|not) "
        r"(?P<kind>[\w.]{1,40})",
    ),
    rule("raised.grad_dtype", r"only Tensors of floating point (?:and complex )?dtype can require"),
)
