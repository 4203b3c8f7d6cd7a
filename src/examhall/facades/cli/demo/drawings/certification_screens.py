"""Drawings of the certification bank: what a person sees on a screen and has to judge."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import table
from examhall.facades.cli.demo.drawings.diagrams import node
from examhall.facades.cli.demo.drawings.svg import Colour, box, circle, picture, rectangle, text


@draws("cert-address-bar")
def address_bar() -> str:
    """Draw a browser whose page and address do not belong together."""
    return picture(
        rectangle(4, 4, 372, 212, fill=Colour.WHITE, radius=8),
        rectangle(4, 4, 372, 64, fill=Colour.PALE_GREY, radius=8),
        rectangle(12, 18, 356, 36, fill=Colour.WHITE, radius=16),
        text((190, 36), "https://azul.example.seguro.test/ver", size=15, mono=True),
        text((190, 96), "Banco Azul", size=22, bold=True, colour=Colour.BLUE),
        box(90, 116, 200, 34, "Usuario", fill=Colour.WHITE),
        box(90, 162, 200, 34, "Contraseña", fill=Colour.WHITE),
        width=380,
        height=220,
        title="Navegador con la dirección https://azul.example.seguro.test/ver; la página dice Banco Azul y pide usuario y "
        "contraseña.",
    )


@draws("cert-suspicious-mail")
def suspicious_mail() -> str:
    """Draw a mail with four numbered parts, of which the date is harmless."""
    parts = [
        "De: avisos@b4nco-azu1.test",
        "Enviado: martes, 11:20 h",
        "«Confirme su contraseña hoy o\nsu cuenta será cancelada»",
        "Adjunto: estado.pdf.exe",
    ]
    shapes = []
    for index, words in enumerate(parts):
        top = 12 + index * 62
        shapes.append(node((28, top + 26), f"{index + 1}", radius=16, fill=Colour.PALE_YELLOW))
        shapes.append(box(56, top, 296, 52, words, fill=Colour.WHITE))
    return picture(
        *shapes,
        width=360,
        height=262,
        title="Correo con partes numeradas. 1: remitente avisos@b4nco-azu1.test. 2: enviado el martes a las 11:20. 3: el "
        "texto dice «Confirme su contraseña hoy o su cuenta será cancelada». 4: adjunto estado.pdf.exe.",
    )


@draws("cert-role-permissions")
def role_permissions() -> str:
    """Draw what each of four roles may do with records."""
    rows = [
        ("Rol", "Ver", "Agregar", "Modificar", "Eliminar"),
        ("A", "Sí", "Sí", "Sí", "Sí"),
        ("B", "Sí", "Sí", "No", "No"),
        ("C", "Sí", "No", "Sí", "No"),
        ("D", "Sí", "Sí", "No", "Sí"),
    ]
    return picture(
        table(rows, x=6, y=8, widths=(42, 46, 82, 96, 86), size=15),
        width=364,
        height=166,
        title="Tabla de permisos. Rol A: ver, agregar, modificar y eliminar. Rol B: ver y agregar. Rol C: ver y modificar. "
        "Rol D: ver, agregar y eliminar.",
    )


@draws("cert-privacy-settings")
def privacy_settings() -> str:
    """Draw a social network's privacy settings, one of which is open to all."""
    settings = [
        ("Fotos", "Amistades"),
        ("Lista de amistades", "Solo yo"),
        ("Número de teléfono", "Cualquiera"),
        ("Ubicación", "Nadie"),
    ]
    shapes = []
    for index, (name, audience) in enumerate(settings):
        top = 52 + index * 50
        shapes.append(rectangle(8, top, 344, 44, fill=Colour.WHITE, stroke=Colour.LINE, radius=6))
        shapes.append(text((20, top + 22), name, anchor="start"))
        shapes.append(box(226, top + 6, 116, 32, audience, fill=Colour.PALE_GREY, stroke=Colour.LINE))
    return picture(
        text((180, 26), "¿Quién puede ver…?", size=20, bold=True),
        *shapes,
        width=360,
        height=260,
        title="Ajustes de privacidad, quién puede ver: fotos, amistades; lista de amistades, solo yo; número de teléfono, "
        "cualquiera; ubicación, nadie.",
    )


@draws("cert-licence-badge")
def licence_badge() -> str:
    """Draw the badge of the licence CC BY-NC-ND."""
    marks = [("CC", 56), ("BY", 138), ("NC", 220), ("ND", 302)]
    shapes = []
    for words, across in marks:
        shapes.append(circle((across, 60), 34, fill=Colour.WHITE, stroke_width=4))
        shapes.append(text((across, 60), words, size=22, bold=True))
    return picture(
        rectangle(6, 6, 348, 146, fill=Colour.PALE_GREY, radius=8),
        *shapes,
        text((180, 126), "CC BY-NC-ND 4.0", size=22, bold=True),
        width=360,
        height=158,
        title="Insignia de la licencia CC BY-NC-ND 4.0.",
    )
