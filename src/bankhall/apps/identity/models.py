"""Who may sign in. What they may do stands in `access`, by grants over the tree."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from bankhall.apps.audit.bases import BusinessRow, MachineryRow


class User(BusinessRow, AbstractBaseUser):
    """An account. Accounts are closed (`is_active`), never deleted: audit lines name them."""

    username = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    staff_no = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    last_login = None

    USERNAME_FIELD = "username"

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["staff_no"], condition=~models.Q(staff_no=""), name="one_user_per_staff_no"
            ),
        )

    def __str__(self) -> str:
        """For a programmer's eye."""
        return self.username


class SignInCount(MachineryRow):
    """Failed sign-ins of one name or address within a span, so that guessing is slow on every server alike."""

    who = models.CharField(max_length=160, primary_key=True)
    since = models.DateTimeField()
    failures = models.PositiveIntegerField()
