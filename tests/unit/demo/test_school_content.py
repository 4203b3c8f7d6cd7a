"""The demo school's content is complete, obeys the rules of each kind of question, and its keys are right."""

import math
import re
import subprocess
import sys
import tomllib
from collections import Counter
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from examhall.domain.kinds import AuthoredOption, kind_of
from examhall.domain.words import QuestionType
from examhall.facades.cli.demo.drawings import drawing_names

Table = dict[str, Any]

CONTENT = files("examhall.facades.cli.demo") / "content"
SUBJECTS = ("mathematics", "physics", "chemistry", "biology", "history", "computing")
MAIN_TEACHER = "teacher"


def _load(name: str) -> Table:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


SCHOOL = _load("school.toml")
PEOPLE = _load("people.toml")
QUESTIONS: list[Table] = SCHOOL["question"]
BY_KEY = {question["key"]: question for question in QUESTIONS}
CLASSES: list[Table] = PEOPLE["class"]

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["key"]))
every_class = pytest.mark.parametrize("school_class", CLASSES, ids=lambda school_class: str(school_class["key"]))


def _correct(question: Table) -> list[str]:
    return [answer["text"] for answer in question["answers"] if answer["correct"]]


def _texts(question: Table) -> list[str]:
    return [question["text"], *(answer["text"] for answer in question["answers"])]


def _of_type(kind: str) -> list[Table]:
    return [question for question in QUESTIONS if question["type"] == kind]


def test_there_are_150_questions_25_of_each_subject() -> None:
    assert SCHOOL["subjects"] == list(SUBJECTS)
    assert Counter(question["subject"] for question in QUESTIONS) == dict.fromkeys(SUBJECTS, 25)


def test_all_four_kinds_are_there_in_the_planned_numbers() -> None:
    kinds = Counter(question["type"] for question in QUESTIONS)
    assert kinds == {"multiple_choice": 90, "true_false": 25, "fill_blank": 25, "essay": 10}


def test_every_subject_has_every_kind_and_every_difficulty() -> None:
    for subject in SUBJECTS:
        questions = [question for question in QUESTIONS if question["subject"] == subject]
        assert {question["type"] for question in questions} == {"multiple_choice", "true_false", "fill_blank", "essay"}
        difficulties = Counter(question["difficulty"] for question in questions)
        assert difficulties.keys() == {"easy", "medium", "hard"}
        assert min(difficulties.values()) >= 4


def test_there_are_enough_special_questions() -> None:
    several = [question for question in _of_type("multiple_choice") if len(_correct(question)) > 1]
    numeric = [question for question in _of_type("fill_blank") if any("tolerance" in a for a in question["answers"])]
    pictures = [question for question in QUESTIONS if "image" in question]
    formulas = [question for question in QUESTIONS if "$" in "".join(_texts(question))]
    assert len(several) >= 12
    assert len(numeric) >= 10
    assert len(pictures) >= 20
    assert len(formulas) >= 25


def test_keys_and_texts_are_unique() -> None:
    assert len(BY_KEY) == len(QUESTIONS)
    assert len({question["text"] for question in QUESTIONS}) == len(QUESTIONS)


@every_question
def test_a_question_has_the_documented_fields(question: Table) -> None:
    assert question.keys() - {"image"} == {"key", "subject", "type", "difficulty", "text", "answers"}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", question["key"])
    assert question["text"].strip() == question["text"] != ""
    for answer in question["answers"]:
        assert answer.keys() - {"tolerance"} == {"text", "correct"}
        assert answer["text"].strip() == answer["text"] != ""
        assert isinstance(answer["correct"], bool)


@every_question
def test_a_question_obeys_the_rules_of_its_kind(question: Table) -> None:
    answers = question["answers"]
    correct = _correct(question)
    match question["type"]:
        case "multiple_choice":
            assert len(answers) >= 4
            assert 1 <= len(correct) < len(answers)
            assert ("Select all that apply." in question["text"]) == (len(correct) > 1)
        case "true_false":
            assert [answer["text"] for answer in answers] == ["True", "False"]
            assert len(correct) == 1
        case "fill_blank":
            assert len(correct) == len(answers) >= 1
        case "essay":
            assert answers == []
        case other:
            pytest.fail(f"unknown type {other!r}")


@every_question
def test_the_domain_accepts_the_options_of_a_question(question: Table) -> None:
    options = [
        AuthoredOption(
            text=answer["text"],
            is_correct=answer["correct"],
            tolerance=Decimal(answer["tolerance"]) if "tolerance" in answer else None,
        )
        for answer in question["answers"]
    ]
    kind_of(QuestionType(question["type"])).check_options(options)


@every_question
def test_answers_differ_and_do_not_speak_of_their_order(question: Table) -> None:
    texts = [answer["text"].casefold() for answer in question["answers"]]
    assert len(set(texts)) == len(texts)
    assert not any(re.search(r"\b(all|none|both) of (the|these)\b|\b(above|below)\b", text) for text in texts)


@every_question
def test_a_tolerance_belongs_to_a_numeric_answer(question: Table) -> None:
    for answer in question["answers"]:
        if "tolerance" in answer:
            assert question["type"] == "fill_blank"
            assert Decimal(answer["text"]).is_finite()
            assert Decimal(answer["tolerance"]) >= 0


