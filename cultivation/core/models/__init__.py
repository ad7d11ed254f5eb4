from cultivation.core.models.audit import AuditEvent, AuditSeal
from cultivation.core.models.files import StoredFile
from cultivation.core.models.jobs import Job
from cultivation.core.models.numbers import IdempotencyRecord, NumberSeries

__all__ = ["AuditEvent", "AuditSeal", "IdempotencyRecord", "Job", "NumberSeries", "StoredFile"]
