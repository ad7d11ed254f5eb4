"""Shapes that every app's answers share."""

from typing import Any

from rest_framework import serializers

from cultivation.core.models import Job

JOB_STATES = {"queued": "等待中", "running": "进行中", "done": "已完成", "failed": "失败", "cancelled": "已取消"}


class ActionOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    enabled = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    confirm = serializers.CharField(allow_blank=True)
    needs = serializers.ListField(child=serializers.CharField(), default=[])


class ProgressOutput(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)


class JobOutput(serializers.Serializer[Job]):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    state = serializers.CharField()
    state_label = serializers.SerializerMethodField()
    progress = ProgressOutput(source="*")
    log = serializers.ListField(child=serializers.CharField())
    result = serializers.JSONField(allow_null=True)
    error = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_state_label(self, job: Job) -> str:
        return JOB_STATES[job.state]
