"""Drawings of the biology questions."""

import math

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import Axes
from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    arrow,
    box,
    circle,
    ellipse,
    line,
    picture,
    polyline,
    text,
)


@draws("animal-cell")
def animal_cell() -> str:
    """Draw a cell: 1 nucleus, 2 mitochondrion, 3 cell membrane, 4 cytoplasm."""
    folds = [(222, 190), (232, 206), (240, 188), (250, 208), (258, 188), (268, 206), (278, 190)]
    return picture(
        ellipse((175, 150), 150, 110, fill=Colour.PALE_YELLOW, stroke=Colour.ORANGE, stroke_width=5),
        circle((135, 140), 48, fill=Colour.PALE_BLUE, stroke=Colour.BLUE),
        circle((145, 130), 13, fill=Colour.BLUE, stroke=Colour.NONE),
        ellipse((250, 197), 42, 22, fill=Colour.PALE_RED, stroke=Colour.RED),
        polyline(folds, stroke=Colour.RED),
        ellipse((205, 90), 32, 16, fill=Colour.PALE_RED, stroke=Colour.RED),
        polyline([(184, 86), (193, 97), (201, 84), (209, 97), (217, 84), (226, 94)], stroke=Colour.RED),
        *_pointer((40, 30), (115, 120), "1"),
        *_pointer((330, 280), (262, 200), "2"),
        *_pointer((330, 40), (278, 72), "3"),
        *_pointer((40, 280), (130, 220), "4"),
        width=360,
        height=310,
        title="Animal cell: 1 the large round body with a dark spot, 2 an oval body with a folded inner membrane, "
        "3 the outer border, 4 the space between the structures",
    )


def _pointer(label: tuple[float, float], target: tuple[float, float], name: str) -> list[str]:
    return [
        line(label, target, stroke_width=1.5),
        circle(target, 3, fill=Colour.INK),
        circle(label, 16, fill=Colour.WHITE),
        text(label, name, size=18, bold=True),
    ]


@draws("punnett-square")
def punnett_square() -> str:
    """Draw the empty square of a cross of Bb with Bb."""
    shapes = []
    for index, allele in enumerate(("B", "b")):
        shapes.append(text((165 + 90 * index, 65), allele, size=24, bold=True, colour=Colour.BLUE))
        shapes.append(text((90, 135 + 90 * index), allele, size=24, bold=True, colour=Colour.RED))
        shapes += [box(120 + 90 * index, 90 + 90 * row, 90, 90, "?", size=24, radius=0) for row in range(2)]
    return picture(
        text((210, 25), "egg cells of Bb", size=18, colour=Colour.BLUE),
        text((50, 170), "sperm", size=18, colour=Colour.RED),
        text((50, 192), "cells", size=18, colour=Colour.RED),
        text((50, 214), "of Bb", size=18, colour=Colour.RED),
        *shapes,
        width=320,
        height=290,
        title="Punnett square to fill in: egg cells B and b above, sperm cells B and b at the side",
    )


@draws("dna-strand")
def dna_strand() -> str:
    """Draw a double strand whose upper bases are ATGCCA and whose lower bases are unknown."""
    shapes = [line((20, 60), (340, 60), stroke_width=5), line((20, 210), (340, 210), stroke_width=5)]
    for index, base in enumerate("ATGCCA"):
        x = 30 + 52 * index
        shapes += [box(x, 62, 40, 62, base, size=22, radius=0), box(x, 146, 40, 62, "?", size=22, radius=0)]
        shapes.append(line((x + 20, 126), (x + 20, 144), stroke=Colour.GREY, dashed=True))
    return picture(
        text((20, 36), "upper strand", anchor="start"),
        text((20, 236), "lower strand", anchor="start"),
        *shapes,
        width=360,
        height=256,
        title="Piece of DNA: upper strand A T G C C A, lower strand unknown",
    )


@draws("food-web-meadow")
def food_web() -> str:
    """Draw who is eaten by whom: grass, grasshopper, frog, mouse, owl and fox."""
    places = {
        "owl": (40, 15),
        "fox": (230, 15),
        "frog": (20, 105),
        "mouse": (220, 150),
        "grasshopper": (10, 195),
        "grass": (120, 285),
    }
    eaten = [
        ((180, 285), (90, 233)),
        ((200, 285), (260, 188)),
        ((70, 195), (70, 145)),
        ((75, 105), (85, 55)),
        ((250, 150), (125, 55)),
        ((280, 150), (285, 55)),
    ]
    return picture(
        *(arrow(start, end, stroke=Colour.GREY, stroke_width=2.5) for start, end in eaten),
        *(box(x, y, 120, 38, name, size=18, fill=Colour.PALE_GREEN) for name, (x, y) in places.items()),
        width=360,
        height=335,
        title="Food web: grass is eaten by grasshopper and mouse, grasshopper by frog, frog by owl, mouse by owl and fox",
    )


@draws("enzyme-temperature")
def enzyme_curve() -> str:
    """Draw the speed of an enzyme: rising to 38 °C, falling to nothing at 60 °C."""
    axes = Axes(origin=(50, 250), left=0, right=70, bottom=0, top=10, unit_x=4, unit_y=20)
    return picture(
        axes.draw(step_x=10, step_y=10, name_x="temperature in °C", name_y="speed in units"),
        axes.curve(lambda t: 9 * math.sin(math.pi / 2 * t / 38) ** 2, start=4, end=38, stroke=Colour.GREEN),
        axes.curve(lambda t: 9 * math.cos(math.pi / 2 * (t - 38) / 22) ** 2, start=38, end=60, stroke=Colour.GREEN),
        width=360,
        height=300,
        title="Speed of an enzyme by temperature: it rises to about 38 °C and falls steeply to zero at 60 °C",
    )
