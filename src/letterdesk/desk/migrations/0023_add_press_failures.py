import django.db.models.deletion
from django.db import migrations, models

_PARTS = ["page", "outcomes"]


class Migration(migrations.Migration):
    """A table of what the press could not do; empty as long as all goes well."""

    dependencies = [
        ("desk", "0022_teach_advertising"),
    ]

    operations = [
        migrations.CreateModel(
            name="PressFailure",
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
                (
                    "part",
                    models.TextField(choices=[(one, one.title()) for one in _PARTS]),
                ),
                ("why", models.TextField()),
                ("since", models.DateField()),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="failures",
                        to="desk.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("story", "part"), name="failure_once"),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", _PARTS)),
                        name="failure_part_known",
                    ),
                ],
            },
        ),
    ]
