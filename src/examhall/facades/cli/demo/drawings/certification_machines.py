"""Drawings of the certification bank: inside the computer, its operating system and its files."""

from math import dist

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import table
from examhall.facades.cli.demo.drawings.svg import (
    Colour,
    arrow,
    box,
    circle,
    line,
    picture,
    polyline,
    rectangle,
    text,
)


@draws("cert-computer-blocks")
def computer_blocks() -> str:
    """Draw input, block X with its two units, output, and main memory."""
    return picture(
        box(6, 84, 82, 46, "Entrada"),
        rectangle(114, 10, 132, 196, fill=Colour.PALE_YELLOW, radius=6),
        text((180, 30), "X", size=20, bold=True),
        box(122, 50, 116, 60, "Unidad de\ncontrol"),
        box(122, 124, 116, 70, "Unidad\naritmético-\nlógica"),
        box(272, 84, 82, 46, "Salida"),
        arrow((88, 107), (113, 107)),
        arrow((247, 107), (271, 107)),
        box(86, 256, 188, 46, "Memoria principal"),
        arrow((158, 207), (158, 255)),
        arrow((202, 255), (202, 207)),
        width=360,
        height=314,
        title="Diagrama: la entrada llega al bloque X, formado por la unidad de control y la unidad aritmético-lógica; "
        "X intercambia datos con la memoria principal y envía la salida.",
    )


@draws("cert-memory-pyramid")
def memory_pyramid() -> str:
    """Draw the memory hierarchy with its second level unnamed."""
    levels = [
        ("Registros", 110, Colour.PALE_RED),
        ("?", 190, Colour.PALE_YELLOW),
        ("Memoria RAM", 270, Colour.PALE_GREEN),
        ("Disco o SSD", 350, Colour.PALE_BLUE),
    ]
    steps = [
        box(180 - width / 2, 36 + index * 52, width, 48, words, size=18, fill=fill)
        for index, (words, width, fill) in enumerate(levels)
    ]
    return picture(
        text((180, 18), "Más rápida y de menor capacidad"),
        *steps,
        text((180, 262), "Más lenta y de mayor capacidad"),
        width=360,
        height=280,
        title="Pirámide de memorias, de arriba (más rápida) abajo (más lenta): registros, nivel marcado con signo de "
        "interrogación, memoria RAM, disco o SSD.",
    )


@draws("cert-disk-usage")
def disk_usage() -> str:
    """Draw a disk's bar: 500 GB, of which 90 + 130 + 160 are used."""
    parts = [
        ("Sistema", 90, Colour.PALE_RED),
        ("Programas", 130, Colour.PALE_YELLOW),
        ("Fotos y videos", 160, Colour.PALE_GREEN),
        ("Libre", 120, Colour.WHITE),
    ]
    shapes = []
    left = 10.0
    for index, (words, size, fill) in enumerate(parts):
        width = size * 0.68
        shapes.append(box(left, 40, width, 50, f"{index + 1}", fill=fill, radius=0, bold=True))
        amount = "?" if words == "Libre" else f"{size} GB"
        shapes.append(rectangle(30, 108 + index * 30, 20, 20, fill=fill))
        shapes.append(text((60, 118 + index * 30), f"{index + 1}. {words}: {amount}", anchor="start"))
        left += width
    return picture(
        text((180, 20), "Unidad de 500 GB", size=18, bold=True),
        *shapes,
        width=360,
        height=236,
        title="Barra de una unidad de 500 GB: sistema 90 GB, programas 130 GB, fotos y videos 160 GB; el resto está libre.",
    )


@draws("cert-process-monitor")
def process_monitor() -> str:
    """Draw a process monitor in which the busiest program is not the largest."""
    rows = [
        ("Programa", "CPU", "Memoria"),
        ("Editor de video", "71 %", "1,210 MB"),
        ("Navegador", "12 %", "1,450 MB"),
        ("Reproductor", "5 %", "640 MB"),
        ("Hoja de cálculo", "2 %", "310 MB"),
    ]
    return picture(
        table(rows, x=8, y=8, widths=(160, 76, 108)),
        width=360,
        height=176,
        title="Monitor de procesos: editor de video, CPU 71 %, memoria 1,210 MB; navegador, 12 %, 1,450 MB; reproductor, "
        "5 %, 640 MB; hoja de cálculo, 2 %, 310 MB.",
    )


@draws("cert-process-states")
def process_states() -> str:
    """Draw the states of a process with the state of one that waits unnamed."""
    return picture(
        box(10, 12, 110, 44, "Nuevo"),
        box(10, 108, 110, 44, "Listo"),
        box(240, 108, 110, 44, "Ejecución"),
        box(240, 12, 110, 44, "Terminado"),
        box(125, 232, 110, 48, "?", size=24, fill=Colour.PALE_YELLOW, bold=True),
        arrow((65, 56), (65, 107)),
        arrow((120, 120), (239, 120)),
        arrow((240, 142), (121, 142)),
        arrow((295, 108), (295, 57)),
        arrow((295, 152), (222, 231)),
        arrow((138, 232), (65, 153)),
        text((180, 108), "recibe turno", size=14),
        text((180, 156), "acaba su turno", size=14),
        text((276, 192), "pide", size=14, anchor="start"),
        text((276, 209), "un dato", size=14, anchor="start"),
        text((84, 192), "llega", size=14, anchor="end"),
        text((84, 209), "el dato", size=14, anchor="end"),
        width=360,
        height=292,
        title="Estados de un proceso: de nuevo pasa a listo; de listo a ejecución cuando recibe turno, y de vuelta cuando "
        "acaba su turno; de ejecución a terminado; de ejecución al estado desconocido cuando pide un dato, y de ese "
        "estado a listo cuando llega el dato.",
    )


