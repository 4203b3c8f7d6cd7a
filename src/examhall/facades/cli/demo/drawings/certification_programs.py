"""Drawings of the certification bank: flowcharts, logic, trees, automata and data structures."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import table
from examhall.facades.cli.demo.drawings.diagrams import curved_arrow, decision, elbow, link, node, slanted
from examhall.facades.cli.demo.drawings.svg import Colour, Point, arrow, box, circle, line, picture, polyline, text


@draws("cert-flow-parity")
def flow_parity() -> str:
    """Draw a flowchart with one decision on whether n is even."""
    return picture(
        box(130, 8, 100, 38, "Inicio", radius=19, fill=Colour.PALE_GREY),
        slanted(115, 76, 130, 42, "Leer n"),
        decision((180, 186), 160, 80, "¿n es par?"),
        box(14, 262, 130, 44, "r = n / 2"),
        box(216, 262, 130, 44, "r = 3 * n + 1"),
        slanted(105, 346, 150, 42, "Imprimir r"),
        box(130, 418, 100, 38, "Fin", radius=19, fill=Colour.PALE_GREY),
        arrow((180, 46), (180, 75)),
        arrow((180, 118), (180, 145)),
        elbow([(100, 186), (79, 186), (79, 261)]),
        elbow([(260, 186), (281, 186), (281, 261)]),
        elbow([(79, 306), (79, 326), (160, 326), (160, 345)]),
        elbow([(281, 306), (281, 326), (200, 326), (200, 345)]),
        arrow((180, 388), (180, 417)),
        text((84, 170), "Sí"),
        text((276, 170), "No"),
        width=360,
        height=464,
        title="Diagrama de flujo: leer n; si n es par, r = n / 2; si no, r = 3 * n + 1; imprimir r.",
    )


@draws("cert-flow-loop")
def flow_loop() -> str:
    """Draw a flowchart whose loop doubles s three times."""
    return picture(
        box(130, 8, 100, 38, "Inicio", radius=19, fill=Colour.PALE_GREY),
        box(105, 76, 150, 44, "s = 1,  i = 1"),
        decision((180, 192), 140, 80, "¿i < 4?"),
        box(115, 266, 130, 44, "s = s * 2"),
        box(115, 340, 130, 44, "i = i + 1"),
        slanted(224, 416, 130, 42, "Imprimir s"),
        arrow((180, 46), (180, 75)),
        arrow((180, 120), (180, 151)),
        arrow((180, 232), (180, 265)),
        arrow((180, 310), (180, 339)),
        elbow([(115, 362), (50, 362), (50, 192), (109, 192)]),
        elbow([(250, 192), (296, 192), (296, 415)]),
        text((200, 248), "Sí"),
        text((272, 176), "No"),
        width=360,
        height=468,
        title="Diagrama de flujo: s = 1, i = 1; mientras i sea menor que 4, s = s * 2 e i = i + 1; al terminar, imprimir s.",
    )


@draws("cert-truth-table")
def truth_table() -> str:
    """Draw the truth table of an operation that is not named."""
    rows = [("A", "B", "S"), ("0", "0", "0"), ("0", "1", "1"), ("1", "0", "1"), ("1", "1", "0")]
    return picture(
        table(rows, x=20, y=8, widths=(70, 70, 70), size=18),
        width=250,
        height=196,
        title="Tabla de verdad (A, B, S): 0, 0, 0; 0, 1, 1; 1, 0, 1; 1, 1, 0.",
    )


@draws("cert-logic-circuit")
def logic_circuit() -> str:
    """Draw S = (A and B) or (not C) with named gates."""
    return picture(
        *(text((16, down), words, size=18, bold=True) for words, down in (("A", 40), ("B", 80), ("C", 160))),
        line((30, 40), (90, 40)),
        line((30, 80), (90, 80)),
        line((30, 160), (90, 160)),
        box(90, 26, 84, 68, "AND", bold=True),
        box(90, 138, 84, 44, "NOT", bold=True),
        polyline([(174, 60), (206, 60), (206, 92), (230, 92)]),
        polyline([(174, 160), (206, 160), (206, 128), (230, 128)]),
        box(230, 76, 80, 68, "OR", bold=True),
        line((310, 110), (334, 110)),
        text((346, 110), "S", size=18, bold=True),
        width=360,
        height=200,
        title="Circuito lógico: A y B entran a una compuerta AND; C entra a una compuerta NOT; las salidas de ambas entran a "
        "una compuerta OR cuya salida es S.",
    )


@draws("cert-binary-tree")
def binary_tree() -> str:
    """Draw a binary tree of six nodes."""
    places: dict[str, Point] = {
        "8": (180, 34),
        "3": (100, 116),
        "10": (260, 116),
        "1": (54, 198),
        "6": (146, 198),
        "14": (310, 198),
    }
    links = [("8", "3"), ("8", "10"), ("3", "1"), ("3", "6"), ("10", "14")]
    return picture(
        *(link(places[start], places[end], gap=24) for start, end in links),
        *(node(place, words, radius=24, size=18) for words, place in places.items()),
        width=360,
        height=232,
        title="Árbol binario: la raíz es 8; su hijo izquierdo es 3, con hijos 1 (izquierdo) y 6 (derecho); su hijo derecho es "
        "10, con un hijo derecho, 14.",
    )


@draws("cert-decision-tree")
def decision_tree() -> str:
    """Draw a decision tree of three questions on a credit."""
    return picture(
        box(70, 8, 220, 48, "¿Ingreso de 10,000\npesos o más?", fill=Colour.PALE_YELLOW),
        box(8, 104, 104, 44, "Rechazar", fill=Colour.PALE_GREY),
        box(140, 104, 212, 48, "¿Buen historial\nde pago?", fill=Colour.PALE_YELLOW),
        box(248, 202, 104, 44, "Aprobar", fill=Colour.PALE_GREY),
        box(70, 202, 150, 44, "¿Tiene aval?", fill=Colour.PALE_YELLOW),
        box(8, 296, 130, 48, "Pasar a\nrevisión", fill=Colour.PALE_GREY),
        box(170, 296, 140, 48, "Aprobar con\nlímite", fill=Colour.PALE_GREY),
        *_branch((130, 56), (60, 103), "No", left=True),
        *_branch((230, 56), (246, 103), "Sí"),
        *_branch((200, 152), (145, 201), "No", left=True),
        *_branch((290, 152), (300, 201), "Sí"),
        *_branch((115, 246), (73, 295), "No", left=True),
        *_branch((185, 246), (240, 295), "Sí"),
        width=360,
        height=356,
        title="Árbol de decisión: ¿ingreso de 10,000 pesos o más? No: rechazar. Sí: ¿buen historial de pago? Sí: aprobar. "
        "No: ¿tiene aval? Sí: aprobar con límite. No: pasar a revisión.",
    )


@draws("cert-automaton")
def automaton() -> str:
    """Draw the automaton that accepts the words in a and b that end in ab."""
    first, second, third = (70.0, 130.0), (195.0, 130.0), (320.0, 130.0)
    return picture(
        arrow((8, 130), (43, 130)),
        *(node(place, words, radius=26, mono=True) for place, words in ((first, "q0"), (second, "q1"))),
        circle(third, 30, fill=Colour.WHITE),
        node(third, "q2", radius=24, fill=Colour.PALE_GREEN, mono=True),
        link(first, second, gap=27, label="a", ending="arrow"),
        curved_arrow([(219, 120), (256, 98), (292, 118)]),
        curved_arrow([(293, 144), (256, 164), (220, 141)]),
        curved_arrow([(56, 107), (36, 44), (104, 44), (84, 107)]),
        curved_arrow([(181, 107), (161, 44), (229, 44), (209, 107)]),
        curved_arrow([(308, 158), (260, 240), (130, 240), (82, 155)]),
        text((70, 44), "b", bold=True),
        text((195, 44), "a", bold=True),
        text((256, 94), "b", bold=True),
        text((256, 168), "a", bold=True),
        text((195, 232), "b", bold=True),
        width=360,
        height=250,
        title="Autómata con estado inicial q0 y estado de doble círculo q2. Desde q0: con a va a q1, con b queda en q0. Desde "
        "q1: con a queda en q1, con b va a q2. Desde q2: con a va a q1, con b va a q0.",
    )


@draws("cert-stack")
def stack() -> str:
    """Draw a stack of three values."""
    values = ("9", "2", "5")
    return picture(
        *(box(120, 20 + index * 56, 120, 52, value, size=20, radius=0) for index, value in enumerate(values)),
        polyline([(112, 12), (112, 194), (248, 194), (248, 12)], stroke_width=4),
        arrow((84, 46), (108, 46)),
        text((44, 46), "Cima", bold=True),
        width=360,
        height=208,
        title="Pila con tres valores; de la cima al fondo: 9, 2, 5.",
    )


def _branch(start: Point, end: Point, words: str, *, left: bool = False) -> tuple[str, str]:
    """Draw an arrow of a decision tree with its answer beside the middle."""
    aside = -24 if left else 24
    return arrow(start, end), text(((start[0] + end[0]) / 2 + aside, (start[1] + end[1]) / 2), words)
