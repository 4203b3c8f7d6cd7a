"""The drawings of the demo are safe, self-contained SVG documents, and each is found by its name."""

import re
from pathlib import PurePath
from xml.etree import ElementTree as ET

import pytest

from examhall.facades.cli.demo.drawings import drawing, drawing_names, draws
from examhall.facades.cli.demo.drawings.svg import Colour, arrow, box, line, picture, text

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"title", "rect", "line", "polyline", "polygon", "ellipse", "text"}

every_drawing = pytest.mark.parametrize("name", sorted(drawing_names()))


def _parse(document: str) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314 - the drawings are our own


@every_drawing
def test_a_drawing_is_a_document_with_a_size_and_a_title(name: str) -> None:
    root = _parse(drawing(name))
    assert root.tag == f"{SVG}svg"
    left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert (root.attrib["width"], root.attrib["height"]) == (f"{width:g}", f"{height:g}")
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == root.attrib["aria-label"]


@every_drawing
def test_a_drawing_holds_shapes_and_words_only(name: str) -> None:
    elements = list(_parse(drawing(name)))
    assert {element.tag.removeprefix(SVG) for element in elements} <= SHAPES
    for element in elements:
        assert len(element) == 0
        assert not [key for key in element.attrib if key.startswith("on") or key.endswith(("href", "style", "id"))]
        assert not [value for value in element.attrib.values() if "url(" in value or ":" in value]


@every_drawing
def test_words_are_inside_the_picture_and_readable_on_a_phone(name: str) -> None:
    root = _parse(drawing(name))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    # A phone shows about 320 CSS pixels; below 10 pixels words are hard to read.
    smallest = 10 * max(1, width / 320)
    for words in root.iter(f"{SVG}text"):
        assert float(words.attrib["font-size"]) >= smallest
        assert 0 <= float(words.attrib["x"]) <= width
        assert 0 <= float(words.attrib["y"]) <= height


def test_a_name_is_safe_as_the_name_of_a_file() -> None:
    for name in drawing_names():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert PurePath(name).name == name


def test_drawing_twice_gives_the_same_document() -> None:
    assert all(drawing(name) == drawing(name) for name in drawing_names())


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(LookupError, match="no-such-drawing"):
        drawing("no-such-drawing")


def test_a_name_is_not_given_twice() -> None:
    taken = min(drawing_names())
    with pytest.raises(ValueError, match=taken):
        draws(taken)(lambda: "")


def test_words_and_titles_are_escaped() -> None:
    words = "<script>\"&'"
    root = _parse(picture(text((5, 5), words), width=10, height=10, title=words))
    assert root[0].text == root.attrib["aria-label"] == root[2].text == words


def test_a_picture_has_a_white_background() -> None:
    background = _parse(picture(width=30, height=20.5, title="Nothing"))[1]
    assert (background.attrib["width"], background.attrib["height"]) == ("30", "20.5")
    assert background.attrib["fill"] == Colour.WHITE


def test_an_arrow_ends_in_a_head_of_its_colour() -> None:
    _, _, shaft, head = _parse(picture(arrow((0, 0), (50, 0), stroke=Colour.RED), width=60, height=10, title="Arrow"))
    assert head.attrib["points"].startswith("50,0 ")
    assert shaft.attrib["stroke"] == head.attrib["fill"] == Colour.RED
    assert float(shaft.attrib["x2"]) < 50


def test_a_box_centres_its_lines_of_words() -> None:
    *_, first, second = _parse(picture(box(0, 0, 100, 60, "one\ntwo"), width=100, height=60, title="Box"))
    assert (first.text, second.text) == ("one", "two")
    assert first.attrib["x"] == second.attrib["x"] == "50"
    assert float(first.attrib["y"]) < float(second.attrib["y"])


def test_a_dashed_line_says_so() -> None:
    plain, dashed = line((0, 0), (1, 1)), line((0, 0), (1, 1), dashed=True)
    assert "stroke-dasharray" not in plain
    assert "stroke-dasharray" in dashed
