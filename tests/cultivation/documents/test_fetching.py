"""Rendering reaches nothing outside the page."""

import pytest
from weasyprint.urls import FatalURLFetchingError

from cultivation.documents.services.fetching import refuse_everything


@pytest.mark.parametrize("url", ["https://example.com/a.png", "http://127.0.0.1/", "file:///etc/passwd", "ftp://a/b"])
def test_outside_address_is_refused(url: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="拒绝读取外部地址"):
        refuse_everything(url)


def test_data_address_is_the_pages_own() -> None:
    assert refuse_everything("data:text/plain,abc").read() == b"abc"


def test_renderer_asks_our_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture slipped into a template is an error, not a request and not a blank."""
    from cultivation.documents.services import render, render_pdf
    from tests.cultivation.documents import samples

    monkeypatch.setattr(render, "render_html", lambda payload: '<img src="https://example.com/a.png">')
    with pytest.raises(FatalURLFetchingError):
        render_pdf("certificate", samples.certificate())
