"""The certification bank is complete, well-formed, fair to read in the time given, and its pictures agree with its keys."""

import re
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from statistics import mean
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from examhall.domain.kinds import AuthoredOption, kind_of
from examhall.domain.words import QuestionType
from examhall.facades.cli.demo.drawings import drawing, drawing_names

Table = dict[str, Any]
Rows = list[tuple[str, ...]]

SVG = "{http://www.w3.org/2000/svg}"
CONTENT = files("examhall.facades.cli.demo") / "content"
BANK: Table = tomllib.loads((CONTENT / "certificacion.toml").read_text(encoding="utf-8"))
QUESTIONS: list[Table] = BANK["question"]
BY_KEY = {question["key"]: question for question in QUESTIONS}
IMAGES = [question["image"] for question in QUESTIONS if "image" in question]

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["key"]))
every_image = pytest.mark.parametrize("image", IMAGES)


def _key(question: Table) -> str:
    return str(_correct_answer(question)["text"])


def _correct_answer(question: Table) -> Table:
    (correct,) = [answer for answer in question["answers"] if answer["correct"]]
    return dict(correct)


def _is_longest(question: Table) -> bool:
    return all(len(answer["text"]) < len(_key(question)) for answer in question["answers"] if not answer["correct"])


def _is_shortest(question: Table) -> bool:
    return all(len(answer["text"]) > len(_key(question)) for answer in question["answers"] if not answer["correct"])


def _texts(question: Table) -> list[str]:
    return [question["text"], *(answer["text"] for answer in question["answers"])]


def _words(image: str) -> list[str]:
    """Return the words of a drawing in the order in which they are written."""
    root = ET.fromstring(drawing(image))  # noqa: S314 - the drawings are our own
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def _rows(words: Sequence[str], columns: int) -> Rows:
    return [tuple(words[start : start + columns]) for start in range(0, len(words), columns)]


def _sheet(image: str) -> tuple[str, Rows]:
    """Return the formula of a drawn spreadsheet and its rows, without letters, numbers and the head."""
    _, formula, *rest = _words(image)
    columns = rest.index("1")
    return formula, [row[1:] for row in _rows(rest[columns:], columns + 1)[1:]]


def test_the_bank_is_large_enough_for_its_exams() -> None:
    assert len(QUESTIONS) >= 130
    assert len(IMAGES) >= 18


def test_every_subject_is_declared_and_well_covered() -> None:
    counts = Counter(question["subject"] for question in QUESTIONS)
    assert list(counts) == BANK["subjects"]
    assert min(counts.values()) >= 12


def test_difficulties_are_spread_in_the_bank_and_in_every_subject() -> None:
    counts = Counter(question["difficulty"] for question in QUESTIONS)
    assert counts.keys() == {"easy", "medium", "hard"}
    assert min(counts.values()) >= len(QUESTIONS) * 0.2
    for subject in BANK["subjects"]:
        seen = {question["difficulty"] for question in QUESTIONS if question["subject"] == subject}
        assert seen == counts.keys()


def test_keys_and_texts_are_unique() -> None:
    assert len(BY_KEY) == len(QUESTIONS)
    assert len({question["text"] for question in QUESTIONS}) == len(QUESTIONS)


def test_the_place_of_the_correct_option_gives_nothing_away() -> None:
    places = Counter(question["answers"].index(_correct_answer(question)) for question in QUESTIONS)
    assert places.keys() == {0, 1, 2, 3}
    assert min(places.values()) >= len(QUESTIONS) * 0.22
    assert max(places.values()) <= len(QUESTIONS) * 0.28


def test_the_length_of_the_correct_option_gives_nothing_away() -> None:
    longest = [question for question in QUESTIONS if _is_longest(question)]
    shortest = [question for question in QUESTIONS if _is_shortest(question)]
    assert len(longest) <= len(QUESTIONS) * 0.3
    assert len(shortest) <= len(QUESTIONS) * 0.3


@every_question
def test_a_question_has_the_documented_fields(question: Table) -> None:
    assert question.keys() - {"image"} == {"key", "subject", "type", "difficulty", "text", "answers"}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", question["key"])
    assert question["type"] == "multiple_choice"
    for answer in question["answers"]:
        assert answer.keys() == {"text", "correct"}
        assert isinstance(answer["correct"], bool)


@every_question
def test_a_question_has_four_different_options_and_one_is_correct(question: Table) -> None:
    assert len({answer["text"].casefold() for answer in question["answers"]}) == len(question["answers"]) == 4
    assert _key(question)


@every_question
def test_the_domain_accepts_the_options_of_a_question(question: Table) -> None:
    options = [AuthoredOption(text=answer["text"], is_correct=answer["correct"]) for answer in question["answers"]]
    kind_of(QuestionType.MULTIPLE_CHOICE).check_options(options)


