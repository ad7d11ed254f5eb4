import pytest
from django.core.mail import EmailMessage

from tests.cultivation.accounts.visitor import Visitor


@pytest.fixture
def visitor(db: None, mailoutbox: list[EmailMessage]) -> Visitor:
    return Visitor(mailoutbox)


@pytest.fixture
def resident(visitor: Visitor) -> Visitor:
    """王兰, who signed up and confirmed her address, and is signed in."""
    visitor.sign_up()
    assert visitor.confirm().status_code == 200
    return visitor
