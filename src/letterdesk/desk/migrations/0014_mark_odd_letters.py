"""What a moderator should know of a letter that our own form would not have sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0013_add_unconfirmed")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="came_late",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="comment",
            name="lost_parent",
            field=models.BooleanField(default=False),
        ),
    ]
