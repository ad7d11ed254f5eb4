"""Shapes that several answers share."""

from typing import Any

from rest_framework import serializers

from cultivation.accounts.models import Enterprise, Membership, Organisation
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


class PlaceOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.CharField()
    region = serializers.CharField(allow_blank=True)


class MembershipOutput(serializers.Serializer[Membership]):
    id = serializers.IntegerField()
    role = serializers.CharField()
    role_label = serializers.CharField(source="get_role_display")
    place = serializers.SerializerMethodField()

    def get_place(self, membership: Membership) -> str:
        return str(membership.enterprise or membership.organisation)


class FirmRecordOutput(serializers.Serializer[Enterprise]):
    uscc = serializers.CharField()
    name = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    region_name = serializers.SerializerMethodField()
    zone = serializers.CharField(allow_blank=True)
    uscc_check_ok = serializers.BooleanField()
    uscc_note = serializers.CharField(allow_blank=True)

    def get_region_name(self, enterprise: Enterprise) -> str:
        return place_name(enterprise.region)


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
