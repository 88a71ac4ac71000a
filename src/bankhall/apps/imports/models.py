"""Batches of records that came in, the rows that were refused, and the mappings by which files are read."""

from django.db import models

from bankhall.apps.audit.bases import BusinessRow
from bankhall.apps.imports.states import BatchState


class Batch(BusinessRow):
    """One import. `accounts` is the account of rows by table, `notes` what the records allow;
    `reach` the branches of which the importer may bring records (null: all, and reference records too)."""

    batch_code = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=20, default=BatchState.PREPARING)
    made_by = models.CharField(max_length=60)
    made_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    files = models.JSONField(default=list)
    mapping_code = models.CharField(max_length=120, blank=True)
    complete_days = models.BooleanField(default=False)
    reach = models.JSONField(null=True)
    accounts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    rejected = models.PositiveIntegerField(default=0)
    run_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["run_id"], name="batch_run"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return self.batch_code


class Refusal(BusinessRow):
    """A row in quarantine, with its reason and its original."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="refusals")
    table = models.CharField(max_length=60)
    file = models.TextField(blank=True)
    row = models.BigIntegerField()
    rule = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    cells = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["batch", "table", "id"], name="refusal_page"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.file}:{self.row} {self.rule}"


class InboxFile(BusinessRow):
    """A file of the inbox that was imported, as it lay there: its place, its size, the time of its last change."""

    name = models.CharField(max_length=500)
    size = models.BigIntegerField()
    changed_ns = models.BigIntegerField()
    batch_code = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "size", "changed_ns"], name="one_import_of_a_file"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return self.name


class Mapping(BusinessRow):
    """A mapping of the bank's own, as TOML. A change is a new version; the newest is used."""

    mapping_code = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    text = models.TextField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mapping_code", "version"], name="one_mapping_version"),)

    def __str__(self) -> str:
        """For a programmer's eye."""
        return f"{self.mapping_code} {self.version}"
