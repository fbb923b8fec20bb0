from django.db import migrations, models


class Migration(migrations.Migration):
    """Claims of before name no page, as the pages that took them name none."""

    dependencies = [
        ("desk", "0025_know_the_key_of_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="page",
            field=models.TextField(blank=True, default=""),
        ),
    ]
