"""The table in which limits on codes and sign-ins are counted (Django's database cache)."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor):
    schema_editor.execute("drop table accounts_limits")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_joining_and_team")]
    operations = [migrations.RunPython(create, drop)]
