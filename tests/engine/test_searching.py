"""Searching: without regard to case, the same on every database, and nothing in a search is a pattern."""

import pytest

from examhall.engine.searching import containing
from examhall.store.models import SchoolClass
from tests.builders import make_class, make_user

pytestmark = pytest.mark.django_db


def found(text: str, *fields: str) -> list[str]:
    rows = SchoolClass.objects.filter(containing(text, *(fields or ("class_name",))))
    return sorted(rows.values_list("class_name", flat=True))


@pytest.mark.parametrize("text", ["álgebra", "ÁLGEBRA", "Álgebra", "gebra AV", "GEBRA av"])
def test_case_does_not_count_in_any_alphabet(text: str) -> None:
    make_class(make_user("Teresa"), name="Álgebra avanzada")
    make_class(make_user("Oscar"), name="Química")
    assert found(text) == ["Álgebra avanzada"]


def test_cyrillic_and_greek_fold_too() -> None:
    teacher = make_user("Teresa")
    make_class(teacher, name="Алгебра")
    make_class(teacher, name="Φυσική")
    assert found("АЛГЕБРА") == ["Алгебра"]
    assert found("φΥΣΙΚΉ") == ["Φυσική"]


@pytest.mark.parametrize("sign", ["%", "_", ".", "*", "\\", "(", "[", "^", "$", "+", "?", "|", "'", '"'])
def test_signs_of_pattern_languages_mean_themselves(sign: str) -> None:
    teacher = make_user("Teresa")
    make_class(teacher, name="Plain name")
    make_class(teacher, name=f"with {sign} sign")
    assert found(sign) == [f"with {sign} sign"]


def test_any_of_several_fields_will_do() -> None:
    make_class(make_user("Teresa Teacher"), name="Algebra")
    make_class(make_user("Oscar Other"), name="Physics")
    assert found("teresa", "class_name", "teacher__full_name") == ["Algebra"]
    assert found("PHYS", "class_name", "teacher__full_name") == ["Physics"]
