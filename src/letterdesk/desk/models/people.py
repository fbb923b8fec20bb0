"""Who works at the desk, in which role, and with which tokens."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from letterdesk.domain.roles import Role

_ROLES = [(role.value, role.value.capitalize()) for role in Role]
_IS_KNOWN = Q(role__in=[role.value for role in Role])


class User(AbstractBaseUser):
    """A person at the desk. Outside she appears under her pseudonym only."""

    username = models.TextField(unique=True)
    role = models.TextField(choices=_ROLES)
    pseudonym = models.TextField(unique=True)
    is_active = models.BooleanField(default=True)
    veils = models.BooleanField(default=False)  # harsh letters, until she opens them
    has_first_password = models.BooleanField(default=False)  # somebody else has seen it

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_IS_KNOWN, name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.username


class UserDesk(models.Model):
    """A desk that a person belongs to; whoever belongs to none sees all of them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="desks")
    desk = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "desk"], name="user_desk_once"),
        ]

    def __str__(self) -> str:
        return self.desk


class Token(models.Model):
    """A key to the API. Only its SHA-256 is kept; the role caps what it may do."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    role = models.TextField(choices=_ROLES)
    digest = models.TextField(unique=True)
    created = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_IS_KNOWN, name="token_role_known"),
        ]

    def __str__(self) -> str:
        return f"token of {self.user_id}"
