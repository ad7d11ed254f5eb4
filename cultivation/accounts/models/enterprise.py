from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from cultivation.accounts.queries import EnterpriseQuerySet

models.CharField.register_lookup(Length)


class Enterprise(models.Model):
    """A company, known by its USCC. `region` is asked for, never read from the USCC; empty means not told yet.

    `successor` is the firm that stands in its place today, once it was merged into another; the steps are its changes.
    """

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    uscc_check_ok = models.BooleanField("校验位相符", default=True)
    uscc_note = models.CharField("校验位不符的说明", max_length=300, blank=True)
    name = models.CharField("企业名称", max_length=120)
    region = models.CharField("属地", max_length=6, blank=True)
    zone = models.CharField("功能区", max_length=60, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="absorbed")
    merged_on = models.DateField("并入日期", null=True)
    is_demonstration = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["region", "id"], name="enterprise_region")]
        constraints = [
            models.CheckConstraint(condition=Q(uscc__length=18), name="enterprise_uscc_18"),
            models.CheckConstraint(condition=~Q(name=""), name="enterprise_name_given"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="enterprise_not_its_own_successor"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True, merged_on__isnull=True)
                | Q(successor__isnull=False, merged_on__isnull=False),
                name="enterprise_merged_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseName(models.Model):
    """A name the company bore, from when it was first heard."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=120)
    heard_on = models.DateField()

    class Meta:
        ordering = ["heard_on", "id"]
        constraints = [models.UniqueConstraint(fields=["enterprise", "name"], name="enterprise_name_once")]

    def __str__(self) -> str:
        return self.name
