"""Drawings of the certification bank: statistical charts to be read."""

from collections.abc import Mapping, Sequence

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import Axes, bars
from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    around,
    circle,
    line,
    picture,
    polygon,
    polyline,
    rectangle,
    text,
)

_MONTHS = ("Ene", "Feb", "Mar", "Abr", "May", "Jun")


@draws("cert-bars-monthly")
def bars_monthly() -> str:
    """Draw sales by month; once they double."""
    sales = {"Ene": 20, "Feb": 30, "Mar": 25, "Abr": 50, "May": 45}
    return picture(
        text((190, 18), "Piezas vendidas por mes", size=18, bold=True),
        bars(sales, x=44, y=44, width=306, height=210, top=60, step=10),
        width=360,
        height=290,
        title="Gráfica de barras de piezas vendidas: enero 20, febrero 30, marzo 25, abril 50, mayo 45.",
    )


@draws("cert-pie-transport")
def pie_transport() -> str:
    """Draw a pie whose last share is not written."""
    shares = [
        ("Autobús", 40, Colour.PALE_BLUE),
        ("Metro", 25, Colour.PALE_YELLOW),
        ("Bicicleta", 15, Colour.PALE_GREEN),
        ("Auto", 20, Colour.PALE_RED),
    ]
    centre, radius = (180.0, 160.0), 144.0
    shapes = []
    start = 90.0
    for words, share, fill in shares:
        sweep = share * 3.6
        rim = [around(centre, radius, start - sweep * step / 40) for step in range(41)]
        across, down = around(centre, radius * 0.64, start - sweep / 2)
        shapes.append(polygon([centre, *rim], fill=fill))
        shapes.append(text((across, down - 10), words))
        shapes.append(text((across, down + 10), "?" if words == "Auto" else f"{share} %", bold=True))
        start -= sweep
    return picture(
        *shapes,
        width=360,
        height=320,
        title="Gráfica circular: autobús 40 %, metro 25 %, bicicleta 15 %; el porcentaje de auto no está escrito.",
    )


@draws("cert-lines-products")
def lines_products() -> str:
    """Draw the sales of two products over six months; the lines cross once."""
    first, second = (50, 48, 45, 42, 38, 35), (20, 26, 31, 36, 47, 52)
    axes = Axes(origin=(44, 270), left=0, right=6, bottom=0, top=60, unit_x=50, unit_y=3.8)
    return picture(
        text((180, 18), "Piezas vendidas", size=18, bold=True),
        *_levels(axes, step=10),
        *(text((axes.at(index + 0.5, 0)[0], 286), month) for index, month in enumerate(_MONTHS)),
        _series(axes, first, stroke=Colour.BLUE),
        _series(axes, second, stroke=Colour.ORANGE, dashed=True),
        text((axes.at(0.5, 50)[0], axes.at(0.5, 50)[1] - 16), "A", bold=True, colour=Colour.BLUE),
        text((axes.at(0.5, 20)[0], axes.at(0.5, 20)[1] - 16), "B", bold=True, colour=Colour.ORANGE),
        width=360,
        height=300,
        title="Gráfica de líneas de enero a junio. Producto A: 50, 48, 45, 42, 38, 35. Producto B: 20, 26, 31, 36, 47, 52.",
    )


@draws("cert-histogram-grades")
def histogram_grades() -> str:
    """Draw the marks of thirty students in five classes."""
    counts = (3, 5, 12, 8, 2)
    axes = Axes(origin=(38, 250), left=0, right=100, bottom=0, top=14, unit_x=3, unit_y=14)
    shapes = list(_levels(axes, step=2))
    for index, count in enumerate(counts):
        left, top = axes.at(index * 20, count)
        shapes.append(rectangle(left, top, 60, count * 14, fill=Colour.PALE_BLUE))
    shapes += [text((axes.at(mark, 0)[0], 266), f"{mark}") for mark in range(0, 101, 20)]
    return picture(
        text((50, 24), "Alumnos", anchor="start"),
        *shapes,
        text((194, 290), "Calificación (cada barra incluye su inicio)", size=14),
        width=360,
        height=304,
        title="Histograma de calificaciones: de 0 a 20, 3 alumnos; de 20 a 40, 5; de 40 a 60, 12; de 60 a 80, 8; de 80 a "
        "100, 2. Cada clase incluye su inicio.",
    )


@draws("cert-box-plot")
def box_plot() -> str:
    """Draw a box plot: 20, 40, 55, 70, 90."""

    def across(value: float) -> float:
        return 20 + value * 3.2

    low, first, median, third, high = 20, 40, 55, 70, 90
    shapes = []
    for mark in range(0, 101, 10):
        shapes.append(line((across(mark), 20), (across(mark), 130), stroke=Colour.LINE, stroke_width=1))
        shapes.append(text((across(mark), 146), f"{mark}", size=14))
    return picture(
        *shapes,
        line((across(low), 75), (across(first), 75)),
        line((across(third), 75), (across(high), 75)),
        *(line((across(value), 55), (across(value), 95)) for value in (low, high)),
        rectangle(across(first), 40, across(third) - across(first), 70),
        line((across(median), 40), (across(median), 110), stroke=Colour.RED, stroke_width=4),
        line((across(0), 130), (across(100), 130)),
        width=360,
        height=162,
        title="Diagrama de caja: mínimo 20, la caja va de 40 a 70, la línea interior está en 55, máximo 90.",
    )


