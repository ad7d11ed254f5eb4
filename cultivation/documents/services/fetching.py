"""The only things a template may load: what it carries itself."""

from typing import Any


def refuse_everything(url: str, *_: Any, **__: Any) -> Any:
    """WeasyPrint's door to the world, kept shut; data: addresses are the page's own and pass.

    An outside address is a fault in a template, so it stops the document instead of leaving a blank in it.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    if not url.startswith("data:"):
        raise FatalURLFetchingError(f"文书只能使用自带的内容，拒绝读取外部地址：{url}")
    return URLFetcher(allowed_protocols=["data"]).fetch(url)
