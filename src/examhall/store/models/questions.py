"""The question bank: questions and their answer options."""

from django.conf import settings
from django.db import models

from examhall.domain.words import Difficulty, QuestionType


class Question(models.Model):
    """A question of a teacher. A question that was sat is archived (``archived_at``), never destroyed."""

    question_text = models.TextField()
    type = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in QuestionType])
    difficulty = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Difficulty])
    image_url = models.CharField(max_length=500, null=True, blank=True)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions")
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "examhall_question"
        indexes = (models.Index(fields=["teacher", "archived_at", "id"], name="question_teacher_idx"),)

    def __str__(self) -> str:
        return self.question_text[:80]


class QuestionAnswer(models.Model):
    """An answer option, or an accepted text of a blank.

    Options are inserted in random order and always listed by id, so that neither tells which one is the key.
    ``tolerance`` turns a blank's accepted text into a number with a permitted distance.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    is_correct = models.BooleanField(default=False)
    tolerance = models.DecimalField(max_digits=20, decimal_places=10, null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "examhall_question_answer"

    def __str__(self) -> str:
        return self.text[:80]
