import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty column of stories; imports that end before it are not known of them."""

    dependencies = [
        ("desk", "0023_add_press_failures"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="brought_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="stories",
                to="desk.importrun",
            ),
        ),
    ]
