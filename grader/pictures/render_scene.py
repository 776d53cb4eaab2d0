"""Output of a scene as PNG and SVG, by matplotlib, which is imported on demand."""

from __future__ import annotations

import importlib.util
import math
import os
import textwrap
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from grader.pictures.font_cache import cache
from grader.pictures.scene import Box, Cell, Circle, Line, Path, Scene, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GROUND = "#ffffff"
"""A background of its own, so that a picture is equally readable on light and dark pages."""
FRAME = "#c8ccd0"
_TONES = {
    "ink": "#1a1a1a",
    "soft": "#5f6368",
    "main": "#0067a5",
    "back": "#7b3f98",
    "wrong": "#b3261e",
}
_FAINT = {"ink": 1.0, "soft": 1.0, "main": 0.55, "back": 0.55, "wrong": 0.55}
_SHADES = {
    "blank": "#ffffff",
    "taken": "#9cc6e6",
    "odd": "#d5d7da",
    "over1": "#fdebd8",
    "over2": "#fbc48f",
    "over3": "#f09a4a",
    "under1": "#e2eef8",
    "under2": "#add0ec",
    "under3": "#74b0de",
}
_PALE, _RINGED = "#eef5fa", "#ffe8a3"
# Lengths in inches; CAPTION is a size in points.
RING, CORNER = 0.15, 0.08
CAPTION, LEADING, PAD, LEAST = 11.5, 0.24, 0.25, 4.6
# Dashes and gaps, in line widths, as matplotlib takes them.
_BROKEN = (0, (4, 3))
HEAD, NECK = 9.0, 0.02
"""An arrow: the size of its head in points, and the length of the line inside it."""
DOTS_PER_INCH = 200
FOLDER = "MPLCONFIGDIR"


def available() -> bool:
    """Return whether matplotlib is installed."""
    return importlib.util.find_spec("matplotlib") is not None


def plotted(scene: Scene, caption: str, alternative: str, files: Mapping[str, BinaryIO]) -> None:
    """Draw a scene with its caption into files, by the name of their format: png, svg.

    Caption and alternative text are kept as their title and description as well.
    """
    with _matplotlib() as figures, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a character that no font has is drawn as a box
        figure = _figure(figures, scene, caption)
        metadata = {"Title": caption, "Description": alternative}
        for kind, file in files.items():
            undated = {"Date": None} if kind == "svg" else {}
            figure.savefig(
                file, format=kind, dpi=DOTS_PER_INCH, facecolor=GROUND, metadata=metadata | undated
            )


@contextmanager
def _matplotlib() -> Iterator[Any]:
    """Yield matplotlib's figures, with its default settings, and a folder of ours for its cache."""
    with _own_folder():
        import matplotlib as mpl  # noqa: PLC0415 - see above
        from matplotlib import figure  # noqa: PLC0415

        with mpl.rc_context():
            mpl.rcdefaults()  # ignore any matplotlibrc
            mpl.rcParams["svg.hashsalt"] = "grader"
            yield figure


@contextmanager
def _own_folder() -> Iterator[None]:
    """Make matplotlib use that folder for its cache meanwhile."""
    before = os.environ.get(FOLDER)
    with cache() as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[FOLDER]
            else:
                os.environ[FOLDER] = before


def _figure(figures: Any, scene: Scene, caption: str) -> Any:
    width = max(scene.width, LEAST)
    room = int((width - 2 * PAD) / text_width("m", CAPTION))
    head = textwrap.wrap(caption, room)
    top = PAD + LEADING * len(head) + 0.2
    height = top + scene.height + PAD
    figure = figures.Figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    figure.add_artist(_patches().Rectangle((0, 0), 1, 1, fill=False, edgecolor=FRAME, linewidth=2))
    for number, line in enumerate(head):
        y = PAD + LEADING * (number + 0.5)
        _text(axes, Text(PAD, y, line, CAPTION, align="left"), 0, 0)
    left = (width - scene.width) / 2
    for mark in scene.marks:
        _draw(axes, mark, left, top)
    return figure


def _patches() -> Any:
    from matplotlib import patches  # noqa: PLC0415

    return patches


def _draw(axes: Any, mark: Any, left: float, top: float) -> None:
    match mark:
        case Line():
            axes.plot(
                [left + mark.x1, left + mark.x2],
                [top + mark.y1, top + mark.y2],
                color=_TONES[mark.tone],
                alpha=_FAINT[mark.tone],
                linewidth=1.0,
                linestyle=_BROKEN if mark.broken else "solid",
                solid_capstyle="round",
            )
        case Path():
            _path(axes, mark, left, top)
        case Cell():
            axes.add_patch(
                _patches().Rectangle(
                    (left + mark.x, top + mark.y),
                    mark.width,
                    mark.height,
                    facecolor=_SHADES[mark.shade],
                    edgecolor=FRAME,
                    linewidth=0.8,
                )
            )
        case Circle():
            colour = _TONES[mark.tone]
            axes.add_patch(
                _patches().Circle(
                    (left + mark.x, top + mark.y),
                    mark.radius,
                    facecolor=colour if mark.filled else _PALE,
                    edgecolor=colour,
                    linewidth=1.2,
                    zorder=3,
                )
            )
        case Box():
            axes.add_patch(
                _patches().FancyBboxPatch(
                    (left + mark.x - mark.width / 2, top + mark.y - mark.height / 2),
                    mark.width,
                    mark.height,
                    boxstyle=f"round,pad=0,rounding_size={CORNER}",
                    facecolor=_PALE,
                    edgecolor=_TONES["ink"],
                    linewidth=1.2,
                    zorder=3,
                )
            )
        case Text():
            _text(axes, mark, left, top)


def _path(axes: Any, path: Path, left: float, top: float) -> None:
    points = [(left + x, top + y) for x, y in path.points]
    axes.plot(
        *zip(*points, strict=True),
        color=_TONES[path.tone],
        linewidth=path.width,
        linestyle=_BROKEN if path.broken else "solid",
        solid_capstyle="round",
        solid_joinstyle="round",
    )
    if path.arrow:
        head = _patches().FancyArrowPatch(
            _before(*points[-2:]),
            points[-1],
            arrowstyle="-|>",
            mutation_scale=HEAD,
            color=_TONES[path.tone],
            linewidth=path.width,
            shrinkA=0,
            shrinkB=0,
        )
        axes.add_patch(head)


def _before(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Return a point just before the end of a line: an arrowhead there has its direction."""
    share = NECK / max(math.dist(start, end), NECK)
    return end[0] + share * (start[0] - end[0]), end[1] + share * (start[1] - end[1])


def _text(axes: Any, mark: Text, left: float, top: float) -> None:
    if mark.ringed:
        ring = _patches().Circle(
            (left + mark.x, top + mark.y), RING, facecolor=_RINGED, edgecolor=_TONES["ink"]
        )
        axes.add_patch(ring)
    ground = {"boxstyle": "square,pad=0.15", "facecolor": GROUND, "edgecolor": "none"}
    axes.text(
        left + mark.x,
        top + mark.y,
        mark.text,
        fontsize=mark.size,
        color=_TONES[mark.tone],
        ha=mark.align,
        va="center_baseline",
        fontweight="bold" if mark.bold else "normal",
        family="DejaVu Sans",
        bbox=ground if mark.ground else None,
        parse_math=False,
        zorder=4,
    )
