from typing import Literal
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

from cultivation.core.files import read_file, read_pieces
from cultivation.core.models import StoredFile

Disposition = Literal["inline", "attachment"]


def file_response(file: StoredFile, *, disposition: Disposition) -> HttpResponse:
    """Under the name it came with; no cache keeps it, since who may see it can change."""
    answer = HttpResponse(read_file(file), content_type=file.media_type)
    _name(answer, file, disposition)
    return answer


def stream_response(file: StoredFile, *, disposition: Disposition) -> StreamingHttpResponse:
    """The same for what may be too large for memory."""
    answer = StreamingHttpResponse(read_pieces(file), content_type=file.media_type)
    answer["Content-Length"] = str(file.size)
    _name(answer, file, disposition)
    return answer


def _name(answer: HttpResponse | StreamingHttpResponse, file: StoredFile, disposition: Disposition) -> None:
    answer["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(file.name)}"
    answer["Cache-Control"] = "private, no-store"
