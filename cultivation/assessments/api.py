"""Firms of a round, one firm's result with its reasons, and what was found in the workbook."""

urlpatterns: list[object] = []
