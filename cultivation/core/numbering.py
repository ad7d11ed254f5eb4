"""Numbers without gap or duplicate: the series row is locked until the caller's transaction ends."""

from django.db import transaction
from django.db.models import F

from cultivation.core.models import NumberSeries


def next_number(series: str) -> int:
    with transaction.atomic():
        NumberSeries.objects.get_or_create(name=series)
        NumberSeries.objects.filter(name=series).update(last=F("last") + 1)
        return NumberSeries.objects.get(name=series).last
