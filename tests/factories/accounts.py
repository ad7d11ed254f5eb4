from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory
from stdnum.cn import uscc

from cultivation.accounts.models import Claim, Enterprise, Membership, Organisation, User


def valid_uscc(number: int) -> str:
    stem = f"91420100MA{number:07d}"
    return stem + uscc.calc_check_digit(stem)


class EnterpriseFactory(DjangoModelFactory[Enterprise]):
    class Meta:
        model = Enterprise

    uscc = factory.Sequence(valid_uscc)
    name = factory.Sequence(lambda n: f"测试企业{n}有限公司")
    region = "420100"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        django_get_or_create = ["name"]

    name = factory.Sequence(lambda n: f"测试单位{n}")
    kind = "province"
    region = "420000"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    full_name = factory.Sequence(lambda n: f"测试人员{n}")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = "province_officer"


class ClaimFactory(DjangoModelFactory[Claim]):
    class Meta:
        model = Claim

    claimant = factory.SubFactory(UserFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    decider = "office"
    given_name = factory.SelfAttribute("enterprise.name")
    reason = "我是本企业的知识产权专员"


def confirmed_person(name: str = "王兰", **fields: Any) -> User:
    """Who signed up and confirmed the address."""
    user: User = UserFactory(full_name=name, **fields)
    user.email = user.email or f"{user.username}@example.org"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def person_of(firm: Enterprise, role: str = "enterprise_approver", name: str = "江山") -> User:
    user = confirmed_person(name)
    MembershipFactory(user=user, role=role, enterprise=firm)
    return user
