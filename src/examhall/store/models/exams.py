"""Exams, the questions in them, and students' favourites."""

from django.conf import settings
from django.db import models

from examhall.domain.words import RevealPolicy, Weighting
from examhall.store.models.classes import SchoolClass
from examhall.store.models.questions import Question


class Exam(models.Model):
    """An exam of a class.

    ``paper`` is the newest frozen form, or ``None`` after a change, until somebody starts (or an access freezes it again).
    ``slug`` names the exams that the certification API offers by name. ``start_time``/``end_time`` are the window,
    half-open; ``minutes`` the limit of one sitting; ``question_seconds`` the limit of one question.
    """

    class_obj = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="exams")
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True, default="")
    total_score = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="created_exams")
    slug = models.CharField(max_length=50, unique=True, null=True, blank=True)
    reveal_policy = models.CharField(
        max_length=20,
        choices=[(policy.value, policy.value) for policy in RevealPolicy],
        default=RevealPolicy.AFTER_SUBMIT.value,
    )
    max_attempts = models.PositiveIntegerField(default=1)
    draw_count = models.PositiveIntegerField(null=True, blank=True)
    question_seconds = models.PositiveIntegerField(null=True, blank=True)
    shuffle = models.BooleanField(default=False)
    partial_credit = models.BooleanField(default=False)
    weighting = models.CharField(
        max_length=10,
        choices=[(weighting.value, weighting.value) for weighting in Weighting],
        default=Weighting.DIFFICULTY.value,
    )
    pass_mark = models.PositiveSmallIntegerField(null=True, blank=True)
    paper = models.ForeignKey("examhall.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "examhall_exam"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end_time__gt=models.F("start_time")), name="exam_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="exam_minutes_positive"),
            models.CheckConstraint(condition=models.Q(total_score__gte=1), name="exam_total_score_positive"),
            models.CheckConstraint(condition=models.Q(max_attempts__gte=1), name="exam_attempts_positive"),
        )

    def __str__(self) -> str:
        return self.title


class ExamQuestion(models.Model):
    """A question's place in an exam. One that was sat is marked ``removed_at`` when it is taken out, never deleted."""

    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="exam_questions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="exam_questions")
    order = models.PositiveIntegerField()
    code = models.CharField(max_length=50)
    points = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "examhall_exam_question"
        constraints = (models.UniqueConstraint(fields=["exam", "question"], name="exam_question_once"),)

    def __str__(self) -> str:
        return f"{self.code} of exam {self.exam_id}"


class FavoriteExam(models.Model):
    """A student's bookmark of an exam."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favorite_exams")
    exam = models.ForeignKey(Exam, on_delete=models.CASCADE, related_name="favorites")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "examhall_favorite_exam"
        constraints = (models.UniqueConstraint(fields=["user", "exam"], name="favorite_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.exam_id}"
