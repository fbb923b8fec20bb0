"""Whether somebody wants harsh letters veiled until she opens them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0007_count_by_desk_and_language")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="veils",
            field=models.BooleanField(default=False),
        ),
    ]
