"""Sentences about exceptions of torch, by its messages.

Each follows its place, one of ``STOPS`` or ``PLACES``, so it begins in lower case.
"""

from __future__ import annotations

from grader.report.catalogue.template import Catalogue, sentences

EXPLAINED_TENSORS: Catalogue = sentences(
    {
        "raised.no_graph": (
            "`backward` starts from a value that depends on nothing with `requires_grad=True`. "
            "Set it on the parameters, and look for a `detach`, `.data`, `item` or `no_grad` that "
            "cuts the graph."
        ),
        "raised.leaf_in_place": (
            "a parameter with `requires_grad=True` is overwritten in place while torch records. "
            "Update it inside `with torch.no_grad():`, or compute a new tensor."
        ),
        "raised.modified_in_place": (
            "a value that `backward` still needs was overwritten in the meantime. Look for `+=`, "
            "`*=`, an assignment to entries, or a method that ends in `_`, and compute a new "
            "tensor there."
        ),
        "raised.graph_freed": (
            "`backward` goes through the same graph twice, and torch has thrown it away after the "
            "first time. Compute the loss anew before each `backward`."
        ),
        "raised.backward_scalar": (
            "`backward` starts from a single number, and this tensor has several. Reduce it "
            "first, for instance by `.mean()` or `.sum()`."
        ),
        "raised.detach": (
            "a tensor that requires gradients does not become a NumPy array. Stay with torch's "
            "operations, or cut it off first: `.detach().numpy()`."
        ),
        "raised.no_gpu": (
            "a GPU is asked for, and there is none here. Leave tensors where the arguments are: "
            "`device=x.device` instead of a fixed device."
        ),
        "raised.index_on_card": (
            "the graphics card has stopped, mostly because of an index that is out of range there. "
            "Look at what is indexed by what, or grade with `--device sim`, which tells at once "
            "which line it is."
        ),
        "raised.card": (
            "the graphics card has stopped and tells of it late, perhaps behind the line at fault. "
            "Grade with `--device sim`, which tells at once which line it is."
        ),
        "raised.devices": (
            "tensors on different devices meet here. Create all of them where the arguments are: "
            "`device=x.device`."
        ),
        "raised.to_cpu": (
            "a tensor on a GPU does not become a NumPy array. Stay with torch's operations, which "
            "compute where the tensor is."
        ),
        "raised.dtypes": (
            "tensors of different types meet here: {{one}} and {{other}}. Create what you create "
            "in the type of the arguments (`dtype=x.dtype`), or convert one of them with `.to`."
        ),
        "raised.not_for_dtype": (
            "torch cannot compute this for tensors of type {{dtype}}. Convert to floats first, "
            "for instance with `.double()`."
        ),
        "raised.argument_type": (
            "`{{name}}` needs a value of type {{expected}} and is given one of type {{kind}}. "
            "Convert it first, or use the function of the library that the value belongs to."
        ),
        "raised.grad_dtype": (
            "only tensors of floats can have gradients. Create it with a decimal point or "
            "`dtype=torch.float64`."
        ),
    }
)
