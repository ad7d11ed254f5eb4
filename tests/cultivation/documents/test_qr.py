"""The square on a certificate leads to its own check page (U02)."""

from cultivation.documents.services import qr_svg, render_html
from tests.cultivation.documents import samples


def test_the_certificate_bears_the_square_of_its_own_address() -> None:
    payload = samples.certificate()
    assert qr_svg(payload.check_url) in render_html(payload)


def test_another_address_is_another_square() -> None:
    one, other = (qr_svg(f"https://example.org/check/{token}") for token in ("aaaa", "aaab"))
    assert one != other
