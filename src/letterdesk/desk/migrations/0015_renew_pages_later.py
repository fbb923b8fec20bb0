"""Pages of an earlier version of the software are written anew bit by bit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0014_mark_odd_letters")]

    operations = [
        migrations.AddField(
            model_name="story",
            name="outdated",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("outdated", True)),
                fields=["id"],
                name="story_outdated",
            ),
        ),
    ]
