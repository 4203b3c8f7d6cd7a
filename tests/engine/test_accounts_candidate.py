"""Opening an account through the certification API, and what it shows of a person."""

from typing import Any

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    EmailTaken,
    Invalid,
    MatriculaTaken,
    PasswordWeak,
    UsernameTaken,
    ValueInvalid,
)
from examhall.domain.words import AuthoringFault, Role
from examhall.engine.accounts import get_candidate, register_candidate
from examhall.engine.snapshots import UserSnapshot
from examhall.engine.snapshots_accounts import CandidateSnapshot
from examhall.store.models import User
from tests.builders import NOW, PASSWORD, actor, make_user

pytestmark = pytest.mark.django_db


def alicia(**changes: str) -> UserSnapshot:
    values: dict[str, Any] = {
        "matricula": "123456789",
        "nombre": "Alicia",
        "paterno": "Pérez",
        "materno": "Gómez",
        "email": "Alicia@Ejemplo.com",
        "password": PASSWORD,
        "username": "alicia",
        "now": NOW,
    }
    return register_candidate(**{**values, **changes})


def test_a_candidate_is_a_student_with_the_full_name_of_the_parts() -> None:
    shown = alicia()
    assert (shown.full_name, shown.role, shown.email, shown.created_at) == (
        "Alicia Pérez Gómez",
        Role.STUDENT,
        "Alicia@Ejemplo.com",
        NOW,
    )
    assert User.objects.get(pk=shown.id).check_password(PASSWORD)


def test_a_candidate_sees_what_was_registered() -> None:
    user = User.objects.get(pk=alicia(matricula=" A-77 ").id)
    assert get_candidate(actor=actor(user)) == CandidateSnapshot(
        user_id=user.pk,
        email="Alicia@Ejemplo.com",
        full_name="Alicia Pérez Gómez",
        username="alicia",
        matricula="A-77",
        nombre="Alicia",
        paterno="Pérez",
        materno="Gómez",
    )


def test_somebody_from_the_other_api_has_no_matricula() -> None:
    bob = make_user("Bob Member")
    shown = get_candidate(actor=actor(bob))
    assert (shown.full_name, shown.matricula, shown.username, shown.nombre) == ("Bob Member", None, None, "")


def test_a_candidate_who_was_switched_off_sees_nothing() -> None:
    with pytest.raises(AccountDisabled):
        get_candidate(actor=actor(make_user("Bob Member", is_active=False)))


OTHER = {"matricula": "2", "email": "bob@ejemplo.com", "username": "bob"}


@pytest.mark.parametrize(
    ("same", "refusal", "field"),
    [
        ({"email": "ALICIA@ejemplo.com"}, EmailTaken, "email"),
        ({"username": "alicia"}, UsernameTaken, "username"),
        ({"matricula": " 123456789 "}, MatriculaTaken, "matricula"),
    ],
)
def test_each_duplicate_is_refused_by_its_own_name(same: dict[str, str], refusal: type[Invalid], field: str) -> None:
    alicia()
    alicia(**OTHER)
    with pytest.raises(refusal) as refused:
        alicia(**{"matricula": "3", "email": "charlie@ejemplo.com", "username": "charlie", **same})
    assert refused.value.field == field
    assert User.objects.count() == 2


def test_two_candidates_may_have_the_same_names() -> None:
    assert alicia().full_name == alicia(**OTHER).full_name


def test_people_without_matricula_are_no_duplicates_of_each_other() -> None:
    make_user("Bob Member")
    make_user("Charlie Stranger")
    assert alicia().id


def test_one_surname_is_enough() -> None:
    assert alicia(materno="").full_name == "Alicia Pérez"


@pytest.mark.parametrize(
    ("field", "longest"), [("matricula", 50), ("nombre", 100), ("paterno", 100), ("username", 150), ("materno", 100)]
)
def test_a_text_longer_than_its_column_is_refused(field: str, longest: int) -> None:
    with pytest.raises(ValueInvalid) as refused:
        alicia(**{field: "x" * (longest + 1)})
    assert (refused.value.field, refused.value.context["reason"]) == (field, AuthoringFault.TOO_LONG)


def test_parts_that_fit_alone_but_not_together_are_refused() -> None:
    with pytest.raises(ValueInvalid) as refused:
        alicia(nombre="n" * 100, paterno="p" * 100, materno="m" * 100)
    assert (refused.value.field, refused.value.context["reason"]) == ("nombre", AuthoringFault.TOO_LONG)


@pytest.mark.parametrize("field", ["matricula", "nombre", "paterno", "username", "email"])
def test_a_blank_text_is_refused(field: str) -> None:
    with pytest.raises(ValueInvalid) as refused:
        alicia(**{field: " \t"})
    assert (refused.value.field, refused.value.context["reason"]) == (field, AuthoringFault.BLANK)


def test_a_password_like_the_username_is_weak() -> None:
    with pytest.raises(PasswordWeak) as refused:
        alicia(username="wonderland", password="wonderland1")
    assert refused.value.field == "password"
