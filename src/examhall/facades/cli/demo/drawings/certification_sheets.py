"""Drawings of the certification bank: spreadsheets with the formula of one cell, whose value is asked."""

from collections.abc import Sequence

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.svg import Colour, box, picture, rectangle, text

_ROW = 30
_MARGIN = 8
_NUMBERS = 30


@draws("cert-sheet-sum")
def sheet_sum() -> str:
    """Draw a column of numbers and a sum that leaves out its last one."""
    rows = [("Día", "Ventas"), ("Lunes", "12"), ("Martes", "8"), ("Miércoles", "15"), ("Jueves", "5"), ("Total", "?")]
    return _sheet(rows, widths=(150, 160), active="B6", formula="=SUMA(B2:B4)")


@draws("cert-sheet-countif")
def sheet_countif() -> str:
    """Draw seven marks, two of which equal the bound of the count."""
    marks = ["7", "8", "9.5", "6", "8", "10", "5"]
    names = ["Ana", "Beto", "Carla", "David", "Elsa", "Fidel", "Gema"]
    rows = [("Alumno", "Nota"), *zip(names, marks, strict=True), ("Cuenta", "?")]
    return _sheet(rows, widths=(150, 160), active="B9", formula='=CONTAR.SI(B2:B8,">=8")')


@draws("cert-sheet-if-and")
def sheet_if_and() -> str:
    """Draw four students of whom one meets both conditions."""
    rows = [
        ("Alumno", "Nota", "Asistencia", "Diploma"),
        ("Ana", "85", "75", "?"),
        ("Beto", "68", "95", "?"),
        ("Carla", "72", "80", "?"),
        ("David", "90", "79", "?"),
    ]
    return _sheet(rows, widths=(80, 56, 104, 82), active="D2", formula='=SI(Y(B2>=70,C2>=80),"Sí","No")')


@draws("cert-sheet-lookup")
def sheet_lookup() -> str:
    """Draw a price list and an exact lookup in its third column."""
    rows = [
        ("Clave", "Producto", "Precio"),
        ("P01", "Cuaderno", "35"),
        ("P02", "Lápiz", "6"),
        ("P03", "Regla", "14"),
        ("P04", "Goma", "9"),
        ("P05", "Mochila", "420"),
        ("", "", ""),
        ("Resultado", "?", ""),
    ]
    return _sheet(rows, widths=(100, 116, 96), active="B8", formula='=BUSCARV("P03",A2:C6,3,FALSO)')


@draws("cert-sheet-average")
def sheet_average() -> str:
    """Draw an average over an empty cell and a zero."""
    rows = [
        ("Alumno", "Puntos"),
        ("Ana", "10"),
        ("Beto", ""),
        ("Carla", "8"),
        ("David", "0"),
        ("", ""),
        ("Promedio", "?"),
    ]
    return _sheet(rows, widths=(150, 160), active="B7", formula="=PROMEDIO(B2:B5)")


@draws("cert-sheet-tax")
def sheet_tax() -> str:
    """Draw prices, quantities and one cell with the tax rate."""
    rows = [
        ("Producto", "Precio", "Piezas", "Total"),
        ("Cuaderno", "35", "10", "?"),
        ("Pluma", "8", "25", "?"),
        ("Mochila", "420", "2", "?"),
        ("", "", "", ""),
        ("IVA", "16%", "", ""),
    ]
    return _sheet(rows, widths=(98, 74, 76, 72), active="D2", formula="")


def _sheet(rows: Sequence[tuple[str, ...]], *, widths: Sequence[float], active: str, formula: str) -> str:
    """Draw a sheet: formula bar, column letters, row numbers, cells, and a frame around the active cell."""
    letters = "ABCD"[: len(widths)]
    lefts = [_MARGIN + _NUMBERS + sum(widths[:index]) for index in range(len(widths))]
    top = 52
    shapes = [
        box(_MARGIN, 8, 46, _ROW, active, fill=Colour.PALE_GREY, radius=0, bold=True),
        rectangle(_MARGIN + 46, 8, lefts[-1] + widths[-1] - _MARGIN - 46, _ROW, fill=Colour.WHITE),
        text((_MARGIN + 54, 8 + _ROW / 2), formula, size=15, anchor="start", mono=True),
    ]
    for left, width, letter in zip(lefts, widths, letters, strict=True):
        shapes.append(_cell(left, top, width, letter, fill=Colour.PALE_GREY))
    for number, row in enumerate(rows, start=1):
        down = top + number * _ROW
        shapes.append(_cell(_MARGIN, down, _NUMBERS, f"{number}", fill=Colour.PALE_GREY))
        shapes += [
            _cell(left, down, width, words, bold=number == 1)
            for left, width, words in zip(lefts, widths, row, strict=True)
        ]
    column, down = letters.index(active[0]), top + int(active[1:]) * _ROW
    frame = rectangle(lefts[column], down, widths[column], _ROW, fill=Colour.NONE, stroke=Colour.GREEN, stroke_width=4)
    height = top + (len(rows) + 1) * _ROW + 8
    title = _title(rows, letters=letters, active=active, formula=formula)
    return picture(*shapes, frame, width=lefts[-1] + widths[-1] + _MARGIN, height=height, title=title)


def _cell(x: float, y: float, width: float, words: str, *, fill: Colour = Colour.WHITE, bold: bool = False) -> str:
    return box(x, y, width, _ROW, words, fill=fill, stroke=Colour.GREY, radius=0, bold=bold)


def _title(rows: Sequence[tuple[str, ...]], *, letters: str, active: str, formula: str) -> str:
    cells = [
        f"{letter}{number}: {words}"
        for number, row in enumerate(rows, start=1)
        for letter, words in zip(letters, row, strict=True)
        if words not in {"", "?"}
    ]
    entered = f" La celda {active} contiene {formula}." if formula else ""
    return f"Hoja de cálculo. {'; '.join(cells)}.{entered}"
