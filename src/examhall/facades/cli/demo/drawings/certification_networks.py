"""Drawings of the certification bank: networks and messages."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.diagrams import computer, link, node
from examhall.facades.cli.demo.drawings.svg import Colour, Point, around, arrow, box, ellipse, line, picture, text


@draws("cert-network-topology")
def network_topology() -> str:
    """Draw five computers, each linked to one device in the middle."""
    middle = (180.0, 160.0)
    places = [around(middle, 122, 90 + 72 * index) for index in range(5)]
    return picture(
        *(line(middle, place) for place in places),
        box(116, 138, 128, 44, "Conmutador", fill=Colour.PALE_YELLOW),
        *(computer(place, f"PC {index + 1}") for index, place in enumerate(places)),
        width=360,
        height=300,
        title="Cinco computadoras; cada una está unida por un solo cable a un mismo conmutador.",
    )


@draws("cert-network-two-switches")
def network_two_switches() -> str:
    """Draw the internet, a router, and two switches with their own devices."""
    leaves: list[tuple[Point, str]] = [
        ((36, 268), "PC1"),
        ((106, 268), "PC2"),
        ((258, 268), "PC3"),
        ((326, 268), "PC4"),
    ]
    return picture(
        line((180, 60), (180, 90)),
        ellipse((180, 34), 70, 26, fill=Colour.PALE_GREY),
        text((180, 34), "Internet"),
        line((180, 110), (110, 176)),
        line((180, 110), (285, 176)),
        box(130, 90, 100, 42, "Router", fill=Colour.PALE_YELLOW),
        *(line((110, 176), (across, 250)) for across in (36, 106)),
        line((110, 176), (180, 250)),
        *(line((285, 176), (across, 250)) for across in (258, 326)),
        box(76, 156, 68, 42, "S1", bold=True),
        box(251, 156, 68, 42, "S2", bold=True),
        *(computer(place, words) for place, words in leaves),
        box(143, 246, 74, 34, "Impresora", size=13, fill=Colour.PALE_GREEN),
        width=360,
        height=300,
        title="Red: internet se conecta a un router; el router, a los conmutadores S1 y S2. A S1 se conectan PC1, PC2 y la "
        "impresora; a S2, PC3 y PC4.",
    )


@draws("cert-network-addresses")
def network_addresses() -> str:
    """Draw four computers with their addresses around a switch."""
    machines = [
        (6, 10, "PC 1\n192.168.5.10"),
        (204, 10, "PC 2\n192.168.5.27"),
        (6, 196, "PC 3\n192.168.6.14"),
        (204, 196, "PC 4\n192.168.5.200"),
    ]
    return picture(
        *(line((180, 133), (x + 75, y + 30)) for x, y, _ in machines),
        *(box(x, y, 150, 60, words, size=17, fill=Colour.PALE_GREY) for x, y, words in machines),
        box(116, 111, 128, 44, "Conmutador", fill=Colour.PALE_YELLOW),
        width=360,
        height=266,
        title="Cuatro equipos conectados a un conmutador. PC 1: 192.168.5.10. PC 2: 192.168.5.27. PC 3: 192.168.6.14. "
        "PC 4: 192.168.5.200.",
    )


@draws("cert-weighted-network")
def weighted_network() -> str:
    """Draw a network of five nodes with a latency on each link."""
    places: dict[str, Point] = {"A": (34, 130), "B": (130, 40), "C": (130, 220), "D": (240, 220), "E": (326, 110)}
    links = [
        ("A", "B", 4),
        ("A", "C", 2),
        ("B", "C", 1),
        ("B", "D", 5),
        ("C", "D", 8),
        ("D", "E", 3),
        ("B", "E", 10),
    ]
    return picture(
        *(link(places[start], places[end], label=f"{cost}") for start, end, cost in links),
        *(node(place, words) for words, place in places.items()),
        width=360,
        height=258,
        title="Red con enlaces y latencias: A-B 4, A-C 2, B-C 1, B-D 5, C-D 8, D-E 3 y B-E 10 milisegundos.",
    )


@draws("cert-name-lookup")
def name_lookup() -> str:
    """Draw, as a sequence, what a browser asks two servers."""
    heads = [(56, "Navegador"), (186, "Servidor X"), (304, "Servidor web")]
    lanes = [line((across, 46), (across, 300), stroke=Colour.GREY, dashed=True) for across, _ in heads]
    names = [box(across - 52, 10, 104, 36, words, size=14) for across, words in heads]
    return picture(
        *lanes,
        *names,
        text((62, 70), "1. ¿Cuál es la IP", size=14, anchor="start"),
        text((62, 87), "de ejemplo.mx?", size=14, anchor="start"),
        arrow((56, 102), (185, 102)),
        text((62, 130), "2. 203.0.113.8", size=14, anchor="start"),
        arrow((186, 146), (57, 146)),
        box(92, 174, 180, 24, "3. Pide la página", size=14, fill=Colour.WHITE, stroke=Colour.NONE),
        arrow((56, 206), (303, 206)),
        box(92, 238, 180, 24, "4. Envía la página", size=14, fill=Colour.WHITE, stroke=Colour.NONE),
        arrow((304, 270), (57, 270)),
        width=360,
        height=308,
        title="Secuencia: 1, el navegador pregunta al servidor X cuál es la IP de ejemplo.mx; 2, X responde 203.0.113.8; "
        "3, el navegador pide la página al servidor web; 4, el servidor web la envía.",
    )


@draws("cert-message-encryption")
def message_encryption() -> str:
    """Draw a message encrypted with the receiver's public key; the key that opens it is unnamed."""
    return picture(
        box(60, 10, 240, 44, "Alicia escribe el mensaje"),
        box(60, 84, 240, 60, "Cifrar con la\nclave pública de Bruno", fill=Colour.PALE_YELLOW),
        box(60, 174, 240, 44, "Mensaje cifrado en internet", fill=Colour.PALE_GREY),
        box(60, 248, 240, 60, "Descifrar con\n?", size=18, fill=Colour.PALE_YELLOW, bold=True),
        box(60, 338, 240, 44, "Bruno lee el mensaje"),
        *(arrow((180, start), (180, start + 29)) for start in (54, 144, 218, 308)),
        width=360,
        height=394,
        title="Pasos: Alicia escribe el mensaje; se cifra con la clave pública de Bruno; viaja cifrado por internet; se "
        "descifra con una clave desconocida; Bruno lee el mensaje.",
    )
