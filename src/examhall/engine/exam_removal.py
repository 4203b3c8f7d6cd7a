"""Deleting exams that nobody sat."""

from collections.abc import Sequence

from examhall.store.models import Exam, Paper


def remove_exams(exams: Sequence[Exam]) -> None:
    """Delete locked exams without sessions, with their frozen papers, questions' places and bookmarks."""
    rows = Exam.objects.filter(pk__in=[exam.pk for exam in exams])
    # An exam and its papers point at each other; the exam lets go first.
    rows.update(paper=None)
    Paper.objects.filter(exam__in=exams).delete()
    rows.delete()
