from django.db import migrations, models


class Migration(migrations.Migration):
    """What is there already says what it awaits once it is tried again: at the next slot."""

    dependencies = [
        ("desk", "0034_know_what_was_edited_elsewhere"),
    ]

    operations = [
        migrations.AddField(
            model_name="unopened",
            name="awaits",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddIndex(
            model_name="unopened",
            index=models.Index(fields=["reason", "awaits"], name="unopened_awaits"),
        ),
    ]