@draws("cert-cpu-gantt")
def cpu_gantt() -> str:
    """Draw three processes on one processor: P1 0-2 ms, P2 2-7 ms, P3 7-10 ms."""
    runs = [("P1", 0, 2, Colour.PALE_GREEN), ("P2", 2, 7, Colour.PALE_YELLOW), ("P3", 7, 10, Colour.PALE_RED)]
    unit, left = 32, 20
    shapes = [
        box(left + start * unit, 16, (end - start) * unit, 56, words, size=18, fill=fill, radius=0, bold=True)
        for words, start, end, fill in runs
    ]
    for instant in range(11):
        across = left + instant * unit
        shapes.append(line((across, 72), (across, 80)))
        shapes.append(text((across, 92), f"{instant}"))
    return picture(
        *shapes,
        text((180, 118), "Tiempo (ms)"),
        width=360,
        height=134,
        title="Uso del procesador: P1 del instante 0 al 2, P2 del 2 al 7 y P3 del 7 al 10, en milisegundos.",
    )


@draws("cert-folder-tree")
def folder_tree() -> str:
    """Draw a small tree of folders and files."""
    entries = [
        (0, "proyecto"),
        (1, "datos"),
        (2, "ventas.csv"),
        (2, "clima.csv"),
        (1, "informes"),
        (2, "enero.pdf"),
        (1, "leeme.txt"),
    ]
    shapes = []
    for index, (depth, words) in enumerate(entries):
        x, y = 20 + depth * 50, 24 + index * 38
        folder = "." not in words
        shapes.append(rectangle(x, y - 10, 24, 18, fill=Colour.PALE_YELLOW if folder else Colour.WHITE, radius=2))
        shapes.append(text((x + 34, y), words, size=17, anchor="start", bold=folder, mono=True))
        if depth:
            parent = max(above for above in range(index) if entries[above][0] == depth - 1)
            shapes.append(polyline([(x - 38, 24 + parent * 38 + 8), (x - 38, y), (x, y)], stroke=Colour.GREY))
    return picture(
        *shapes,
        width=300,
        height=276,
        title="Árbol de carpetas: proyecto contiene las carpetas datos e informes y el archivo leeme.txt; datos contiene "
        "ventas.csv y clima.csv; informes contiene enero.pdf.",
    )


@draws("cert-file-list")
def file_list() -> str:
    """Draw a list of files whose sizes are in different units."""
    rows = [
        ("Archivo", "Tamaño"),
        ("concierto.mp4", "850 MB"),
        ("fotos.tar", "980,000 KB"),
        ("manual.pdf", "45,000 KB"),
        ("respaldo.zip", "1.2 GB"),
    ]
    return picture(
        table(rows, x=8, y=8, widths=(184, 160), mono=True),
        width=360,
        height=176,
        title="Lista de archivos: concierto.mp4, 850 MB; fotos.tar, 980,000 KB; manual.pdf, 45,000 KB; respaldo.zip, "
        "1.2 GB.",
    )


@draws("cert-zoomed-shapes")
def zoomed_shapes() -> str:
    """Draw a disc twice, enlarged: once as squares, once smooth."""
    cell, count = 16, 9
    middle = ((count - 1) / 2, (count - 1) / 2)
    squares = [
        rectangle(16 + column * cell, 44 + row * cell, cell, cell, fill=Colour.BLUE, stroke=Colour.BLUE, stroke_width=1)
        for row in range(count)
        for column in range(count)
        if dist((column, row), middle) <= count / 2
    ]
    return picture(
        text((88, 22), "A", size=20, bold=True),
        text((272, 22), "B", size=20, bold=True),
        *squares,
        circle((272, 116), 72, fill=Colour.BLUE, stroke=Colour.NONE),
        width=360,
        height=204,
        title="Dos ampliaciones de un círculo: en A el borde se ve escalonado, hecho de cuadros; en B el borde es liso.",
    )


@draws("cert-pixel-grid")
def pixel_grid() -> str:
    """Draw a picture of 8 by 6 pixels in four colours."""
    fills = {".": Colour.WHITE, "o": Colour.PALE_YELLOW, "x": Colour.ORANGE, "#": Colour.INK}
    rows = ["..####..", ".#oooo#.", "#o#oo#o#", "#oxooxo#", ".#oxxo#.", "..####.."]
    squares = [
        rectangle(20 + column * 40, 12 + row * 40, 40, 40, fill=fills[mark], stroke=Colour.GREY, stroke_width=1)
        for row, marks in enumerate(rows)
        for column, mark in enumerate(marks)
    ]
    return picture(
        *squares,
        width=360,
        height=264,
        title="Retícula de 8 columnas por 6 filas de píxeles en cuatro colores.",
    )
