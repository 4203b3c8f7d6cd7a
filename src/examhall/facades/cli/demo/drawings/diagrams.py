"""Parts of diagrams made of the primitives: nodes, links that stop at a node's edge, decisions, curved arrows."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    Point,
    arrow,
    box,
    circle,
    line,
    polygon,
    polyline,
    rectangle,
    text,
)


def node(
    centre: Point,
    words: str,
    *,
    radius: float = 20,
    fill: Colour = Colour.PALE_BLUE,
    size: float = 16,
    mono: bool = False,
) -> str:
    """Draw a circle with words in it."""
    return circle(centre, radius, fill=fill) + "\n" + text(centre, words, size=size, bold=True, mono=mono)


def link(
    start: Point,
    end: Point,
    *,
    gap: float = 20,
    label: str = "",
    ending: Literal["none", "arrow"] = "none",
) -> str:
    """Draw a line between two nodes of radius `gap`, from edge to edge, with a label on a white patch in its middle."""
    length = math.dist(start, end)
    step_x, step_y = (end[0] - start[0]) / length * gap, (end[1] - start[1]) / length * gap
    first, last = (start[0] + step_x, start[1] + step_y), (end[0] - step_x, end[1] - step_y)
    drawn = arrow(first, last) if ending == "arrow" else line(first, last)
    if not label:
        return drawn
    return drawn + "\n" + patch(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), label)


def patch(centre: Point, words: str, *, size: float = 16) -> str:
    """Write words on a white patch, so that a line behind them does not cross them out."""
    width, height = len(words) * size * 0.6 + 6, size * 1.3
    left, top = centre[0] - width / 2, centre[1] - height / 2
    return box(left, top, width, height, words, size=size, fill=Colour.WHITE, stroke=Colour.NONE, radius=0)


def decision(centre: Point, width: float, height: float, words: str, *, size: float = 16) -> str:
    """Draw a rhombus with words in it, as flowcharts and entity-relationship diagrams do."""
    across, down = centre
    corners = [
        (across, down - height / 2),
        (across + width / 2, down),
        (across, down + height / 2),
        (across - width / 2, down),
    ]
    return polygon(corners, fill=Colour.PALE_YELLOW) + "\n" + text(centre, words, size=size)


def slanted(x: float, y: float, width: float, height: float, words: str, *, size: float = 16) -> str:
    """Draw a parallelogram with words in it: a flowchart's input or output."""
    slant = 14
    corners = [(x + slant, y), (x + width, y), (x + width - slant, y + height), (x, y + height)]
    middle = (x + width / 2, y + height / 2)
    return polygon(corners, fill=Colour.PALE_GREEN) + "\n" + text(middle, words, size=size)


def computer(centre: Point, words: str, *, size: float = 15) -> str:
    """Draw a screen on its foot, with words on the screen."""
    across, down = centre
    screen = box(across - 30, down - 22, 60, 34, words, size=size, fill=Colour.PALE_GREY, radius=4)
    neck = line((across, down + 12), (across, down + 20))
    return "\n".join([screen, neck, rectangle(across - 16, down + 19, 32, 4, fill=Colour.INK)])


def elbow(points: Sequence[Point]) -> str:
    """Draw straight lines from point to point with an arrow head at the end."""
    return "\n".join([polyline(points[:-1]), arrow(points[-2], points[-1])])


def curved_arrow(controls: Sequence[Point]) -> str:
    """Draw an arrow along the Bézier curve of these control points (de Casteljau's construction)."""
    steps = 24
    path = [_bezier(controls, step / steps) for step in range(steps + 1)]
    return "\n".join([polyline(path[:-2]), arrow(path[-4], path[-1])])


def _bezier(controls: Sequence[Point], share: float) -> Point:
    points = list(controls)
    while len(points) > 1:
        pairs = pairwise(points)
        points = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairs]
    return points[0]
