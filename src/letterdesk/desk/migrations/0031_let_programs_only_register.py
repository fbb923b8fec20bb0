from django.db import migrations, models

_ROLES = ["moderator", "editor", "admin", "auditor", "registrar"]
_CHOICES = [(role, role.title()) for role in _ROLES]


class Migration(migrations.Migration):
    """A role of programs that register stories, and see and decide nothing."""

    dependencies = [
        ("desk", "0030_know_what_looked_for_names"),
    ]

    operations = [
        migrations.RemoveConstraint("user", "user_role_known"),
        migrations.RemoveConstraint("token", "token_role_known"),
        migrations.AlterField("user", "role", models.TextField(choices=_CHOICES)),
        migrations.AlterField("token", "role", models.TextField(choices=_CHOICES)),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(role__in=_ROLES), name="user_role_known"
            ),
        ),
        migrations.AddConstraint(
            "token",
            models.CheckConstraint(
                condition=models.Q(role__in=_ROLES), name="token_role_known"
            ),
        ),
    ]
