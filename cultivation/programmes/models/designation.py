from datetime import date

from django.db import models
from django.db.models import F, Q

from cultivation.accounts.models import Enterprise
from cultivation.core.models import StoredFile
from cultivation.programmes.queries import DesignationListQuerySet, DesignationQuerySet
from cultivation.programmes.states import (
    CHAINED,
    DESIGNATION_KINDS,
    DESIGNATION_STATES,
    LIST_STATES,
    UNENDED,
    WITHOUT_EFFECT,
)


class DesignationList(models.Model):
    """A list of titles or designations as an office sent it: read and shown first, entered when a person confirms it.

    `rows` is what was read, `problems` what is wrong, each with the address of its cell; nothing is entered while there
    is a problem.
    """

    kind = models.CharField(max_length=30, choices=list(DESIGNATION_KINDS.items()))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    body = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=300, blank=True)
    designated_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=list(LIST_STATES.items()), default="previewed")
    uploaded_by = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DesignationListQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(LIST_STATES)), name="designation_list_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.file.name}"


class Designation(models.Model):
    """One title of one firm: by whom, from when, until when. An empty expiry is one that nobody has stated (未定).

    One that came by a merger leads to the record of the firm that was absorbed, and is held from the day of the merger.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="designations")
    kind = models.CharField(max_length=30, choices=list(DESIGNATION_KINDS.items()))
    chain = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=120)
    document = models.CharField(max_length=120, blank=True)
    designated_on = models.DateField()
    expires_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    origin = models.ForeignKey(DesignationList, on_delete=models.PROTECT, null=True, related_name="designations")
    state = models.CharField(max_length=10, choices=list(DESIGNATION_STATES.items()), default="standing")
    revoked_on = models.DateField(null=True)
    revoke_reason = models.CharField(max_length=500, blank=True)
    taken_over_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="taken_over_by")
    held_since = models.DateField("自何日由本企业持有", null=True)
    taking_basis = models.CharField("承继的依据", max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DesignationQuerySet.as_manager()

    class Meta:
        ordering = ["-designated_on", "-id"]
        indexes = [models.Index(fields=["kind", "-designated_on", "-id"], name="designation_kind_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(DESIGNATION_KINDS)), name="designation_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(DESIGNATION_STATES)), name="designation_state_known"),
            models.CheckConstraint(condition=~Q(body=""), name="designation_body_given"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("designated_on")),
                name="designation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNENDED, revoked_on__isnull=True, revoke_reason="")
                | (~Q(state__in=UNENDED) & Q(revoked_on__isnull=False) & ~Q(revoke_reason="")),
                name="designation_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(chain="") | Q(kind=CHAINED), name="designation_chain_of_chain_leaders_only"
            ),
            models.UniqueConstraint(
                fields=["enterprise", "kind", "chain", "designated_on"],
                condition=~Q(state="voided") & Q(taken_over_from__isnull=True),
                name="one_designation_a_day",
            ),
            models.CheckConstraint(
                condition=Q(taken_over_from__isnull=True, held_since__isnull=True, taking_basis="")
                | Q(taken_over_from__isnull=False, held_since__isnull=False),
                name="designation_held_since_a_merger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_kind_display()}"

    def standing(self, on: date) -> str:
        """How it stands on a day: a key of `DESIGNATION_STANDINGS`. The day of expiry still counts."""
        if self.state in WITHOUT_EFFECT:
            return self.state
        if self.revoked_on is not None and self.revoked_on <= on:
            return "passed" if self.state == "passed" else "revoked"
        if max(self.designated_on, self.held_since or self.designated_on) > on:
            return "future"
        return "lapsed" if self.expires_on is not None and self.expires_on < on else "in_force"
