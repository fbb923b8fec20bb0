from django.db import migrations, models


class Migration(migrations.Migration):
    """Which version the first of two saw; what was wanted before is to be said anew."""

    dependencies = [
        ("desk", "0036_know_what_awaits_its_page"),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="first_version",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
