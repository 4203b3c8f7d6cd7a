"""What leaves the engine about accounts."""

from dataclasses import dataclass

from examhall.engine.snapshots import UserSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person who has just proved who they are; ``token_epoch`` goes into each refresh token made from this."""

    user: UserSnapshot
    token_epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSnapshot:
    """A person as the certification API shows one; somebody who registered elsewhere lacks some of it."""

    user_id: int
    email: str
    full_name: str
    username: str | None
    matricula: str | None
    nombre: str
    paterno: str
    materno: str