@every_question
def test_options_do_not_speak_of_their_order(question: Table) -> None:
    for answer in question["answers"]:
        assert not re.search(
            r"\b(anterior(es)? son|las anteriores|los anteriores|ambas|ambos)\b", answer["text"], re.IGNORECASE
        )


@every_question
def test_spanish_marks_come_in_pairs(question: Table) -> None:
    for written in _texts(question):
        words = re.sub(r"`[^`]*`", "x", written).replace("«?»", "")
        assert words.count("¿") == words.count("?")
        assert words.count("«") == words.count("»")
        assert words.count("(") == words.count(")")
        assert "`" not in words
        assert "$" not in words, "outside code a dollar sign starts a formula"
        assert "  " not in words
        assert written.strip() == written != ""


@every_question
def test_a_question_can_be_read_well_within_its_65_seconds(question: Table) -> None:
    # 200 words a minute is slow reading; at least 25 seconds are left to think.
    words = sum(len(written.split()) for written in _texts(question))
    assert words / 200 * 60 <= 40


def test_every_image_is_used_by_one_question_and_every_drawing_by_some() -> None:
    assert len(set(IMAGES)) == len(IMAGES)
    assert set(IMAGES) == {name for name in drawing_names() if name.startswith("cert-")}


@every_image
def test_an_image_is_well_formed_and_described_for_those_who_cannot_see_it(image: str) -> None:
    root = ET.fromstring(drawing(image))  # noqa: S314 - the drawings are our own
    assert root.tag == f"{SVG}svg"
    title = root.findtext(f"{SVG}title")
    assert title is not None
    assert len(title) >= 30


UNITS = {"KB": 1, "MB": 1_000, "GB": 1_000_000}


def test_the_largest_file_of_the_list_is_the_key() -> None:
    def size(row: tuple[str, ...]) -> float:
        number, unit = row[1].replace(",", "").split()
        return float(number) * UNITS[unit]

    largest = max(_rows(_words("cert-file-list"), 2)[1:], key=size)
    assert _key(BY_KEY["ar-archivo-mas-grande"]) == f"`{largest[0]}`"


def test_the_process_with_most_memory_is_the_key() -> None:
    rows = _rows(_words("cert-process-monitor"), 3)[1:]
    by_memory = max(rows, key=lambda row: int(row[2].removesuffix(" MB").replace(",", "")))
    by_processor = max(rows, key=lambda row: int(row[1].removesuffix(" %")))
    assert _key(BY_KEY["so-monitor-procesos"]).endswith(by_memory[0].lower())
    assert by_memory != by_processor


def test_the_free_space_of_the_disk_is_the_key() -> None:
    used = [int(found) for word in _words("cert-disk-usage") for found in re.findall(r": (\d+) GB", word)]
    assert _key(BY_KEY["hw-espacio-libre-disco"]) == f"{500 - sum(used)} GB"


def test_the_spreadsheets_show_what_their_keys_say() -> None:
    formula, rows = _sheet("cert-sheet-sum")
    assert formula == "=SUMA(B2:B4)"
    assert _key(BY_KEY["ho-img-suma"]) == f"{sum(int(row[1]) for row in rows[:3])}"
    formula, rows = _sheet("cert-sheet-countif")
    assert formula == '=CONTAR.SI(B2:B8,">=8")'
    assert _key(BY_KEY["ho-img-contar-si"]) == f"{sum(float(row[1]) >= 8 for row in rows[:7])}"
    formula, rows = _sheet("cert-sheet-if-and")
    assert formula == '=SI(Y(B2>=70,C2>=80),"Sí","No")'
    (name,) = [row[0] for row in rows if int(row[1]) >= 70 and int(row[2]) >= 80]
    assert _key(BY_KEY["ho-img-si-y"]) == f"En la de {name}"
    formula, rows = _sheet("cert-sheet-lookup")
    assert formula == '=BUSCARV("P03",A2:C6,3,FALSO)'
    assert _key(BY_KEY["ho-img-buscarv"]) == {row[0]: row[2] for row in rows[:5]}["P03"]
    formula, rows = _sheet("cert-sheet-average")
    assert formula == "=PROMEDIO(B2:B5)"
    assert _key(BY_KEY["ho-img-promedio-vacia"]) == f"{mean(float(row[1]) for row in rows[:4] if row[1]):g}"


def _database(**tables: Rows) -> sqlite3.Connection:
    """Return a database with these tables, whose first rows name their columns; whole numbers are numbers."""
    connection = sqlite3.connect(":memory:")
    for name, (head, *rows) in tables.items():
        columns = ", ".join(f"{column} NUMERIC" for column in head)
        connection.execute(f"CREATE TABLE {name} ({columns})")
        marks = ", ".join("?" * len(head))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - our own names
    return connection


