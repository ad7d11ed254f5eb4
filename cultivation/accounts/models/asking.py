"""What people ask for: to join a firm, to be let in, to have a change known."""

from calendar import monthrange
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cultivation.accounts.models.enterprise import Enterprise
from cultivation.accounts.models.people import User
from cultivation.accounts.queries import ChangeQuerySet, ClaimQuerySet, InvitationQuerySet
from cultivation.accounts.states import (
    CHANGE_KINDS,
    CHANGE_STATES,
    CLAIM_STATES,
    DECIDERS,
    ENTERPRISE_ROLES,
    INVITATION_STATES,
    MERGER_FORMS,
    REPORT_MONTHS,
    ROLES,
)
from cultivation.core.models import StoredFile

FIRM_ROLES = [(role, label) for role, label in ROLES.items() if role in ENTERPRISE_ROLES]


def _in_a_week() -> object:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


class Invitation(models.Model):
    """A seat kept for somebody. The link's token is computed from `nonce` and the secret key: none is stored."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=24, choices=FIRM_ROLES)
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    nonce = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=list(INVITATION_STATES.items()), default="open")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=_in_a_week)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(INVITATION_STATES)), name="invitation_state_known"),
            models.CheckConstraint(condition=~Q(email="") ^ ~Q(phone=""), name="invitation_has_one_address"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} → {self.address}"

    @property
    def address(self) -> str:
        return self.email or self.phone

    @property
    def has_lapsed(self) -> bool:
        return self.state == "open" and self.expires_at <= timezone.now()


class Claim(models.Model):
    """A person's request to act for a known firm: its approvers decide, or the office where none can."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="claims")
    claimant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="claims")
    decider = models.CharField(max_length=12, choices=list(DECIDERS.items()))
    given_name = models.CharField("申请人填写的企业名称", max_length=120)
    reason = models.CharField(max_length=500)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=list(CLAIM_STATES.items()), default="filed")
    answer = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CLAIM_STATES)), name="claim_state_known"),
            models.UniqueConstraint(
                fields=["enterprise", "claimant"], condition=Q(state="filed"), name="claim_one_open_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} → {self.enterprise}"

    @property
    def name_differs(self) -> bool:
        return self.given_name != self.enterprise.name


class EnterpriseChange(models.Model):
    """A change of a firm that its office is told of, with the day it happened; also the history of where it was.

    In a merger `enterprise` lives on and `other` is absorbed; `other` is empty where nobody knows that firm here.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=list(CHANGE_KINDS.items()))
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=list(CHANGE_STATES.items()), default="told")
    told_by = models.CharField(max_length=80)
    told_at = models.DateTimeField(auto_now_add=True)
    region_before = models.CharField(max_length=6, blank=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    form = models.CharField("合并方式", max_length=16, choices=list(MERGER_FORMS.items()), blank=True)
    other = models.ForeignKey(Enterprise, on_delete=models.PROTECT, null=True, related_name="mergers")
    other_uscc = models.CharField("被合并企业的代码", max_length=18, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CHANGE_STATES)), name="change_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(CHANGE_KINDS)), name="change_kind_known"),
            models.UniqueConstraint(fields=["enterprise"], condition=Q(state="asked"), name="change_one_open_move"),
            models.UniqueConstraint(fields=["other"], condition=Q(state="merging"), name="change_one_open_merger"),
            models.CheckConstraint(
                condition=Q(kind="merger") | Q(other__isnull=True, other_uscc="", form=""),
                name="change_other_of_mergers_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_kind_display()}"

    @property
    def is_late(self) -> bool:
        limit = months_later(self.happened_on, REPORT_MONTHS)
        return self.kind != "registration" and timezone.localdate(self.told_at) > limit


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
