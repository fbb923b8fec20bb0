"""Models, lessons and rules that teach are of a signal each: what there was, of incivility."""

from django.db import migrations, models


def _signal() -> "models.TextField[str, str]":
    return models.TextField(default="incivility")


class Migration(migrations.Migration):
    dependencies = [("desk", "0021_keep_what_was_imported")]

    operations = [
        migrations.AddField("deskmodel", "signal", _signal()),
        migrations.AddField("lesson", "signal", _signal()),
        migrations.AddField("teachingrule", "signal", _signal()),
        migrations.RemoveConstraint("deskmodel", "desk_model_numbered"),
        migrations.RemoveConstraint("deskmodel", "desk_model_one_in_use"),
        migrations.RemoveConstraint("lesson", "lesson_once"),
        migrations.AlterField("teachingrule", "key", models.TextField()),
        migrations.AddConstraint(
            "deskmodel",
            models.UniqueConstraint(
                fields=["desk", "language", "signal", "number"], name="desk_model_numbered"
            ),
        ),
        migrations.AddConstraint(
            "deskmodel",
            models.UniqueConstraint(
                condition=models.Q(in_use=True),
                fields=["desk", "language", "signal"],
                name="desk_model_one_in_use",
            ),
        ),
        migrations.AddConstraint(
            "deskmodel",
            models.CheckConstraint(
                condition=models.Q(signal__in=["incivility", "spam"]),
                name="desk_model_signal_known",
            ),
        ),
        migrations.AddConstraint(
            "lesson",
            models.UniqueConstraint(
                fields=["desk", "language", "signal"], name="lesson_once"
            ),
        ),
        migrations.AddConstraint(
            "teachingrule",
            models.UniqueConstraint(fields=["key", "signal"], name="teaching_rule_once"),
        ),
    ]
