from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def note_what_no_page_may_show(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Note what the press acted on and told nobody, under a story whose page is due.

    Where a page shows it already, it is a gap from the next removal to the next slot.
    """
    changed = apps.get_model("desk", "Story").objects.filter(changed=True)
    comments = apps.get_model("desk", "Comment").objects
    comments.filter(
        story__in=changed,
        state="published",
        outcome_due=True,
        acted_version=F("version"),
    ).update(awaits_page=True)


class Migration(migrations.Migration):
    """Which comments the press has published, and no page has shown yet."""

    dependencies = [
        ("desk", "0035_know_what_unopened_letters_await"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="awaits_page",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(note_what_no_page_may_show, migrations.RunPython.noop),
    ]
