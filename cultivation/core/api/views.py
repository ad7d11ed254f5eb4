from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.views import APIView

from cultivation.core.actors import PUBLIC, Actor
from cultivation.core.api.pages import StandardPages
from cultivation.core.api.params import require_words
from cultivation.core.api.parsers import ShallowJSONParser
from cultivation.core.errors import NotHere


def actor_of(request: Request) -> Actor:
    user = request.user
    return user.actor if user.is_authenticated else PUBLIC


class ApiView(APIView):
    """A view of one thing. Rows come only from `visible`, so what may not be seen is not found."""

    parser_classes = [ShallowJSONParser]

    def initial(self, request: Request, *args: Any, **parts: Any) -> None:
        require_words(parts)
        super().initial(request, *args, **parts)

    @cached_property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def get_visible(self, model: type[Model], **lookup: Any) -> Any:
        found = model._default_manager.visible_to(self.actor).filter(**lookup).first()  # type: ignore[attr-defined]
        if found is None:
            raise NotHere("没有找到，或者您无权查看。")
        return found


class ListView(ListAPIView[Any]):
    """A page of what the actor may see, in a stable order."""

    parser_classes = [ShallowJSONParser]
    model: ClassVar[type[Model]]
    pagination_class = StandardPages

    @cached_property
    def actor(self) -> Actor:
        return actor_of(self.request)

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        rows: QuerySet[Any] = self.model._default_manager.visible_to(self.actor)  # type: ignore[attr-defined]
        return rows
