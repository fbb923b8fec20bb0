from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0018_keep_promises_of_groups"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["desk", "language", "id"],
                name="comment_waiting_in_language",
            ),
        ),
    ]
