"""What of other libraries computes nothing: where they are not here, they can be done without.

Plots, progress bars, logs, types, compilers of plain Python. Both sides know them: on the student's
side something that does nothing stands in for them, and the judge asks nobody whether they may be
used.
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
    """Tell whether a dotted name, or what lies above it, computes nothing."""
    parts = dotted.split(".")
    return any(".".join(parts[:length]) in IDLE for length in range(1, len(parts) + 1))
