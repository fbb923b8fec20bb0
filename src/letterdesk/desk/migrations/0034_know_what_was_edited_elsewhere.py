from django.db import migrations, models


class Migration(migrations.Migration):
    """Under which rules another newsroom had edited what was imported from it."""

    dependencies = [
        ("desk", "0033_await_pictures"),
    ]

    operations = [
        migrations.AddField(
            "imported", "edited_under", models.JSONField(null=True, blank=True)
        ),
    ]
