from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from cultivation.accounts.models.enterprise import Enterprise
from cultivation.accounts.states import ORGANISATION_KINDS, ROLES
from cultivation.core.actors import Actor

NOBODY = "none"


class Organisation(models.Model):
    """A bureau, an agency or the panel of experts. A city bureau's `region` is its division."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=list(ORGANISATION_KINDS.items()))
    region = models.CharField(max_length=6, blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["region", "id"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person. What they may do comes from their membership, never from flags on the user."""

    full_name = models.CharField("姓名", max_length=80, blank=True)
    is_demonstration = models.BooleanField("演示账号", default=False)

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def membership(self) -> "Membership | None":
        return self.memberships.filter(is_active=True).select_related("organisation", "enterprise").first()

    @property
    def actor(self) -> Actor:
        found = self.membership
        if found is None:
            return Actor(name=str(self), role=NOBODY, user_id=self.pk)
        return Actor(
            name=str(self),
            role=found.role,
            user_id=self.pk,
            organisation_id=found.organisation_id,
            enterprise_id=found.enterprise_id,
            region=found.organisation.region if found.organisation else "",
        )


class Membership(models.Model):
    """One role of one person, in an organisation or in an enterprise."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=list(ROLES.items()))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="memberships")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="memberships")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(enterprise__isnull=True), name="membership_in_one_place"
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
