"""A person who sends evidence to a draft over the API, and what is left on the disk."""

from typing import Any

from django.core.files.storage import default_storage
from rest_framework.test import APIClient

from cultivation.assessments.models import Assessment, Evidence, Upload
from cultivation.assessments.services.evidence.upload import PIECE
from cultivation.core.models import StoredFile

CODE, OTHER = "valid_invention_patents", "ip_strategy"


class Desk:
    """One person sending files to one draft."""

    def __init__(self, client: APIClient, draft: Assessment) -> None:
        self.client, self.at = client, f"/api/v1/assessments/{draft.pk}/evidence"

    def start(self, *, name: str = "登记簿.pdf", size: int, code: str = CODE, mark: str = "") -> Any:
        asked = {"name": name, "size": size, "code": code, "mark": mark}
        return self.client.post(f"{self.at}/uploads", asked, format="json")

    def piece(self, key: str, offset: int, data: bytes) -> Any:
        address = f"/api/v1/uploads/{key}?offset={offset}"
        return self.client.patch(address, data, content_type="application/octet-stream")

    def send(self, data: bytes, *, name: str = "登记簿.pdf", code: str = CODE) -> Any:
        key = self.start(name=name, size=len(data), code=code).json()["key"]
        for offset in range(0, len(data), PIECE):
            answer = self.piece(key, offset, data[offset : offset + PIECE])
        return answer

    def page(self) -> Any:
        return self.client.get(self.at).json()


def codes(row: dict[str, Any]) -> list[str]:
    return [use["code"] for use in row["uses"]]


def move(row: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in row["actions"] if one["name"] == name)


def nothing_is_kept() -> bool:
    return not (Evidence.objects.exists() or StoredFile.objects.exists() or Upload.objects.exists() or leftovers())


def leftovers() -> list[str]:
    if not default_storage.exists("uploads"):
        return []
    return default_storage.listdir("uploads")[0]
