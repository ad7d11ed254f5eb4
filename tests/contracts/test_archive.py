"""A new model or field of a firm fails here until somebody has decided whether its archive holds it (E36)."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from cultivation.accounts.models import Enterprise
from cultivation.operations.services.archive.case_tables import CASE_TABLES
from cultivation.operations.services.archive.firm_tables import FIRM_TABLES
from cultivation.operations.services.archive.left_out import LEFT_OUT

TABLES = (*FIRM_TABLES, *CASE_TABLES)


def of_a_firm() -> set[type[Model]]:
    """Every model from which foreign keys lead to a firm."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("cultivation.")]
    found: set[type[Model]] = {Enterprise}
    while more := {
        model
        for model in ours
        if model not in found and {field.related_model for field in model._meta.fields if field.is_relation} & found
    }:
        found |= more
    return found


def test_every_model_of_a_firm_is_in_it_or_left_out_with_a_reason() -> None:
    told = {table.model._meta.label for table in TABLES} | set(LEFT_OUT)
    found = {model._meta.label for model in of_a_firm()}
    assert found - told == set(), "give it a table in the archive, or a reason in LEFT_OUT"
    assert set(LEFT_OUT) <= found
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.model.__name__)
def test_every_field_is_in_it_or_hidden_with_a_reason(table: Any) -> None:
    fields = {field.name for field in table.model._meta.concrete_fields}
    shown = {"id" if name == "id" else name.split(".")[0].removesuffix("_id") for name in table.fields}
    assert fields - shown - set(table.hidden) == set(), "give it its words in `fields`, or a reason in `hidden`"
    assert set(table.hidden) <= fields
    assert table.told <= set(table.fields)
