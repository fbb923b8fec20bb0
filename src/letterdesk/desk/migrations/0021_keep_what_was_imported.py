import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a comment was in the system that it came from."""

    dependencies = [
        ("desk", "0020_note_removed_admins"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
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
                ("source", models.TextField()),
                ("file", models.TextField()),
                ("begun", models.DateField()),
                ("finished", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Imported",
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
                ("source", models.TextField()),
                ("site", models.TextField(blank=True, default="")),
                ("source_id", models.TextField()),
                ("reply_to", models.TextField(blank=True, default="")),
                ("written", models.DateTimeField(blank=True, null=True)),
                (
                    "comment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="desk.comment",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="desk.importrun",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="desk.story",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("written__isnull", False)),
                        fields=["story"],
                        name="imported_unplaced",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "site", "source_id"), name="imported_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comment__isnull", False),
                            ("written__isnull", False),
                            _connector="OR",
                        ),
                        name="imported_gap_is_forgotten",
                    ),
                ],
            },
        ),
    ]
