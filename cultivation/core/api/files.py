from typing import Literal
from urllib.parse import quote

from django.http import HttpResponse

from cultivation.core.files import read_file
from cultivation.core.models import StoredFile


def file_response(file: StoredFile, *, disposition: Literal["inline", "attachment"]) -> HttpResponse:
    """Under the name it came with; no cache keeps it, since who may see it can change."""
    answer = HttpResponse(read_file(file), content_type=file.media_type)
    answer["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(file.name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer
