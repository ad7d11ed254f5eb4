"""Who am I, what is open to all, joining a firm, its people, and the offices' queues."""

from cultivation.accounts.api import changes, claims, joining, me, public, team

urlpatterns = [*me.routes, *public.routes, *joining.routes, *claims.routes, *team.routes, *changes.routes]
