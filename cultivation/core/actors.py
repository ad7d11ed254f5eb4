"""Who acts: a person in one role, or the system itself through a job."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """What rights are decided from. `region` is a six-digit code, empty where the role has none."""

    name: str
    role: str
    user_id: int | None = None
    organisation_id: int | None = None
    enterprise_id: int | None = None
    region: str = ""

    @property
    def is_system(self) -> bool:
        return self.role == "system"


SYSTEM = Actor(name="系统", role="system")
PUBLIC = Actor(name="公众", role="public")
