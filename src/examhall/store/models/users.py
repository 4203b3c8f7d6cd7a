"""People who sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from examhall.domain.accounts import email_key
from examhall.domain.words import Role


class UserManager(BaseUserManager["User"]):
    """Find people by their login name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this login name.

        :raises User.DoesNotExist: when nobody has it.
        """
        return self.get(email_key=email_key(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A student, a teacher or an administrator.

    ``email`` is kept as it was typed, ``email_key`` is its case-folded form and carries the uniqueness: the three
    databases do not agree on case. ``nombre``, ``paterno``, ``materno`` and ``matricula`` belong to the certification API;
    ``full_name`` is what the Sessions API shows. ``token_epoch`` grows when every earlier refresh token must die.
    """

    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254, unique=True)
    full_name = models.CharField(max_length=255)
    role = models.CharField(
        max_length=10, choices=[(role.value, role.value) for role in Role], default=Role.STUDENT.value
    )
    username = models.CharField(max_length=150, unique=True, null=True, blank=True)
    matricula = models.CharField(max_length=50, unique=True, null=True, blank=True)
    nombre = models.CharField(max_length=100, blank=True, default="")
    paterno = models.CharField(max_length=100, blank=True, default="")
    materno = models.CharField(max_length=100, blank=True, default="")
    created_at = models.DateTimeField()
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    token_epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email_key"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "full_name"]

    objects = UserManager()

    class Meta:
        db_table = "examhall_user"
        indexes = (models.Index(fields=["role", "id"], name="user_role_idx"),)

    def __str__(self) -> str:
        return self.email
