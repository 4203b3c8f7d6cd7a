"""Drawings of the certification bank: tables of a database, their relationship, and a table of counts."""

from examhall.facades.cli.demo.drawings import draws
from examhall.facades.cli.demo.drawings.charts import table
from examhall.facades.cli.demo.drawings.diagrams import decision
from examhall.facades.cli.demo.drawings.svg import box, line, picture, text


@draws("cert-table-books")
def table_books() -> str:
    """Draw the table of books that a query with two conditions selects from."""
    rows = [
        ("id", "titulo", "anio", "paginas"),
        ("1", "El río", "2005", "280"),
        ("2", "Arena", "2008", "350"),
        ("3", "Norte", "2015", "410"),
        ("4", "Bruma", "2012", "190"),
    ]
    return picture(
        text((180, 18), "libros", size=18, bold=True, mono=True),
        table(rows, x=8, y=36, widths=(50, 110, 84, 100), mono=True),
        width=360,
        height=204,
        title="Tabla libros (id, titulo, anio, paginas): 1, El río, 2005, 280; 2, Arena, 2008, 350; 3, Norte, 2015, 410; "
        "4, Bruma, 2012, 190.",
    )


@draws("cert-tables-orders")
def tables_orders() -> str:
    """Draw customers and orders; one customer has three orders, one has none."""
    customers = [("id", "nombre"), ("1", "Ana"), ("2", "Luis"), ("3", "Eva")]
    orders = [
        ("id", "cliente_id", "total"),
        ("71", "1", "250"),
        ("72", "1", "90"),
        ("73", "3", "400"),
        ("74", "1", "60"),
    ]
    return picture(
        text((180, 16), "clientes", size=18, bold=True, mono=True),
        table(customers, x=80, y=32, widths=(70, 130), mono=True),
        text((180, 184), "pedidos", size=18, bold=True, mono=True),
        table(orders, x=30, y=200, widths=(70, 130, 100), mono=True),
        width=360,
        height=368,
        title="Tabla clientes (id, nombre): 1, Ana; 2, Luis; 3, Eva. Tabla pedidos (id, cliente_id, total): 71, 1, 250; 72, "
        "1, 90; 73, 3, 400; 74, 1, 60.",
    )


@draws("cert-entity-relationship")
def entity_relationship() -> str:
    """Draw a one-to-many relationship in Chen's notation."""
    return picture(
        line((96, 70), (264, 70)),
        box(6, 46, 96, 48, "Profesor", bold=True),
        decision((180, 70), 104, 68, "imparte"),
        box(258, 46, 96, 48, "Curso", bold=True),
        text((114, 54), "1", size=18, bold=True),
        text((245, 54), "N", size=18, bold=True),
        width=360,
        height=140,
        title="Diagrama entidad-relación: Profesor, con cardinalidad 1, unido por la relación imparte con Curso, con "
        "cardinalidad N.",
    )


@draws("cert-table-sales")
def table_sales() -> str:
    """Draw sales by region; one region's total is exactly the bound of the query."""
    rows = [
        ("region", "monto"),
        ("Norte", "300"),
        ("Sur", "200"),
        ("Este", "300"),
        ("Norte", "250"),
        ("Sur", "250"),
        ("Este", "200"),
    ]
    return picture(
        text((180, 18), "ventas", size=18, bold=True, mono=True),
        table(rows, x=50, y=36, widths=(140, 120), mono=True),
        width=360,
        height=268,
        title="Tabla ventas (region, monto): Norte, 300; Sur, 200; Este, 300; Norte, 250; Sur, 250; Este, 200.",
    )


@draws("cert-table-lockers")
def table_lockers() -> str:
    """Draw a table in which one column has no repeated value."""
    rows = [
        ("nombre", "grupo", "casillero", "ciudad"),
        ("Ana", "3A", "C-12", "León"),
        ("Luis", "3B", "C-07", "Mérida"),
        ("Ana", "3B", "C-31", "León"),
        ("Eva", "3A", "C-25", "Puebla"),
    ]
    return picture(
        table(rows, x=6, y=8, widths=(80, 74, 110, 88), mono=True),
        width=364,
        height=176,
        title="Tabla (nombre, grupo, casillero, ciudad): Ana, 3A, C-12, León; Luis, 3B, C-07, Mérida; Ana, 3B, C-31, León; "
        "Eva, 3A, C-25, Puebla.",
    )


@draws("cert-table-shifts")
def table_shifts() -> str:
    """Draw how many students of each shift passed."""
    rows = [("Turno", "Aprobó", "No aprobó"), ("Matutino", "45", "15"), ("Vespertino", "24", "16")]
    return picture(
        table(rows, x=8, y=8, widths=(124, 104, 116), size=17),
        width=360,
        height=118,
        title="Alumnos por turno: matutino, 45 aprobaron y 15 no; vespertino, 24 aprobaron y 16 no.",
    )
