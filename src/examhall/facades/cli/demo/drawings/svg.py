"""Primitives that build safe, self-contained SVG text: shapes, words, arrows and the document around them.

A shape is a string of SVG; shapes are joined by `picture` into a document. Nothing here can produce a script, a style
sheet or a reference to anything outside (or inside) the document, and all words and names are escaped. Lengths are in
units of the view box: keep pictures about 360 wide and words at 16 or more, then they are readable on a phone.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


class Colour(StrEnum):
    """The palette: dark colours reach 4.5:1 on white, pale ones carry dark words."""

    INK = "#1f2933"
    GREY = "#616e7c"
    LINE = "#cbd2d9"
    WHITE = "#ffffff"
    BLUE = "#1a5fb4"
    RED = "#b3261e"
    GREEN = "#1e7a3c"
    ORANGE = "#a85500"
    PURPLE = "#6b3fa0"
    PALE_BLUE = "#d6e6fa"
    PALE_RED = "#fbdcd9"
    PALE_GREEN = "#d5f0dd"
    PALE_YELLOW = "#fdf1c4"
    PALE_GREY = "#edf0f3"
    NONE = "none"


def picture(*shapes: str, width: float, height: float, title: str) -> str:
    """Return an SVG document of `width` by `height` units on white, with a title for people who cannot see it."""
    box = f"0 0 {_number(width)} {_number(height)}"
    size = f'width="{_number(width)}" height="{_number(height)}"'
    background = rectangle(0, 0, width, height, fill=Colour.WHITE, stroke=Colour.NONE)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}" role="img" aria-label={quoteattr(title)}>'
    return "\n".join([head, f"<title>{escape(title)}</title>", background, *shapes, "</svg>", ""])


def line(
    start: Point, end: Point, *, stroke: Colour = Colour.INK, stroke_width: float = 2, dashed: bool = False
) -> str:
    """Draw a straight line."""
    return _shape(
        "line",
        x1=start[0],
        y1=start[1],
        x2=end[0],
        y2=end[1],
        **_pen(stroke, stroke_width, dashed),
    )


def polyline(
    points: Sequence[Point], *, stroke: Colour = Colour.INK, stroke_width: float = 2, dashed: bool = False
) -> str:
    """Draw straight lines from point to point, open at the end."""
    return _shape("polyline", points=_points(points), fill=Colour.NONE, **_pen(stroke, stroke_width, dashed))


def polygon(
    points: Sequence[Point],
    *,
    fill: Colour = Colour.PALE_BLUE,
    stroke: Colour = Colour.INK,
    stroke_width: float = 2,
) -> str:
    """Draw a closed figure with straight sides."""
    return _shape("polygon", points=_points(points), fill=fill, **_pen(stroke, stroke_width))


def rectangle(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: Colour = Colour.PALE_BLUE,
    stroke: Colour = Colour.INK,
    stroke_width: float = 2,
    radius: float = 0,
) -> str:
    """Draw a rectangle from its top left corner, with corners rounded by `radius`."""
    pen = _pen(stroke, stroke_width)
    return _shape("rect", x=x, y=y, width=width, height=height, rx=radius, fill=fill, **pen)


def circle(
    centre: Point,
    radius: float,
    *,
    fill: Colour = Colour.PALE_BLUE,
    stroke: Colour = Colour.INK,
    stroke_width: float = 2,
) -> str:
    """Draw a circle."""
    return ellipse(centre, radius, radius, fill=fill, stroke=stroke, stroke_width=stroke_width)


def ellipse(
    centre: Point,
    radius_x: float,
    radius_y: float,
    *,
    fill: Colour = Colour.PALE_BLUE,
    stroke: Colour = Colour.INK,
    stroke_width: float = 2,
    dashed: bool = False,
) -> str:
    """Draw an ellipse whose axes lie along x and y."""
    pen = _pen(stroke, stroke_width, dashed)
    return _shape("ellipse", cx=centre[0], cy=centre[1], rx=radius_x, ry=radius_y, fill=fill, **pen)


def arc(
    centre: Point,
    radius: float,
    *,
    start: float,
    end: float,
    stroke: Colour = Colour.INK,
    stroke_width: float = 2,
) -> str:
    """Draw the part of a circle between two angles, in degrees anticlockwise from the x axis, as in mathematics."""
    steps = max(2, round(abs(end - start) / 4))
    angles = (start + (end - start) * step / steps for step in range(steps + 1))
    return polyline([around(centre, radius, angle) for angle in angles], stroke=stroke, stroke_width=stroke_width)


def around(centre: Point, radius: float, angle: float) -> Point:
    """Return the point at `radius` from `centre` in the direction `angle`, in degrees anticlockwise from the x axis."""
    radians = math.radians(angle)
    return centre[0] + radius * math.cos(radians), centre[1] - radius * math.sin(radians)


def arrow(
    start: Point, end: Point, *, stroke: Colour = Colour.INK, stroke_width: float = 2, dashed: bool = False
) -> str:
    """Draw a line with a filled head at its end; the head is a shape of its own, since markers need references."""
    angle = math.degrees(math.atan2(start[1] - end[1], end[0] - start[0]))
    length = 6 + 2.5 * stroke_width
    wings = [around(end, length, angle + turn) for turn in (158, -158)]
    neck = around(end, length * 0.8, angle + 180)
    head = polygon([end, *wings], fill=stroke, stroke=Colour.NONE)
    return line(start, neck, stroke=stroke, stroke_width=stroke_width, dashed=dashed) + "\n" + head


def text(
    at: Point,
    words: str,
    *,
    size: float = 16,
    anchor: Anchor = "middle",
    colour: Colour = Colour.INK,
    bold: bool = False,
    mono: bool = False,
) -> str:
    """Write one line of words whose middle height is at `at`; `anchor` says which end of the words is there."""
    attributes = _attributes(
        x=at[0],
        y=at[1] + size * 0.35,
        font_family="monospace" if mono else "sans-serif",
        font_size=size,
        font_weight="bold" if bold else "normal",
        text_anchor=anchor,
        fill=colour,
    )
    return f'<text {attributes} xml:space="preserve">{escape(words)}</text>'


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    words: str,
    *,
    size: float = 16,
    fill: Colour = Colour.PALE_BLUE,
    stroke: Colour = Colour.INK,
    radius: float = 6,
    bold: bool = False,
    mono: bool = False,
) -> str:
    """Draw a rectangle with words in its middle, a line of them for each line of `words`."""
    frame = rectangle(x, y, width, height, fill=fill, stroke=stroke, radius=radius)
    lines = words.split("\n")
    top = y + height / 2 - (len(lines) - 1) * size * 0.6
    middles = ((x + width / 2, top + index * size * 1.2) for index in range(len(lines)))
    written = (text(at, each, size=size, bold=bold, mono=mono) for at, each in zip(middles, lines, strict=True))
    return "\n".join([frame, *written])


def _pen(stroke: Colour, stroke_width: float, dashed: bool = False) -> dict[str, str | float]:
    pen: dict[str, str | float] = {"stroke": stroke}
    if stroke is not Colour.NONE:
        pen |= {"stroke_width": stroke_width, "stroke_linejoin": "round", "stroke_linecap": "round"}
    if dashed:
        pen["stroke_dasharray"] = "6 6"
    return pen


def _shape(name: str, **attributes: str | float) -> str:
    return f"<{name} {_attributes(**attributes)}/>"


def _attributes(**attributes: str | float) -> str:
    pairs = ((name.replace("_", "-"), _value(value)) for name, value in attributes.items())
    return " ".join(f"{name}={quoteattr(value)}" for name, value in pairs)


def _value(value: str | float) -> str:
    return str(value) if isinstance(value, str) else _number(value)


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
