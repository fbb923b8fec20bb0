import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing is read again before the next change of a list."""

    dependencies = [
        ("desk", "0028_leave_names_out"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rereading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("state", models.TextField(blank=True, default="")),
                ("before", models.BigIntegerField(blank=True, null=True)),
                (
                    "story",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="desk.story",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("code", "protected")),
                fields=["comment"],
                name="signal_protected",
            ),
        ),
    ]
