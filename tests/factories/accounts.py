import factory
from factory.django import DjangoModelFactory
from stdnum.cn import uscc

from cultivation.accounts.models import Enterprise, Membership, Organisation, User


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
