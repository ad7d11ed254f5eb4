"""What the jobs have put into the post."""

from django.core.mail import EmailMessage

from cultivation.core.jobs import work_once


def post(mails: list[EmailMessage]) -> list[tuple[str, str]]:
    """Run the waiting jobs; who got what, latest last."""
    mails.clear()
    while work_once():
        pass
    return [(mail.to[0], mail.subject) for mail in mails]
