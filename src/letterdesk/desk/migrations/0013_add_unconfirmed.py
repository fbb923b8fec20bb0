import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Accounts and tokens that are there count as confirmed: nothing waits for them."""

    dependencies = [
        ("desk", "0012_add_protected_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unconfirmed",
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
                    "cause",
                    models.TextField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("reopened", "Reopened"),
                            ("reset", "Reset"),
                            ("token", "Token"),
                        ]
                    ),
                ),
                ("since", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unconfirmed_acts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unconfirmed",
                        to="desk.token",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unconfirmed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                ["added", "changed", "reopened", "reset", "token"],
                            )
                        ),
                        name="unconfirmed_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cause", "token"), ("token__isnull", False))
                        | models.Q(
                            ("cause__in", ["added", "changed", "reopened", "reset"]),
                            ("token__isnull", True),
                        ),
                        name="unconfirmed_token_if_about_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token__isnull", True)),
                        fields=("user", "cause", "by"),
                        name="unconfirmed_once",
                    ),
                ],
            },
        ),
    ]