@every_question
def test_formulas_are_closed(question: Table) -> None:
    for text in _texts(question):
        assert text.count("$") % 2 == 0
        for formula in re.findall(r"\$([^$]*)\$", text):
            assert formula.count("{") == formula.count("}")
            assert len(re.findall(r"\\left\b", formula)) == len(re.findall(r"\\right\b", formula))
            assert re.findall(r"\\begin\{(\w+)\}", formula) == re.findall(r"\\end\{(\w+)\}", formula)


@every_question
def test_an_image_is_a_drawing(question: Table) -> None:
    assert question.get("image") is None or question["image"] in drawing_names()


NUMBERS = {
    "geometry-circle-area": math.pi * 5**2,
    "geometry-arc-length": math.radians(60) * 9,
    "statistics-mean-from-chart": (12 + 8 + 15 + 9 + 16) / 5,
    "calculus-tangent-slope": 3 * 2**2 - 4,
    "exponential-decay-half": math.log(0.5) / math.log(0.8),
    "energy-kinetic": 1.5 * 4**2 / 2,
    "forces-seesaw": 300 * 2.0 / 400,
    "matter-density": 540 / 200,
    "optics-refraction-angle": math.degrees(math.asin(math.sin(math.radians(30)) / 1.5)),
    "moles-molar-mass-of-chalk": 40 + 12 + 3 * 16,
    "solutions-salt-concentration": 5.85 / 58.5 / 0.50,
    "acids-titration": 0.125 * 20.0 / 25.0,
    "cells-magnification": 40 / 0.05,
    "genetics-hardy-weinberg": 2 * math.sqrt(0.09) * (1 - math.sqrt(0.09)),
    "numbers-hexadecimal": 0xFF,
    "data-image-size": 800 * 600 * 24 / 8 / 10**6,
}


def test_every_numeric_key_is_recomputed_here() -> None:
    numeric = {question["key"] for question in QUESTIONS if any("tolerance" in a for a in question["answers"])}
    assert numeric == NUMBERS.keys()


@pytest.mark.parametrize("key", NUMBERS)
def test_a_numeric_key_accepts_the_exact_and_the_rounded_value(key: str) -> None:
    answer = BY_KEY[key]["answers"][0]
    accepted = [NUMBERS[key]]
    if "rounded to one decimal place" in BY_KEY[key]["text"]:
        accepted.append(round(NUMBERS[key], 1))
    for value in accepted:
        assert abs(value - float(answer["text"])) <= float(answer["tolerance"]) + 1e-9


@pytest.mark.parametrize("key", ["programming-sum-in-a-loop", "programming-recursive-product"])
def test_a_program_prints_what_its_key_says(key: str) -> None:
    code = BY_KEY[key]["text"].split("```python\n")[1].split("```")[0]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert _correct(BY_KEY[key]) == [run.stdout.strip()]


def test_there_are_three_more_teachers_and_120_students() -> None:
    assert len(PEOPLE["teacher"]) == 3
    assert len(PEOPLE["student"]) == 120
    assert {teacher["subject"] for teacher in PEOPLE["teacher"]} <= set(SUBJECTS)


def test_people_have_names_and_addresses_of_their_own() -> None:
    people = PEOPLE["teacher"] + PEOPLE["student"]
    assert len({person["name"] for person in people}) == len(people)
    assert len({person["email"] for person in people}) == len(people)
    for person in people:
        assert len(person["name"].split()) == 2
        assert re.fullmatch(r"[a-z]+\.[a-z]+@example\.com", person["email"])


def test_there_are_six_classes_one_of_each_subject() -> None:
    assert [school_class["subject"] for school_class in CLASSES] == list(SUBJECTS)
    assert len({school_class["name"] for school_class in CLASSES}) == len({c["key"] for c in CLASSES}) == len(CLASSES)


def test_every_teacher_has_a_class_and_every_class_a_teacher() -> None:
    teachers = {MAIN_TEACHER, *(teacher["key"] for teacher in PEOPLE["teacher"])}
    assert {school_class["teacher"] for school_class in CLASSES} == teachers


@every_class
def test_a_class_has_past_running_and_upcoming_exams(school_class: Table) -> None:
    exams = school_class["exam"]
    assert [exam["state"] for exam in exams] == ["past", "past", "running", "upcoming"]
    assert len({exam["title"] for exam in exams}) == len(exams)
    for exam in exams:
        assert exam.keys() == {"state", "title", "description", "minutes", "questions"}
        assert exam["description"]
        assert 30 <= exam["minutes"] <= 120


@every_class
def test_an_exam_asks_questions_of_the_subject_of_its_class(school_class: Table) -> None:
    for exam in school_class["exam"]:
        assert len(exam["questions"]) == len(set(exam["questions"])) >= 7
        assert {BY_KEY[key]["subject"] for key in exam["questions"]} == {school_class["subject"]}


@every_class
def test_a_running_exam_asks_nothing_that_a_past_one_has_shown(school_class: Table) -> None:
    past, also_past, running, _ = (set(exam["questions"]) for exam in school_class["exam"])
    assert not (past | also_past) & running