@draws("cert-scatter-plot")
def scatter_plot() -> str:
    """Draw the capacity of batteries against their age."""
    dots = [(1, 92), (2, 86), (2, 81), (3, 77), (4, 71), (5, 60), (6, 54), (7, 47), (8, 38), (9, 32)]
    axes = Axes(origin=(44, 246), left=0, right=10, bottom=0, top=100, unit_x=29, unit_y=2)
    return picture(
        axes.draw(step_x=1, step_y=20, name_x="", name_y="Batería (%)"),
        *(circle(axes.at(x, y), 6, fill=Colour.BLUE, stroke=Colour.NONE) for x, y in dots),
        text((190, 282), "Antigüedad del equipo (años)"),
        width=360,
        height=298,
        title="Diagrama de dispersión, años de antigüedad y porcentaje de batería: "
        + "; ".join(f"{x}, {y}" for x, y in dots)
        + ".",
    )


@draws("cert-bars-brands")
def bars_brands() -> str:
    """Draw two nearly equal values on an axis that starts just below them."""
    axes = Axes(origin=(60, 250), left=0, right=10, bottom=96, top=98.5, unit_x=29, unit_y=80)
    shapes = []
    for step in range(6):
        start, end = axes.at(0, 96 + step / 2), axes.at(10, 96 + step / 2)
        shapes.append(line(start, end, stroke=Colour.LINE, stroke_width=1))
        shapes.append(text((start[0] - 8, start[1]), f"{96 + step / 2:.1f}", size=14, anchor="end"))
    for left, words, value, fill in ((1.5, "Marca A", 96.5, Colour.GREY), (6, "Marca B", 98.0, Colour.BLUE)):
        x, y = axes.at(left, value)
        shapes.append(rectangle(x, y, 72, 250 - y, fill=fill, stroke=Colour.NONE))
        shapes.append(text((x + 36, 268), words))
    return picture(
        text((180, 18), "Clientes satisfechos (%)", size=18, bold=True),
        *shapes,
        line(axes.at(0, 96), axes.at(10, 96)),
        width=360,
        height=284,
        title="Gráfica de barras de clientes satisfechos: marca A, 96.5 %; marca B, 98 %; el eje vertical va de 96 a 98.5.",
    )


@draws("cert-bars-branches")
def bars_branches() -> str:
    """Draw shop and online sales of four branches side by side."""
    sales = {"Norte": (50, 45), "Sur": (70, 40), "Oriente": (35, 55), "Centro": (80, 60)}
    axes = Axes(origin=(44, 280), left=0, right=8, bottom=0, top=90, unit_x=38, unit_y=2.2)
    return picture(
        rectangle(60, 12, 18, 18, fill=Colour.BLUE),
        text((86, 21), "En tienda", anchor="start"),
        rectangle(200, 12, 18, 18, fill=Colour.PALE_YELLOW),
        text((226, 21), "En línea", anchor="start"),
        *_levels(axes, step=10),
        *_pairs(axes, sales),
        text((190, 326), "Ventas (miles de pesos)"),
        width=360,
        height=342,
        title="Ventas en miles de pesos, en tienda y en línea: Norte, 50 y 45; Sur, 70 y 40; Oriente, 35 y 55; Centro, 80 y "
        "60.",
    )


def _levels(axes: Axes, *, step: int) -> Sequence[str]:
    """Draw a numbered horizontal line every `step`, from the bottom of the axes to their top."""
    shapes = []
    for level in range(round(axes.bottom), round(axes.top) + 1, step):
        start, end = axes.at(axes.left, level), axes.at(axes.right, level)
        base = level == axes.bottom
        shapes.append(line(start, end, stroke=Colour.INK if base else Colour.LINE, stroke_width=2 if base else 1))
        shapes.append(text((start[0] - 8, start[1]), f"{level}", size=14, anchor="end"))
    return shapes


def _series(axes: Axes, values: Sequence[float], *, stroke: Colour, dashed: bool = False) -> str:
    """Draw a line through one value in the middle of each unit of x, with a dot at each."""
    points = [axes.at(index + 0.5, value) for index, value in enumerate(values)]
    dots = (circle(point, 5, fill=stroke, stroke=Colour.NONE) for point in points)
    return "\n".join([polyline(points, stroke=stroke, stroke_width=3, dashed=dashed), *dots])


def _pairs(axes: Axes, values: Mapping[str, tuple[int, int]]) -> Sequence[str]:
    """Draw two bars for each label, with their values over them."""
    shapes = []
    for index, (words, pair) in enumerate(values.items()):
        for place, (value, fill) in enumerate(zip(pair, (Colour.BLUE, Colour.PALE_YELLOW), strict=True)):
            left, top = axes.at(index * 2 + 0.2 + place * 0.8, value)
            width = axes.unit_x * 0.8
            shapes.append(rectangle(left, top, width, value * axes.unit_y, fill=fill))
            shapes.append(text((left + width / 2, top - 10), f"{value}", size=14, bold=True))
        shapes.append(text((axes.at(index * 2 + 1, 0)[0], 300), words))
    return shapes
