from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from cultivation.accounts.models.enterprise import Enterprise
from cultivation.accounts.queries import MembershipQuerySet
from cultivation.accounts.states import NOBODY, ORGANISATION_KINDS, ROLES, SECOND_FACTOR_GROUPS
from cultivation.core.actors import Actor


class Organisation(models.Model):
    """A bureau, an agency or the panel of experts. A city bureau's `region` is its division."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=list(ORGANISATION_KINDS.items()))
    region = models.CharField(max_length=6, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    email = models.EmailField("联系邮箱", blank=True)
    hours = models.CharField("办公时间", max_length=80, blank=True)
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["region", "id"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person. What they may do comes from their membership, never from flags on the user.

    `phone` is kept only once it was confirmed by a code. `language` is that of the person's latest sign-in, for mails.
    """

    full_name = models.CharField("姓名", max_length=80, blank=True)
    phone = models.CharField("手机", max_length=16, null=True, unique=True)  # noqa: DJ001
    language = models.CharField("语言", max_length=10, default="zh-hans")
    is_demonstration = models.BooleanField("演示账号", default=False)

    chosen_membership: int | None = None
    """Which place the person acts for; the session says so."""

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def active_memberships(self) -> "list[Membership]":
        return list(self.memberships.filter(is_active=True).select_related("organisation", "enterprise"))

    @property
    def membership(self) -> "Membership | None":
        """The chosen one; the only one; none where a person with several has not chosen yet."""
        found = self.active_memberships
        chosen = next((row for row in found if row.pk == self.chosen_membership), None)
        return chosen or (found[0] if len(found) == 1 else None)

    @property
    def needs_second_factor(self) -> bool:
        roles = {role for group in settings.MFA_REQUIRED_FOR for role in SECOND_FACTOR_GROUPS[group]}
        return bool(roles) and any(row.role in roles for row in self.active_memberships)

    @property
    def lacks_second_factor(self) -> bool:
        """The role demands two factors and the person has set up one only: no right is held until then."""
        return self.needs_second_factor and not self.authenticator_set.exists()  # type: ignore[attr-defined]

    @property
    def actor(self) -> Actor:
        found = self.membership
        if found is None or self.lacks_second_factor:
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
    """One role of one person, in an organisation or in an enterprise. An approver may also fill."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=list(ROLES.items()))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="memberships")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="memberships")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(enterprise__isnull=True), name="membership_in_one_place"
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="membership_role_known"),
            models.UniqueConstraint(
                fields=["user", "enterprise"], condition=Q(is_active=True), name="membership_one_role_in_a_firm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
