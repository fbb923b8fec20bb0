"""The id that decisions taken together share."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0016_add_desk_models")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="group",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("group", ""), _negated=True),
                fields=["group", "id"],
                name="decision_of_group",
            ),
        ),
    ]
