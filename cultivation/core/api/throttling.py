from django.core.cache import caches
from rest_framework.throttling import ScopedRateThrottle


class LocalRateThrottle(ScopedRateThrottle):
    """Counts in the memory of each process: asking an open address must not write to the database."""

    cache = caches["local"]
