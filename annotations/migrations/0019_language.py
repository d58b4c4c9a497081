"""The language a person reads the product in. Empty: as the browser asks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("annotations", "0018_practice"),
    ]

    operations = [
        migrations.AddField(
            model_name="preference",
            name="language",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
    ]
