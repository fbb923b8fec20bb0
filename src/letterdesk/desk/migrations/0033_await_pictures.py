from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0032_note_loose_pictures"),
    ]

    operations = [
        migrations.AddField(
            model_name="loosepicture",
            name="awaited",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
