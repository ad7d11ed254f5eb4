"""The only things a template may load: what it carries itself."""

from typing import Any


class OutsideRequest(RuntimeError):
    """A document asked for something outside itself: a fault in a template, never a person's input."""


def refuse_everything(url: str, *_: Any, **__: Any) -> Any:
    """WeasyPrint's door to the world, kept shut; data: addresses are the page's own and pass."""
    if not url.startswith("data:"):
        raise OutsideRequest(f"文书只能使用自带的内容，拒绝读取外部地址：{url}")
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"]).fetch(url)
