"""Shapes that several answers share."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cultivation.accounts.models import Enterprise, Membership, Organisation
from cultivation.accounts.services import heir_of
from cultivation.core.actors import Actor
from cultivation.core.errors import NotHere
from cultivation.core.regions import load_regions


class ContactOutput(serializers.Serializer[Organisation]):
    """Whom to ask (E39); an empty entry has not been told by the office."""

    name = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    hours = serializers.CharField(allow_blank=True)
    is_demonstration = serializers.BooleanField()


class MembershipOutput(serializers.Serializer[Membership]):
    id = serializers.IntegerField()
    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    place = serializers.SerializerMethodField()

    def get_place(self, membership: Membership) -> str:
        return str(membership.enterprise or membership.organisation)


class HeirOutput(serializers.Serializer[Any]):
    """The firm that stands in the place of one that was merged into it."""

    name = serializers.CharField()
    uscc = serializers.CharField()
    merged_on = serializers.DateField()


class MergedIntoField(serializers.Serializer[Any]):
    """Beside every name of a firm; the row is the firm, or has it as `enterprise`."""

    merged_into = serializers.SerializerMethodField()

    @extend_schema_field(HeirOutput(allow_null=True))
    def get_merged_into(self, row: Any) -> dict[str, Any] | None:
        found = heir_of(row if isinstance(row, Enterprise) else row.enterprise)
        return HeirOutput(found).data if found else None


class PlaceOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    merged_into = HeirOutput(allow_null=True)


class FirmRecordOutput(MergedIntoField):
    uscc = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.SerializerMethodField()
    zone = serializers.CharField(allow_blank=True)
    uscc_check_ok = serializers.BooleanField()
    uscc_note = serializers.CharField(allow_blank=True)

    def get_region_name(self, enterprise: Enterprise) -> str:
        return place_name(enterprise.region)


class BriefFirmOutput(MergedIntoField):
    """A firm as lists of other things name it."""

    uscc = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.SerializerMethodField()
    zone = serializers.CharField(allow_blank=True)

    def get_region_name(self, enterprise: Enterprise) -> str:
        return load_regions().label_of(enterprise.region)


def own_firm(actor: Actor) -> Enterprise:
    """The firm that the person acts for now."""
    rows = Enterprise.objects.visible_to(actor)
    found: Enterprise | None = rows.filter(pk=actor.enterprise_id).first() if actor.enterprise_id else None
    if found is None:
        raise NotHere("您没有在任何企业任职。", code="no_firm")
    return found


def place_name(code: str) -> str:
    """Division and county, as 武汉市 洪山区; empty where it is not known."""
    regions = load_regions()
    division = regions.division_of(code)
    names = [regions.name_of(one) for one in dict.fromkeys([division, code]) if one]
    return " ".join(name for name in names if name)
