from django.db import migrations, models


class Migration(migrations.Migration):
    """No name was left out before; a statement without parts is of words that were cut."""

    dependencies = [
        ("desk", "0027_know_what_a_signal_is_of"),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="name_left_out",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name_left_out", False),
                    models.Q(("name", ""), _negated=True),
                    _connector="OR",
                ),
                name="comment_has_the_name_left_out",
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="first_name_left_out",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="statement",
            name="parts",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
