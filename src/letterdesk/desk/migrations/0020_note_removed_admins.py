from django.db import migrations, models

_OF_ACCOUNTS = ["added", "changed", "reopened", "reset", "removed"]
_CAUSES = [*_OF_ACCOUNTS, "token"]


class Migration(migrations.Migration):
    """One more cause that waits for a confirmation. Whoever was removed before waits not."""

    dependencies = [
        ("desk", "0019_find_waiting_by_language"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="unconfirmed", name="unconfirmed_cause_known"
        ),
        migrations.RemoveConstraint(
            model_name="unconfirmed", name="unconfirmed_token_if_about_one"
        ),
        migrations.AlterField(
            model_name="unconfirmed",
            name="cause",
            field=models.TextField(choices=[(one, one.title()) for one in _CAUSES]),
        ),
        migrations.AddConstraint(
            model_name="unconfirmed",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", _CAUSES)), name="unconfirmed_cause_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="unconfirmed",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause", "token"), ("token__isnull", False))
                | models.Q(("cause__in", _OF_ACCOUNTS), ("token__isnull", True)),
                name="unconfirmed_token_if_about_one",
            ),
        ),
    ]
