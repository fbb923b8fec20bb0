from django.db import migrations, models


class Migration(migrations.Migration):
    """Pictures of before are noted by `publish --all`: a migration knows no place."""

    dependencies = [
        ("desk", "0031_let_programs_only_register"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoosePicture",
            fields=[
                ("path", models.TextField(primary_key=True, serialize=False)),
                ("kept_to", models.DateField()),
            ],
        ),
    ]
