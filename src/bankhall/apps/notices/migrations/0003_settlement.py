from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_delivery"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["subject_code", "subject_kind"], name="notice_subject"),
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=models.PROTECT,
                        primary_key=True,
                        related_name="settlement",
                        serialize=False,
                        to="notices.notice",
                    ),
                ),
                ("outcome", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
