"""Charts made of the primitives: tables, bars, and curves in a coordinate system."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from examhall.facades.cli.demo.drawings.svg import Colour, Point, arrow, box, line, polyline, rectangle, text


def table(
    rows: Sequence[Sequence[str]], *, x: float, y: float, widths: Sequence[float], size: float = 16, mono: bool = False
) -> str:
    """Draw a table whose first row is its head; `widths` are those of the columns."""
    height = size * 2
    cells = []
    for number, row in enumerate(rows):
        left = x
        fill = Colour.PALE_BLUE if number == 0 else Colour.WHITE
        for words, width in zip(row, widths, strict=True):
            top = y + number * height
            cell = box(left, top, width, height, words, size=size, fill=fill, radius=0, bold=number == 0, mono=mono)
            cells.append(cell)
            left += width
    return "\n".join(cells)


def bars(
    values: Mapping[str, float], *, x: float, y: float, width: float, height: float, top: float, step: float
) -> str:
    """Draw a bar for each value, from its label, on a scale from 0 to `top` with a line every `step`."""
    shapes = []
    for index in range(round(top / step) + 1):
        level = y + height - height * index * step / top
        shapes.append(line((x, level), (x + width, level), stroke=Colour.LINE, stroke_width=1))
        shapes.append(text((x - 8, level), f"{index * step:g}", size=14, anchor="end"))
    slot = width / len(values)
    for index, (label, value) in enumerate(values.items()):
        length = height * value / top
        left = x + slot * (index + 0.2)
        shapes.append(rectangle(left, y + height - length, slot * 0.6, length, fill=Colour.BLUE, stroke=Colour.NONE))
        shapes.append(text((x + slot * (index + 0.5), y + height + 16), label, size=14))
    shapes.append(line((x, y + height), (x + width, y + height)))
    return "\n".join(shapes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """A coordinate system: what lies at the bottom left corner, and how long a unit of each axis is drawn.

    `left` and `bottom` are the least x and y; `origin` is where they are on the picture.
    """

    origin: Point
    left: float
    right: float
    bottom: float
    top: float
    unit_x: float
    unit_y: float

    def at(self, x: float, y: float) -> Point:
        """Return where on the picture the point (x, y) is."""
        return self.origin[0] + (x - self.left) * self.unit_x, self.origin[1] - (y - self.bottom) * self.unit_y

    def draw(self, *, step_x: float = 1, step_y: float = 1, name_x: str = "x", name_y: str = "y") -> str:
        """Draw the grid with its numbers, and both axes with their names."""
        shapes = []
        base_x, base_y = max(self.left, 0), max(self.bottom, 0)
        for x in _steps(self.left, self.right, step_x):
            shapes.append(line(self.at(x, self.bottom), self.at(x, self.top), stroke=Colour.LINE, stroke_width=1))
            if x != base_x:
                across, down = self.at(x, base_y)
                shapes.append(text((across, down + 14), f"{x:g}", size=14))
        for y in _steps(self.bottom, self.top, step_y):
            shapes.append(line(self.at(self.left, y), self.at(self.right, y), stroke=Colour.LINE, stroke_width=1))
            if y != base_y or self.bottom == 0:
                across, down = self.at(base_x, y)
                shapes.append(text((across - 8, down), f"{y:g}", size=14, anchor="end"))
        across, down = self.at(self.right, base_y)
        shapes.append(arrow(self.at(self.left, base_y), (across + 16, down)))
        below = 32 if self.bottom == 0 else -16
        shapes.append(text((across + 14, down + below), name_x, anchor="end"))
        across, down = self.at(base_x, self.top)
        shapes.append(arrow(self.at(base_x, self.bottom), (across, down - 16)))
        shapes.append(text((across + 8, down - 12), name_y, anchor="start"))
        return "\n".join(shapes)

    def curve(
        self, function: Callable[[float], float], *, start: float, end: float, stroke: Colour = Colour.BLUE
    ) -> str:
        """Draw the graph of `function` between two values of x."""
        values = (start + (end - start) * step / 60 for step in range(61))
        return polyline([self.at(x, function(x)) for x in values], stroke=stroke, stroke_width=3)


def _steps(first: float, last: float, step: float) -> list[float]:
    return [first + step * index for index in range(round((last - first) / step) + 1)]
