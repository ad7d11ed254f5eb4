"""A stored payload comes back as it was, so that a document can be made again."""

import json

import pytest

from cultivation.documents.services.payloads import Payload
from cultivation.documents.services.snapshots import freeze, thaw

from . import samples

PAYLOADS = [
    ("diagnosis_report", samples.report()),
    ("diagnosis_report", samples.blank_report()),
    ("service_plan", samples.plan()),
    ("certificate", samples.certificate()),
    ("advantage_list", samples.advantage_list()),
]


@pytest.mark.parametrize(("kind", "payload"), PAYLOADS, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(PAYLOADS)])
def test_a_payload_survives_storing(kind: str, payload: Payload) -> None:
    assert freeze(thaw(kind, json.loads(json.dumps(freeze(payload))))) == freeze(payload)


@pytest.mark.parametrize(("kind", "payload"), PAYLOADS, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(PAYLOADS)])
def test_what_comes_back_is_the_payload(kind: str, payload: Payload) -> None:
    assert thaw(kind, freeze(payload)) == payload
