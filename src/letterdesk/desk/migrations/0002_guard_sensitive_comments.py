"""The database itself refuses what one person alone approved on a sensitive story."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def call_ordinary_what_was_decided_by_one(
    apps: Apps, _editor: BaseDatabaseSchemaEditor
) -> None:
    """Keep the risk under which a comment was decided on, before its story was sensitive."""
    comments = apps.get_model("desk", "Comment").objects
    comments.filter(
        risk="sensitive",
        state__in=["approved", "published", "retracted"],
        seconded_by=None,
    ).update(risk="ordinary")


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskRisk",
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
                ("desk", models.TextField(unique=True)),
                ("risk", models.TextField(default="ordinary")),
                (
                    "ordinary_wanted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["ordinary", "sensitive"])),
                        name="desk_risk_known",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="story",
            name="ordinary_wanted_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(
            call_ordinary_what_was_decided_by_one, migrations.RunPython.noop
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("risk", "sensitive"),
                    ("state__in", ["approved", "published"]),
                    _negated=True,
                )
                | models.Q(("approved_by__isnull", False), ("seconded_by__isnull", False)),
                name="comment_two_people_if_sensitive",
            ),
        ),
    ]
