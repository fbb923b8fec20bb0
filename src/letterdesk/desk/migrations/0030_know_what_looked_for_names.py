from django.db import migrations, models


class Migration(migrations.Migration):
    """By which key everything was looked at is not known: it is looked at once more."""

    dependencies = [
        ("desk", "0029_read_again_for_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="screeningmark",
            name="names",
            field=models.BinaryField(default=b""),
        ),
    ]
