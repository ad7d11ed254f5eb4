from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "cultivation.assessments"
    verbose_name = "评估"

    def ready(self) -> None:
        from cultivation.assessments import jobs, services
        from cultivation.assessments.events import RoundScored
        from cultivation.assessments.services.learning import advise_scored
        from cultivation.assessments.services.watching import watch_scored
        from cultivation.core.events import subscribe
        from cultivation.programmes.events import ImpactRequested, RoundPublished, ScoringRequested

        subscribe(ScoringRequested, jobs.enqueue_scoring)
        subscribe(RoundPublished, services.announce_round)
        subscribe(ImpactRequested, jobs.try_rules)
        subscribe(RoundScored, watch_scored)
        subscribe(RoundScored, advise_scored)
