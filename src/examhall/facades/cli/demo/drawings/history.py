"""Drawings of the history questions."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import bars
from examhall.facades.cli.demo.drawings.svg import Colour, arrow, circle, line, picture, polygon, rectangle, text


@draws("feudal-pyramid")
def feudal_pyramid() -> str:
    """Draw king, nobles, an unknown rank and peasants as a pyramid of four levels."""
    levels = [
        ("King", Colour.PALE_YELLOW),
        ("Nobles", Colour.PALE_RED),
        ("?", Colour.WHITE),
        ("Peasants", Colour.PALE_GREEN),
    ]
    shapes = []
    for row, (name, fill) in enumerate(levels):
        top, bottom = 20 + 68 * row, 20 + 68 * (row + 1)
        inner, outer = (30 + 34 * row, 30 + 34 * (row + 1)) if row else (0, 64)
        corners = [(180 - inner, top), (180 + inner, top), (180 + outer, bottom), (180 - outer, bottom)]
        middle = (180, top + (42 if row == 0 else 34))
        shapes += [polygon(corners, fill=fill), text(middle, name, size=20, bold=True)]
    return picture(
        *shapes,
        width=360,
        height=310,
        title="Pyramid with four levels from the top: king, nobles, a question mark, peasants",
    )


@draws("timeline-voyages")
def timeline_of_voyages() -> str:
    """Draw the years 1480 to 1530 with marks at 1488 (W), 1492 (X), 1498 (Y) and 1522 (Z)."""
    shapes = [arrow((15, 120), (350, 120), stroke_width=3)]
    for year in range(1480, 1531, 10):
        x = _place(year)
        shapes += [line((x, 114), (x, 126)), text((x, 144), str(year), size=14)]
    for mark, year, height in (("W", 1488, 40), ("X", 1492, 78), ("Y", 1498, 40), ("Z", 1522, 40)):
        x = _place(year)
        shapes += [
            line((x, height), (x, 120), stroke=Colour.RED),
            circle((x, height), 15, fill=Colour.PALE_RED, stroke=Colour.RED),
            text((x, height), mark, size=18, bold=True),
            circle((x, 120), 5, fill=Colour.RED, stroke=Colour.NONE),
        ]
    legend = "W 1488   X 1492   Y 1498   Z 1522"
    return picture(
        *shapes,
        text((180, 180), legend, bold=True),
        width=360,
        height=206,
        title="Time line from 1480 to 1530 with the marks W 1488, X 1492, Y 1498 and Z 1522",
    )


def _place(year: int) -> float:
    return 30 + (year - 1480) * 6


@draws("bar-chart-population")
def population_of_great_britain() -> str:
    """Draw the census figures of England, Wales and Scotland: 10.5, 20.8 and 37.0 million."""
    millions = {"1801": 10.5, "1851": 20.8, "1901": 37.0}
    figures = zip((98.3, 195, 291.7), millions.values(), strict=True)
    return picture(
        text((180, 22), "Population in millions", size=18, bold=True),
        bars(millions, x=50, y=50, width=290, height=200, top=40, step=10),
        *(text((x, 250 - 5 * value - 12), f"{value:.1f}", bold=True) for x, value in figures),
        width=360,
        height=290,
        title="Bar chart of the population of Great Britain in millions: 1801 10.5, 1851 20.8, 1901 37.0",
    )


@draws("stone-with-roman-date")
def stone_with_date() -> str:
    """Draw a stone plate with the Roman numeral of 1776."""
    screws = ((40, 40), (320, 40), (40, 160), (320, 160))
    return picture(
        rectangle(20, 20, 320, 160, fill=Colour.PALE_GREY, stroke=Colour.GREY, stroke_width=5, radius=10),
        *(circle(at, 5, fill=Colour.GREY, stroke=Colour.NONE) for at in screws),
        text((180, 75), "BUILT IN THE YEAR", size=18),
        text((180, 120), "MDCCLXXVI", size=36, bold=True),
        width=360,
        height=200,
        title="Stone plate with the words: built in the year MDCCLXXVI",
    )
