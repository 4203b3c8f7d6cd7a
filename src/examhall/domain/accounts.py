"""What an account is known by, how long its texts may be, and who may open one with which role."""

from examhall.domain.errors import RegistrationClosed
from examhall.domain.words import Role

# RFC 5321, section 4.5.3.1: a path of 256 octets with its two brackets.
EMAIL_LONGEST = 254
FULL_NAME_LONGEST = 255
USERNAME_LONGEST = 150
MATRICULA_LONGEST = 50
NAME_PART_LONGEST = 100


def email_key(email: str) -> str:
    """Return the form of an e-mail address by which accounts are found and told apart: case does not count."""
    return email.strip().casefold()


def candidate_name(*, nombre: str, paterno: str, materno: str) -> str:
    """Return the full name of a candidate; a person with one surname only gets no blank at the end."""
    return " ".join(part for part in (nombre.strip(), paterno.strip(), materno.strip()) if part)


def check_registration(*, role: Role, registrar: Role | None, teachers_open: bool) -> None:
    """Refuse to open an account with a role that the registrar cannot give.

    ``registrar`` is ``None`` for somebody who registers themselves; ``teachers_open`` is the deployment's setting.
    Students may always register, teachers by an admin or where the deployment says so, admins never (companion-apis.md,
    "Auth").

    :raises RegistrationClosed: when the role is not given this way.
    """
    if role is Role.STUDENT:
        return
    if role is Role.TEACHER and (teachers_open or registrar is Role.ADMIN):
        return
    raise RegistrationClosed(field="role", role=role)
