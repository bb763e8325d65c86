"""An extension that was taken back no longer stands in the way of another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_steps_and_owners")]

    operations = [
        migrations.RemoveConstraint(model_name="extension", name="one_extension_open"),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked"), ("withdrawn_at__isnull", True)),
                fields=("action",),
                name="one_extension_open",
            ),
        ),
    ]
