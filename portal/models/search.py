"""The search index: one row for each thing that visitors may find."""

from django.db import models


class SearchEntry(models.Model):
    """What is found, as it was when it was last indexed; written by `portal.search` only.

    `titles`, `texts` and `whens` hold a text for each language code. The two
    `_words` columns hold the tokens of both languages; the database keeps its
    full-text index over them by itself (migration 0004_search: an FTS5 table
    with triggers on SQLite, a generated tsvector on PostgreSQL). On SQLite,
    altering this table drops the triggers and the index of 0019_quicker_lists: such a migration makes them anew.
    """

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    titles = models.JSONField()
    texts = models.JSONField()
    whens = models.JSONField(default=dict)
    path = models.CharField(max_length=300)
    weight = models.SmallIntegerField(default=0)
    dated = models.DateField(null=True)
    visible_from = models.DateTimeField(db_index=True)
    title_words = models.TextField()
    text_words = models.TextField()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_is_one_per_row")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
