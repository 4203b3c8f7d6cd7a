"""Drawings of the computing questions."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    Point,
    around,
    arrow,
    box,
    circle,
    line,
    picture,
    polygon,
    polyline,
    text,
)


@draws("flowchart-subtract-four")
def flowchart() -> str:
    """Draw the algorithm: x is 10; while x > 3, subtract 4; print x."""
    return picture(
        box(105, 12, 130, 40, "x = 10", size=18, mono=True),
        arrow((170, 52), (170, 84)),
        polygon([(170, 86), (245, 126), (170, 166), (95, 126)], fill=Colour.PALE_YELLOW),
        text((170, 126), "x > 3 ?", size=18, mono=True),
        arrow((170, 166), (170, 208)),
        text((180, 184), "yes", anchor="start"),
        box(105, 210, 130, 40, "x = x - 4", size=18, mono=True),
        polyline([(105, 230), (40, 230), (40, 69), (150, 69)]),
        arrow((140, 69), (168, 69)),
        polyline([(245, 126), (290, 126), (290, 278)]),
        text((254, 110), "no", anchor="start"),
        arrow((290, 270), (290, 288)),
        box(225, 290, 130, 40, "print x", size=18, fill=Colour.PALE_GREEN, mono=True),
        width=360,
        height=344,
        title="Flow chart: x = 10; as long as x is greater than 3, x = x - 4; then print x",
    )


@draws("network-star")
def star_network() -> str:
    """Draw five computers, each with a cable to one switch in the middle."""
    middle = (180, 160)
    computers = [around(middle, 120, 90 + 72 * number) for number in range(5)]
    return picture(
        *(line(middle, at, stroke_width=3) for at in computers),
        box(135, 140, 90, 40, "switch", size=18, fill=Colour.PALE_YELLOW),
        *(box(x - 28, y - 20, 56, 40, f"PC {number}") for number, (x, y) in enumerate(computers, start=1)),
        width=360,
        height=300,
        title="Five computers, each with one cable to a switch in the middle",
    )


@draws("logic-circuit")
def logic_circuit() -> str:
    """Draw Q = (A and B) or (not C)."""
    return picture(
        *(text((20, y), name, size=20, bold=True) for name, y in (("A", 50), ("B", 90), ("C", 180))),
        line((35, 50), (80, 50)),
        line((35, 90), (80, 90)),
        line((35, 180), (80, 180)),
        box(80, 35, 70, 70, "AND", size=18, radius=0),
        box(80, 155, 70, 50, "NOT", size=18, radius=0, fill=Colour.PALE_RED),
        polyline([(150, 70), (185, 70), (185, 105), (220, 105)]),
        polyline([(150, 180), (185, 180), (185, 145), (220, 145)]),
        box(220, 90, 70, 70, "OR", size=18, radius=0, fill=Colour.PALE_GREEN),
        line((290, 125), (325, 125)),
        text((342, 125), "Q", size=20, bold=True),
        width=360,
        height=225,
        title="Circuit: A and B lead to an AND gate, C to a NOT gate; both outputs lead to an OR gate with the output Q",
    )


@draws("binary-search-tree")
def binary_search_tree() -> str:
    """Draw the tree 8 (3 (1, 6), 10 (-, 14))."""
    places: dict[str, Point] = {
        "8": (180, 40),
        "3": (100, 120),
        "10": (260, 120),
        "1": (55, 205),
        "6": (145, 205),
        "14": (310, 205),
    }
    edges = (("8", "3"), ("8", "10"), ("3", "1"), ("3", "6"), ("10", "14"))
    return picture(
        *(line(places[parent], places[child]) for parent, child in edges),
        *(circle(place, 24) for place in places.values()),
        *(text(place, name, size=20, bold=True) for name, place in places.items()),
        width=360,
        height=245,
        title="Binary tree: root 8 with children 3 and 10; 3 has children 1 and 6; 10 has the right child 14",
    )


@draws("weighted-graph")
def weighted_graph() -> str:
    """Draw a graph: AB 4, AC 1, BC 2, BD 5, CD 8, DE 3."""
    places: dict[str, Point] = {"A": (40, 130), "B": (140, 45), "C": (140, 215), "D": (240, 130), "E": (330, 130)}
    lengths = {"AB": 4, "AC": 1, "BC": 2, "BD": 5, "CD": 8, "DE": 3}
    shapes = [line(places[pair[0]], places[pair[1]]) for pair in lengths]
    for pair, length in lengths.items():
        start, end = places[pair[0]], places[pair[1]]
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        shapes.append(circle(middle, 13, fill=Colour.WHITE, stroke=Colour.NONE))
        shapes.append(text(middle, str(length), size=18, colour=Colour.RED, bold=True))
    return picture(
        *shapes,
        *(circle(place, 22) for place in places.values()),
        *(text(place, name, size=20, bold=True) for name, place in places.items()),
        width=370,
        height=260,
        title="Graph with the edges A-B 4, A-C 1, B-C 2, B-D 5, C-D 8 and D-E 3",
    )
