"""Reading the content files of the demo school and drawing its pictures."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from examhall.domain.kinds import AuthoredOption
from examhall.domain.words import Difficulty, QuestionType
from examhall.engine.demo.content import DemoClass, DemoContent, DemoExam, DemoPerson, DemoQuestion, ExamAge
from examhall.facades.cli.demo.drawings import drawing

_CONTENT = Path(__file__).parent / "content"
_FOLDER = "demo"


def read_content(*, media_url: str) -> DemoContent:
    """Return everything that is planted; drawings are expected below ``media_url``."""
    people = _toml("people.toml")
    return DemoContent(
        teachers=tuple(_person(entry) for entry in people["teacher"]),
        students=tuple(_person(entry) for entry in people["student"]),
        classes=tuple(_class(entry) for entry in people["class"]),
        questions=_questions("school.toml", media_url=media_url),
        certification=_questions("certificacion.toml", media_url=media_url),
    )


def write_drawings(*, media_root: Path) -> int:
    """Draw every picture that a question names into ``media_root``; return how many there are."""
    names = {
        entry["image"]
        for file in ("school.toml", "certificacion.toml")
        for entry in _toml(file)["question"]
        if "image" in entry
    }
    folder = media_root / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.svg").write_text(drawing(name), encoding="utf-8")
    return len(names)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_CONTENT / name).read_text(encoding="utf-8"))


def _person(entry: dict[str, str]) -> DemoPerson:
    return DemoPerson(key=entry.get("key", ""), name=entry["name"], email=entry["email"])


def _class(entry: dict[str, Any]) -> DemoClass:
    return DemoClass(
        name=entry["name"],
        subject=entry["subject"],
        teacher=entry["teacher"],
        exams=tuple(
            DemoExam(
                age=ExamAge(exam["state"]),
                title=exam["title"],
                description=exam["description"],
                minutes=exam["minutes"],
                questions=tuple(exam["questions"]),
            )
            for exam in entry["exam"]
        ),
    )


def _questions(name: str, *, media_url: str) -> tuple[DemoQuestion, ...]:
    return tuple(_question(entry, media_url=media_url) for entry in _toml(name)["question"])


def _question(entry: dict[str, Any], *, media_url: str) -> DemoQuestion:
    return DemoQuestion(
        key=entry["key"],
        subject=entry["subject"],
        type=QuestionType(entry["type"]),
        difficulty=Difficulty(entry["difficulty"]),
        text=entry["text"],
        image_url=f"{media_url}{_FOLDER}/{entry['image']}.svg" if "image" in entry else None,
        options=tuple(_option(option) for option in entry["answers"]),
    )


def _option(option: dict[str, Any]) -> AuthoredOption:
    tolerance = option.get("tolerance")
    return AuthoredOption(
        text=option["text"],
        is_correct=option["correct"],
        tolerance=None if tolerance is None else Decimal(tolerance),
    )
