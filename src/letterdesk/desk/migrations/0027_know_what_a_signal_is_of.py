from django.db import migrations, models


class Migration(migrations.Migration):
    """What was noticed before is of the text: nothing looked at the name."""

    dependencies = [
        ("desk", "0026_know_the_page_of_a_claim"),
    ]

    operations = [
        migrations.AddField(
            model_name="signal",
            name="of",
            field=models.TextField(default="text"),
        ),
        migrations.RemoveConstraint(
            model_name="signal",
            name="signal_once",
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.UniqueConstraint(
                fields=("comment", "kind", "of"), name="signal_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.CheckConstraint(
                condition=models.Q(("of__in", ["text", "name"])),
                name="signal_field_known",
            ),
        ),
    ]
