"""What an account is known by, and who may open one."""

import pytest

from examhall.domain.accounts import candidate_name, check_registration, email_key
from examhall.domain.errors import RegistrationClosed
from examhall.domain.words import Role


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Alice@Example.COM", "alice@example.com"),
        ("  alice@example.com\n", "alice@example.com"),
        ("STRASSE@example.com", "strasse@example.com"),
        ("straße@example.com", "strasse@example.com"),
    ],
)
def test_case_and_white_space_around_an_email_do_not_count(typed: str, key: str) -> None:
    assert email_key(typed) == key


@pytest.mark.parametrize(
    ("nombre", "paterno", "materno", "full"),
    [
        ("Alicia", "Pérez", "Gómez", "Alicia Pérez Gómez"),
        (" Ana María ", " Ruiz ", " Sanz ", "Ana María Ruiz Sanz"),
        ("Bob", "Smith", "", "Bob Smith"),
    ],
)
def test_a_candidates_full_name_is_the_three_parts_in_their_order(
    nombre: str, paterno: str, materno: str, full: str
) -> None:
    assert candidate_name(nombre=nombre, paterno=paterno, materno=materno) == full


@pytest.mark.parametrize("registrar", [None, *Role])
@pytest.mark.parametrize("teachers_open", [True, False])
@pytest.mark.parametrize("role", list(Role))
def test_students_always_teachers_by_an_admin_or_a_setting_admins_never(
    role: Role, registrar: Role | None, teachers_open: bool
) -> None:
    allowed = role is Role.STUDENT or (role is Role.TEACHER and (teachers_open or registrar is Role.ADMIN))
    if allowed:
        check_registration(role=role, registrar=registrar, teachers_open=teachers_open)
        return
    with pytest.raises(RegistrationClosed) as refused:
        check_registration(role=role, registrar=registrar, teachers_open=teachers_open)
    assert refused.value.field == "role"
