"""What others may ask of publication."""

from cultivation.publication.services.certificates import (
    is_out,
    issue_certificates,
    number_certificates,
    release_certificates,
    request_certificates,
    series_of,
    why_not_issue,
)
from cultivation.publication.services.lists import draft_entries, freeze_list, list_title, print_list

__all__ = [
    "draft_entries",
    "freeze_list",
    "is_out",
    "issue_certificates",
    "list_title",
    "number_certificates",
    "print_list",
    "release_certificates",
    "request_certificates",
    "series_of",
    "why_not_issue",
]
