"""Long work across apps, and what comes round."""

from typing import Any

from cultivation.core.jobs import JobContext, daily, job
from cultivation.operations.models import Archive
from cultivation.operations.services.archive import drop_old_archives, pack_archive


@job("operations.pack_archive")
def run_packing(context: JobContext, *, archive_id: int) -> dict[str, Any]:
    archive = Archive.objects.select_related("enterprise").get(pk=archive_id)
    if archive.ready_at:  # packed by a worker that was killed before it could say so
        return {"files": archive.files, "missing": archive.missing}
    summary = pack_archive(context, archive)
    context.log(f"{summary['files']} 个文件，{summary['size'] / 2**20:.1f} MB")
    return summary


@daily("operations.drop_archives", label="清理过期的资料压缩包")
def run_dropping(context: JobContext) -> dict[str, Any]:
    return {"dropped": drop_old_archives()}
