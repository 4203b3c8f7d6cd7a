"""Drawings of the chemistry questions."""

import math

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.svg import Colour, Point, around, arrow, circle, line, picture, polyline, text


@draws("electron-shells-2-8-1")
def electron_shells() -> str:
    """Draw an atom with two, eight and one electrons on its shells."""
    centre = (160, 160)
    shapes = [circle(centre, radius, fill=Colour.NONE, stroke=Colour.GREY) for radius in (60, 100, 140)]
    for radius, electrons in ((60, 2), (100, 8), (140, 1)):
        places = (around(centre, radius, 90 + 360 * number / electrons) for number in range(electrons))
        shapes += [circle(place, 8, fill=Colour.BLUE) for place in places]
    return picture(
        *shapes,
        circle(centre, 24, fill=Colour.PALE_RED),
        text(centre, "+", size=24, bold=True),
        width=320,
        height=320,
        title="Atom with 2 electrons on the inner, 8 on the middle and 1 on the outer shell",
    )


@draws("heating-curve")
def heating_curve() -> str:
    """Draw the temperature of a substance that melts from B to C and boils from D to E."""
    corners: dict[str, Point] = {
        "A": (50, 240),
        "B": (95, 190),
        "C": (145, 190),
        "D": (205, 95),
        "E": (285, 95),
        "F": (320, 50),
    }
    shapes = [polyline(list(corners.values()), stroke=Colour.RED, stroke_width=3)]
    for name, (x, y) in corners.items():
        shapes += [circle((x, y), 4, fill=Colour.INK), text((x + 10, y + 18), name, size=18, bold=True)]
    return picture(
        arrow((40, 270), (345, 270)),
        arrow((40, 270), (40, 25)),
        text((345, 290), "heat supplied", anchor="end"),
        text((52, 28), "temperature", anchor="start"),
        *shapes,
        width=360,
        height=306,
        title="Heating curve with the points A to F: rising, level from B to C, rising, level from D to E, rising",
    )


@draws("energy-profile")
def energy_profile() -> str:
    """Draw the course of an exothermic reaction; arrow A leads from the reactants to the peak."""
    reactants, peak, products = 170, 60, 230
    curve: list[Point] = [(50, reactants), (100, reactants)]
    curve += [(100 + x, _slope(x / 75, reactants, peak)) for x in range(0, 76, 3)]
    curve += [(175 + x, _slope(x / 85, peak, products)) for x in range(0, 86, 3)]
    curve += [(260, products), (330, products)]
    return picture(
        arrow((40, 270), (345, 270)),
        arrow((40, 270), (40, 25)),
        text((345, 290), "course of the reaction", anchor="end"),
        text((52, 24), "energy", anchor="start"),
        line((100, reactants), (330, reactants), stroke=Colour.GREY, dashed=True),
        polyline(curve, stroke=Colour.BLUE, stroke_width=3),
        arrow((175, reactants), (175, peak + 3), stroke=Colour.RED, stroke_width=2.5),
        text((192, 130), "A", size=20, bold=True, colour=Colour.RED),
        text((88, 190), "reactants"),
        text((295, 250), "products"),
        width=360,
        height=306,
        title="Energy of reactants and products; arrow A goes from the level of the reactants to the top of the curve",
    )


@draws("structural-formula")
def structural_formula() -> str:
    """Draw two carbon atoms with five hydrogen atoms and an OH group."""
    first, second, oxygen = (110, 130), (190, 130), (270, 130)
    atoms: list[tuple[Point, str]] = [
        (first, "C"),
        (second, "C"),
        (oxygen, "O"),
        ((40, 130), "H"),
        ((110, 50), "H"),
        ((110, 210), "H"),
        ((190, 50), "H"),
        ((190, 210), "H"),
        ((330, 130), "H"),
    ]
    bonds = [((40, 130), (330, 130)), ((110, 50), (110, 210)), ((190, 50), (190, 210))]
    gaps = (circle(place, 16, fill=Colour.WHITE, stroke=Colour.NONE) for place, _ in atoms)
    return picture(
        *(line(start, end, stroke_width=3) for start, end in bonds),
        *gaps,
        *(text(place, name, size=24, colour=Colour.RED if name == "O" else Colour.INK) for place, name in atoms),
        width=370,
        height=260,
        title="Structural formula: a carbon atom with three hydrogen atoms, bound to a carbon atom with two hydrogen "
        "atoms, which is bound to an oxygen atom with one hydrogen atom",
    )


def _slope(part: float, start: float, end: float) -> float:
    return start + (end - start) * (1 - math.cos(math.pi * part)) / 2
