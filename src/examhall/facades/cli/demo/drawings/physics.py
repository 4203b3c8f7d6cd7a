"""Drawings of the physics questions."""

import math

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import Axes
from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    arc,
    around,
    arrow,
    box,
    circle,
    line,
    picture,
    polygon,
    polyline,
    rectangle,
    text,
)


@draws("transverse-wave")
def transverse_wave() -> str:
    """Draw a wave with four arrows: W half a wavelength, X amplitude, Y crest to trough, Z wavelength."""
    crest, rest, trough = 90, 150, 210
    wave = [(20 + x, rest - 60 * math.sin(x / 25.465)) for x in range(0, 321, 4)]
    return picture(
        line((10, rest), (350, rest), stroke=Colour.GREY, dashed=True),
        polyline(wave, stroke=Colour.BLUE, stroke_width=3),
        arrow((60, rest), (60, crest), stroke=Colour.RED, stroke_width=2.5),
        text((78, 128), "X", size=18, bold=True, colour=Colour.RED),
        arrow((60, 60), (220, 60), stroke=Colour.GREEN, stroke_width=2.5),
        text((140, 42), "Z", size=18, bold=True, colour=Colour.GREEN),
        line((300, crest - 5), (340, crest - 5), stroke=Colour.LINE),
        line((300, trough), (340, trough), stroke=Colour.LINE),
        arrow((320, trough), (320, crest - 5), stroke=Colour.PURPLE, stroke_width=2.5),
        text((340, 128), "Y", size=18, bold=True, colour=Colour.PURPLE),
        arrow((100, 240), (180, 240), stroke=Colour.ORANGE, stroke_width=2.5),
        line((100, rest), (100, 240), stroke=Colour.LINE),
        line((180, rest), (180, 240), stroke=Colour.LINE),
        text((140, 258), "W", size=18, bold=True, colour=Colour.ORANGE),
        width=360,
        height=276,
        title="Wave with its rest position and four arrows called W, X, Y and Z",
    )


@draws("velocity-time-graph")
def velocity_of_a_car() -> str:
    """Draw a car's velocity: 0 to 12 m/s in 4 s, steady until 10 s, at rest again at 12 s."""
    axes = Axes(origin=(50, 250), left=0, right=12, bottom=0, top=14, unit_x=22, unit_y=14)
    return picture(
        axes.draw(step_x=2, step_y=2, name_x="t in s", name_y="v in m/s"),
        polyline([axes.at(0, 0), axes.at(4, 12), axes.at(10, 12), axes.at(12, 0)], stroke=Colour.RED, stroke_width=3),
        width=360,
        height=300,
        title="Velocity-time graph: from 0 to 12 m/s in 4 s, constant until 10 s, then to 0 at 12 s",
    )


@draws("parallel-resistors")
def parallel_resistors() -> str:
    """Draw resistors of 6 ohms and 3 ohms in parallel between A and B."""
    return picture(
        polyline([(40, 120), (90, 120), (90, 60), (270, 60), (270, 120), (320, 120)]),
        polyline([(90, 120), (90, 180), (270, 180), (270, 120)]),
        box(135, 42, 90, 36, "6 Ω", fill=Colour.WHITE, radius=0, size=18),
        box(135, 162, 90, 36, "3 Ω", fill=Colour.WHITE, radius=0, size=18),
        circle((40, 120), 5, fill=Colour.INK),
        circle((320, 120), 5, fill=Colour.INK),
        circle((90, 120), 3, fill=Colour.INK),
        circle((270, 120), 3, fill=Colour.INK),
        text((22, 120), "A", size=18, bold=True),
        text((338, 120), "B", size=18, bold=True),
        width=360,
        height=230,
        title="Two resistors of 6 ohms and 3 ohms, side by side between the points A and B",
    )


@draws("seesaw-balance")
def seesaw() -> str:
    """Draw a seesaw with 300 N at 2.0 m on the left and 400 N at the distance d on the right."""
    return picture(
        polygon([(190, 170), (165, 220), (215, 220)], fill=Colour.PALE_GREY),
        line((20, 170), (340, 170), stroke_width=6),
        arrow((50, 70), (50, 164), stroke=Colour.RED, stroke_width=3),
        text((62, 80), "300 N", anchor="start", size=18, colour=Colour.RED),
        arrow((295, 54), (295, 164), stroke=Colour.RED, stroke_width=3),
        text((284, 64), "400 N", anchor="end", size=18, colour=Colour.RED),
        line((50, 176), (50, 262), stroke=Colour.GREY, dashed=True),
        line((190, 224), (190, 262), stroke=Colour.GREY, dashed=True),
        line((295, 176), (295, 262), stroke=Colour.GREY, dashed=True),
        arrow((190, 250), (50, 250), stroke=Colour.BLUE),
        arrow((50, 250), (190, 250), stroke=Colour.BLUE),
        arrow((295, 250), (190, 250), stroke=Colour.BLUE),
        arrow((190, 250), (295, 250), stroke=Colour.BLUE),
        text((120, 270), "2.0 m", size=18, colour=Colour.BLUE),
        text((243, 270), "d", size=18, bold=True, colour=Colour.BLUE),
        width=360,
        height=290,
        title="Seesaw in balance: 300 N at 2.0 m left of the pivot, 400 N at the distance d right of it",
    )


@draws("block-on-incline")
def block_on_incline() -> str:
    """Draw a block with its weight of 20 N on a slope of 30 degrees."""
    foot = (30, 250)
    top = around(foot, 330, 30)
    bottom = around(foot, 130, 30), around(foot, 220, 30)
    block = [*bottom, around(bottom[1], 60, 120), around(bottom[0], 60, 120)]
    centre = (sum(x for x, _ in block) / 4, sum(y for _, y in block) / 4)
    return picture(
        polygon([foot, (top[0], foot[1]), top], fill=Colour.PALE_GREY),
        polygon(block, fill=Colour.PALE_BLUE),
        arrow(centre, (centre[0], centre[1] + 100), stroke=Colour.RED, stroke_width=3),
        text((centre[0] + 10, centre[1] + 86), "20 N", anchor="start", size=18, colour=Colour.RED),
        arc(foot, 70, start=0, end=30),
        text((118, 234), "30°", size=18),
        width=360,
        height=270,
        title="Block at rest on a slope of 30 degrees, with its weight of 20 N",
    )


@draws("refraction-at-glass")
def refraction() -> str:
    """Draw a ray that meets glass at 30 degrees to the normal, with the unknown angle of refraction."""
    point = (180, 150)
    return picture(
        rectangle(10, 150, 340, 140, stroke=Colour.NONE),
        line((10, 150), (350, 150)),
        line((180, 10), (180, 290), stroke=Colour.GREY, dashed=True),
        arrow(around(point, 150, 120), point, stroke=Colour.RED, stroke_width=3),
        arrow(point, around(point, 140, -70.5), stroke=Colour.RED, stroke_width=3),
        arc(point, 70, start=90, end=120),
        arc(point, 80, start=-90, end=-70.5),
        text(around(point, 90, 105), "30°", size=18),
        text(around(point, 98, -80), "β", size=18),
        text((30, 132), "air, n = 1.00", anchor="start", size=18),
        text((30, 172), "glass, n = 1.50", anchor="start", size=18),
        width=360,
        height=300,
        title="Ray of light from air into glass, 30 degrees to the normal in air and beta in glass",
    )
