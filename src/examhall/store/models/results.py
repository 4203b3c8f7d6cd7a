"""Results of finished sessions."""

from django.conf import settings
from django.db import models

from examhall.domain.words import ResultStatus
from examhall.store.models.exams import Exam
from examhall.store.models.sessions import ExamSession


class ExamResult(models.Model):
    """The result of a session: written once when the session closes, changed only by marking."""

    session = models.OneToOneField(ExamSession, on_delete=models.CASCADE, related_name="result")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exam_results")
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="results")
    total_score = models.DecimalField(max_digits=10, decimal_places=2)
    correct_count = models.PositiveIntegerField()
    wrong_count = models.PositiveIntegerField()
    unanswered_count = models.PositiveIntegerField()
    submitted_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in ResultStatus])
    feedback = models.TextField(null=True, blank=True)
    percentage = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        db_table = "examhall_exam_result"
        indexes = (
            models.Index(fields=["exam", "submitted_at"], name="result_exam_idx"),
            models.Index(fields=["student", "submitted_at"], name="result_student_idx"),
        )

    def __str__(self) -> str:
        return f"result of session {self.session_id}"
