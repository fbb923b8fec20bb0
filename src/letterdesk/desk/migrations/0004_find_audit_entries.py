"""Entries of the audit log are found by person, kind, day and what they are about."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from letterdesk.domain.audit import filed, subjects

_AT_ONCE = 1_000  # entries


def file_entries(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take from each entry's facts what it is found by."""
    entries = apps.get_model("desk", "AuditEntry").objects
    mention = apps.get_model("desk", "AuditMention")
    last = 0
    while rows := list(entries.filter(number__gt=last).order_by("number")[:_AT_ONCE]):
        for row in rows:
            row.what, row.who, row.day = filed(row.facts)
            row.day = row.day or None
        entries.bulk_update(rows, ["what", "who", "day"])
        mention.objects.bulk_create(
            mention(entry=row, subject=subject)
            for row in rows
            for subject in sorted(subjects(row.facts))
        )
        last = rows[-1].number


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_add_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditCheck",
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
                ("number", models.PositiveBigIntegerField(default=0)),
                ("digest", models.TextField()),
                ("begun", models.DateField()),
                ("done", models.DateField(null=True)),
                ("whole", models.PositiveBigIntegerField(default=0)),
                ("broken", models.PositiveBigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditMention",
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
                ("subject", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="auditentry",
            name="day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="what",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="who",
            field=models.TextField(default=""),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["day", "number"], name="audit_by_day"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["who", "day", "number"], name="audit_by_person"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["what", "day", "number"], name="audit_by_kind"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                fields=["who", "what", "day", "number"], name="audit_by_both"
            ),
        ),
        migrations.AddField(
            model_name="auditmention",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mentions",
                to="desk.auditentry",
            ),
        ),
        migrations.AddIndex(
            model_name="auditmention",
            index=models.Index(fields=["subject", "entry"], name="mention_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="auditmention",
            constraint=models.UniqueConstraint(
                fields=("entry", "subject"), name="mention_once"
            ),
        ),
        migrations.RunPython(file_entries, migrations.RunPython.noop),
    ]
