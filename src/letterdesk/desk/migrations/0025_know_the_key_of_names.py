from django.db import migrations, models


class Migration(migrations.Migration):
    """An empty column: `letterdesk init` fills it for the names listed before."""

    dependencies = [
        ("desk", "0024_know_who_brought_a_story"),
    ]

    operations = [
        migrations.AddField(
            model_name="protectedname",
            name="key",
            field=models.BinaryField(blank=True, null=True),
        ),
    ]
