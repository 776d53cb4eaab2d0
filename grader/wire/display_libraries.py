"""Libraries that compute nothing: if they are not installed, a submission can do without them.

Plots, progress bars, logs, types, compilers of plain Python. Both sides know the list: the
student's side replaces them by stand-ins without effect, and the judge accepts their use.
"""

from __future__ import annotations

IDLE = frozenset(
    {
        *("IPython", "beartype", "bokeh", "google", "graphviz", "icecream", "ipywidgets"),
        *("jaxtyping", "line_profiler", "loguru", "matplotlib", "memory_profiler"),
        *("mpl_toolkits", "numba", "plotly", "pylab", "rich", "seaborn", "tensorboard"),
        *("tensorboardX", "termcolor", "tqdm", "typeguard", "wandb"),
        *("torch.backends", "torch.cuda.is_available", "torch.cuda.manual_seed"),
        *("torch.cuda.manual_seed_all", "torch.inference_mode", "torch.is_tensor"),
        *("torch.manual_seed", "torch.no_grad", "torch.set_grad_enabled"),
        *("torch.set_printoptions", "torch.utils.tensorboard"),
    }
)


def is_idle(dotted: str) -> bool:
    """Return True if a dotted name, or a prefix of it, computes nothing."""
    parts = dotted.split(".")
    return any(".".join(parts[:length]) in IDLE for length in range(1, len(parts) + 1))
