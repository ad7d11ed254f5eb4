from django.db import models
from django.db.models import Q

from cultivation.accounts.models import Enterprise
from cultivation.assessments.models import Assessment
from cultivation.pools.queries import PlacementQuerySet
from cultivation.pools.states import STANDINGS, TIERS, TRACKS
from cultivation.programmes.models import Round


class Placement(models.Model):
    """A firm's one tier in a round; its tracks are a set."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="placements")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="placement")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="placements")
    tier = models.CharField(max_length=12, choices=list(TIERS.items()))
    placed_on = models.DateField()

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["round", "tier", "id"], name="placement_pool")]
        constraints = [models.CheckConstraint(condition=Q(tier__in=list(TIERS)), name="placement_tier_known")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_tier_display()}"


class PlacementTrack(models.Model):
    """A track of a placed firm: held by a valid title, or a candidate by the programme's outcome."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="tracks")
    track = models.CharField(max_length=20, choices=list(TRACKS.items()))
    standing = models.CharField(max_length=12, choices=list(STANDINGS.items()))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "track"], name="one_track_a_placement"),
            models.CheckConstraint(condition=Q(track__in=list(TRACKS)), name="placement_track_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_track_display()}（{self.get_standing_display()}）"
