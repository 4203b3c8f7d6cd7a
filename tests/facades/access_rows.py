"""What a row of the access table is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.test import Client

from examhall.store.models import User
from tests.builders import World
from tests.facades.rest.api import token_for


class Who(StrEnum):
    """The people of the table, in the order of a row's statuses."""

    NOBODY = "nobody"
    OWNER = "owner"
    CLASSMATE = "classmate"
    STRANGER = "stranger"
    CLASS_TEACHER = "class_teacher"
    OTHER_TEACHER = "other_teacher"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a row's request is about: the people, the ids and words in its address, and its body."""

    people: Mapping[Who, User | None]
    ids: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    body: object = None


def bearer(client: Client, user: User) -> None:
    """Show credentials as the JWT door wants them."""
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token_for(user)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One method of one address and the status that each person gets, in the order of :class:`Who`.

    ``route`` is written as the URL resolver prints it. ``stage`` makes what the request needs, anew for each person.
    ``sign_in`` shows somebody's credentials in the way of the row's door.
    """

    method: str
    route: str
    statuses: tuple[int, int, int, int, int, int, int]
    stage: Callable[[], Stage]
    sign_in: Callable[[Client, User], None] = bearer

    @property
    def endpoint(self) -> tuple[str, str]:
        """Return what a row is known by."""
        return self.method, self.route

    def path(self, stage: Stage) -> str:
        """Return the address with the stage's ids in it."""
        path = f"/{self.route}"
        for name, number in stage.ids.items():
            path = path.replace(f"<id:{name}>", str(number))
        for name, word in stage.words.items():
            path = path.replace(f"<path:{name}>", word)
        assert "<" not in path, f"the stage of {self.endpoint} lacks a part of the address"
        return path


def people_of(world: World) -> dict[Who, User | None]:
    """Return the people of a world under their names in the table; the owner is Alice."""
    return {
        Who.NOBODY: None,
        Who.OWNER: world.alice,
        Who.CLASSMATE: world.bob,
        Who.STRANGER: world.charlie,
        Who.CLASS_TEACHER: world.teacher,
        Who.OTHER_TEACHER: world.other_teacher,
        Who.ADMIN: world.admin,
    }
