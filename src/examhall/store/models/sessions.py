"""Exam sessions, the answers given in them and their logs."""

from django.conf import settings
from django.db import models

from examhall.domain.words import SessionStatus
from examhall.store.models.exams import Exam, ExamQuestion
from examhall.store.models.papers import Paper
from examhall.store.models.questions import QuestionAnswer


class ExamSession(models.Model):
    """One student's attempt at one exam.

    ``active_key`` is ``"<exam>:<student>"`` while the session runs and ``None`` after: its uniqueness is the rule
    "one active session per student and exam" on every database. ``limit_at`` is the end of the sitting's own time; the
    session ends there or at the exam's ``end_time``, whichever comes first (domain.timing). ``end_time`` is the
    contract's field: when it did end. ``seed`` replays the draw and the order of the paper.
    """

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sessions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exam_sessions")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="sessions")
    code = models.CharField(max_length=50, unique=True)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField(null=True, blank=True)
    limit_at = models.DateTimeField()
    total_score = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    status = models.CharField(
        max_length=15,
        choices=[(status.value, status.value) for status in SessionStatus],
        default=SessionStatus.IN_PROGRESS.value,
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    attempt_number = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    active_key = models.CharField(max_length=50, unique=True, null=True, blank=True)

    class Meta:
        db_table = "examhall_exam_session"
        constraints = (
            models.UniqueConstraint(fields=["exam", "student", "attempt_number"], name="session_attempt_once"),
        )
        indexes = (
            models.Index(fields=["status", "limit_at"], name="session_due_idx"),
            models.Index(fields=["student", "-start_time"], name="session_student_idx"),
            models.Index(fields=["exam", "status"], name="session_exam_idx"),
        )

    def __str__(self) -> str:
        return self.code


class StudentAnswer(models.Model):
    """One question of one session and what the student answered; all rows exist from the start.

    ``position`` is the place on this student's paper, ``points`` what the question is worth there. ``selected_answer``
    holds a single choice, ``selected_answer_ids`` the choice of a question with several correct options.
    ``served_at`` starts the question clock; ``marked_at`` says that a person set the score.
    ``revision`` is the highest that the client gave to a write of this answer (domain.revisions).
    """

    session = models.ForeignKey(ExamSession, on_delete=models.CASCADE, related_name="answers")
    exam_question = models.ForeignKey(ExamQuestion, on_delete=models.PROTECT, related_name="student_answers")
    position = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=10, decimal_places=2)
    selected_answer = models.ForeignKey(
        QuestionAnswer, on_delete=models.PROTECT, null=True, blank=True, related_name="student_answers"
    )
    selected_answer_ids = models.JSONField(null=True, blank=True)
    answer_text = models.TextField(null=True, blank=True)
    score = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_correct = models.BooleanField(default=False)
    served_at = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    revision = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "examhall_student_answer"
        constraints = (models.UniqueConstraint(fields=["session", "exam_question"], name="answer_once_per_question"),)

    def __str__(self) -> str:
        return f"answer {self.pk} of session {self.session_id}"


class ExamLog(models.Model):
    """One thing that happened in a session."""

    session = models.ForeignKey(ExamSession, on_delete=models.CASCADE, related_name="logs")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exam_logs")
    actions = models.CharField(max_length=100)
    timestamp = models.DateTimeField()
    detail = models.TextField(null=True, blank=True)

    class Meta:
        db_table = "examhall_exam_log"
        indexes = (models.Index(fields=["session", "timestamp"], name="log_session_idx"),)

    def __str__(self) -> str:
        return f"{self.actions} in session {self.session_id}"


class StartKey(models.Model):
    """The client's own name of a start, kept for a day or so: the same start asked for again finds the same session."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="start_keys")
    key = models.CharField(max_length=100)
    session = models.OneToOneField(ExamSession, on_delete=models.CASCADE, related_name="start_key")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "examhall_start_key"
        constraints = (models.UniqueConstraint(fields=["student", "key"], name="start_key_once_per_student"),)

    def __str__(self) -> str:
        return f"start key {self.pk} of session {self.session_id}"