def _query(key: str) -> str:
    (statement,) = re.findall(r"`(SELECT[^`]*)`", BY_KEY[key]["text"])
    return str(statement)


def test_the_query_on_the_books_selects_the_key() -> None:
    database = _database(libros=_rows(_words("cert-table-books")[1:], 4))
    assert database.execute(_query("bd-img-consulta")).fetchall() == [(_key(BY_KEY["bd-img-consulta"]),)]


def test_the_grouped_query_selects_the_key() -> None:
    database = _database(ventas=_rows(_words("cert-table-sales")[1:], 2))
    ((region,),) = database.execute(_query("bd-img-group-by")).fetchall()
    assert _key(BY_KEY["bd-img-group-by"]) == f"Solo {region}"


def test_the_join_has_as_many_rows_as_the_key_says() -> None:
    words = _words("cert-tables-orders")
    split = words.index("pedidos")
    database = _database(clientes=_rows(words[1:split], 2), pedidos=_rows(words[split + 1 :], 3))
    joined = "SELECT COUNT(*) FROM clientes INNER JOIN pedidos ON clientes.id = pedidos.cliente_id"
    assert _key(BY_KEY["bd-img-inner-join"]) == f"{database.execute(joined).fetchone()[0]}"


def test_one_column_alone_has_no_repeated_value() -> None:
    head, *rows = _rows(_words("cert-table-lockers"), 4)
    unique = [name for name, values in zip(head, zip(*rows, strict=True), strict=True) if len(set(values)) == len(rows)]
    assert [_key(BY_KEY["bd-img-columna-unica"])] == [f"`{name}`" for name in unique]


def test_the_truth_table_is_that_of_exclusive_or() -> None:
    for a, b, s in _rows(_words("cert-truth-table"), 3)[1:]:
        assert int(s) == int(a) ^ int(b)
    assert "XOR" in _key(BY_KEY["al-img-tabla-verdad"])


def test_one_role_alone_may_change_but_not_delete() -> None:
    rows = _rows(_words("cert-role-permissions"), 5)[1:]
    (role,) = [row[0] for row in rows if row[3] == "Sí" and row[4] == "No"]
    assert _key(BY_KEY["se-matriz-permisos"]) == f"Rol {role}"


def test_the_shortest_way_through_the_network_is_the_key() -> None:
    title = ET.fromstring(drawing("cert-weighted-network")).findtext(f"{SVG}title")  # noqa: S314 - our own drawing
    costs = {(a, b): int(cost) for a, b, cost in re.findall(r"([A-E])-([A-E]) (\d+)", title or "")}
    costs |= {(b, a): cost for (a, b), cost in costs.items()}
    best = {"A": 0, **dict.fromkeys("BCDE", 1_000)}
    for _ in best:
        for (start, end), cost in costs.items():
            best[end] = min(best[end], best[start] + cost)
    assert _key(BY_KEY["re-ruta-minima"]) == f"{best['E']} ms"


def test_one_option_alone_makes_the_circuit_give_zero() -> None:
    for answer in BY_KEY["al-img-circuito"]["answers"]:
        a, b, c = (int(digit) for digit in re.findall(r"\d", answer["text"]))
        assert answer["correct"] is not bool((a and b) or not c)


def test_one_option_alone_is_accepted_by_the_automaton() -> None:
    for answer in BY_KEY["al-img-automata"]["answers"]:
        assert answer["correct"] is answer["text"].strip("`").endswith("ab")


NUMBERS = {
    "hw-valores-byte": 2**8,
    "ar-fotos-en-memoria": 16_000 // 4,
    "ar-hexadecimal-2f": 0x2F,
    "ar-bits-reticula": 8 * 6 * 2 // 8,
    "re-subred-26": 2 ** (32 - 26) - 2,
    "se-pin-combinaciones": 10**4,
    "ho-celdas-rango": 3 * 4,
    "ho-porcentaje": 250 * 80 // 100,
    "es-media": mean([4, 5, 6, 10, 10]),
    "al-binario-1011": 0b1011,
    "al-ciclo-paso": len(range(1, 11, 3)),
    "al-busqueda-binaria-max": (1000).bit_length(),
    "al-recursion": 4 * 3 * 2 * 1,
    "al-img-flujo-paridad": 3 * 7 + 1,
    "al-img-flujo-ciclo": 2**3,
}


@pytest.mark.parametrize("key", NUMBERS)
def test_a_numeric_key_is_recomputed_here(key: str) -> None:
    assert _key(BY_KEY[key]) == f"{NUMBERS[key]:,}"
