from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def erase(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Erase what answered notices say of comments whose words are gone: see decision 100."""
    found = apps.get_model("desk", "Notice").objects.filter(
        is_open=False, comment__state="withdrawn", comment__outcome_due=False
    )
    found.exclude(answer="").update(outcome_due=True)
    found.update(text="", answer="")


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0037_know_what_the_first_of_two_saw"),
    ]

    operations = [
        migrations.RunPython(erase, migrations.RunPython.noop),
    ]
