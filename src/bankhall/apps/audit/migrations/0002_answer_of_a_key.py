from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.AddField("actkey", "answer", models.JSONField(null=True))]
