"""Frozen papers: what an exam was at the moment somebody could start it."""

from django.db import models


class Paper(models.Model):
    """A frozen, content-addressed form of an exam. Rows are written once and never changed.

    ``content`` is the canonical JSON of :mod:`examhall.domain.paper`, ``digest`` its SHA-256 in hexadecimal.
    """

    exam = models.ForeignKey("examhall.Exam", on_delete=models.CASCADE, related_name="papers")
    digest = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "examhall_paper"

    def __str__(self) -> str:
        return f"{self.digest[:12]} of exam {self.exam_id}"
