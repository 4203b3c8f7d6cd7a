"""Drawings of the mathematics questions."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import Axes, bars
from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    arc,
    around,
    circle,
    line,
    picture,
    polygon,
    polyline,
    rectangle,
    text,
)


@draws("right-triangle-6-8")
def right_triangle() -> str:
    """Draw a right triangle with legs of 6 cm and 8 cm and an unknown hypotenuse."""
    corner, right, top = (70, 230), (310, 230), (70, 50)
    return picture(
        polygon([corner, right, top]),
        polyline([(70, 210), (90, 210), (90, 230)]),
        text((190, 252), "8 cm", size=18),
        text((40, 140), "6 cm", size=18),
        text((208, 126), "c", size=20, bold=True),
        width=360,
        height=280,
        title="Right triangle with legs of 6 cm and 8 cm and hypotenuse c",
    )


@draws("straight-line-graph")
def straight_line() -> str:
    """Draw the graph of y = 2x - 1."""
    axes = Axes(origin=(40, 310), left=-3, right=4, bottom=-4, top=5, unit_x=40, unit_y=30)
    return picture(
        axes.draw(),
        axes.curve(lambda x: 2 * x - 1, start=-1.5, end=3),
        width=360,
        height=340,
        title="Graph of a straight line in a coordinate system",
    )


@draws("parabola-graph")
def parabola() -> str:
    """Draw the graph of y = x² - 2x - 3."""
    axes = Axes(origin=(40, 330), left=-3, right=5, bottom=-5, top=5, unit_x=35, unit_y=28)
    return picture(
        axes.draw(),
        axes.curve(lambda x: x * x - 2 * x - 3, start=-2, end=4),
        width=360,
        height=360,
        title="Graph of a quadratic function in a coordinate system",
    )


@draws("bar-chart-books")
def books_per_day() -> str:
    """Draw how many books were lent from Monday to Friday: 12, 8, 15, 9, 16."""
    books = {"Mon": 12, "Tue": 8, "Wed": 15, "Thu": 9, "Fri": 16}
    chart = bars(books, x=50, y=50, width=290, height=200, top=20, step=5)
    counts = (
        text((50 + 58 * (day + 0.5), 238 - number * 10), str(number), bold=True)
        for day, number in enumerate(books.values())
    )
    return picture(
        text((180, 22), "Books lent per day", size=18, bold=True),
        chart,
        *counts,
        width=360,
        height=290,
        title="Bar chart of books lent: Monday 12, Tuesday 8, Wednesday 15, Thursday 9, Friday 16",
    )


@draws("venn-multiples")
def venn_of_multiples() -> str:
    """Draw the multiples of 2 and of 3 up to 12 as overlapping sets."""
    places = {
        "2": (80, 110),
        "4": (110, 160),
        "8": (80, 205),
        "10": (122, 215),
        "6": (180, 140),
        "12": (180, 185),
        "3": (262, 130),
        "9": (262, 195),
        "1": (30, 270),
        "5": (90, 280),
        "7": (270, 280),
        "11": (330, 270),
    }
    return picture(
        rectangle(8, 8, 344, 290, fill=Colour.PALE_GREY),
        circle((135, 160), 95, fill=Colour.PALE_BLUE),
        circle((225, 160), 95, fill=Colour.NONE),
        text((66, 60), "A", size=20, bold=True),
        text((294, 60), "B", size=20, bold=True),
        *(text(place, number, size=18) for number, place in places.items()),
        width=360,
        height=306,
        title="Venn diagram of the numbers 1 to 12 with the sets A and B",
    )


@draws("circle-sector-60")
def circle_sector() -> str:
    """Draw a sector of 60 degrees with a radius of 9 cm."""
    centre = (60, 240)
    edge = [around(centre, 240, angle) for angle in range(0, 61, 3)]
    return picture(
        polygon([centre, *edge], fill=Colour.PALE_YELLOW, stroke=Colour.NONE),
        line(centre, edge[0]),
        line(centre, edge[-1]),
        arc(centre, 240, start=0, end=60, stroke=Colour.RED, stroke_width=4),
        arc(centre, 50, start=0, end=60),
        text((142, 205), "60°", size=18),
        text((180, 260), "9 cm", size=18),
        text(around(centre, 262, 30), "b", size=20, bold=True, colour=Colour.RED),
        width=340,
        height=280,
        title="Sector of a circle with radius 9 cm, angle 60 degrees and arc b",
    )
