"""Whether companies may fill in now. The server's clock decides, to the second (E22)."""

from datetime import datetime

from django.utils import timezone

from cultivation.programmes.models import Round

MOMENT = "%Y年%m月%d日 %H:%M:%S"


def why_not_filling(round_: Round, now: datetime | None = None) -> str:
    """Why nobody may fill in or submit now; empty while they may."""
    now = now or timezone.now()
    if "filling" not in round_.stages or round_.filling_from is None or round_.filling_until is None:
        return "这个批次没有企业填报环节。"
    if round_.state != "open":
        return f"批次处于“{round_.get_state_display()}”，现在不能填报。"
    if now < round_.filling_from:
        return f"填报从{_local(round_.filling_from)}开始。"
    if now >= round_.filling_until:
        return f"填报已于{_local(round_.filling_until)}截止。"
    return ""


def window_of(round_: Round, now: datetime | None = None) -> str:
    """`upcoming` while companies wait for the first second, `open`, or `over`."""
    now = now or timezone.now()
    if not why_not_filling(round_, now):
        return "open"
    begins = round_.filling_from
    return "upcoming" if round_.state == "open" and begins is not None and now < begins else "over"


def _local(moment: datetime) -> str:
    return timezone.localtime(moment).strftime(MOMENT)
