"""Classes and who is in them."""

from django.conf import settings
from django.db import models


class SchoolClass(models.Model):
    """A teacher's class; the Sessions API calls it ``class_obj`` and its name ``className``.

    A class with ``open_enrolment`` counts every student as a member (self-service practice and certification).
    """

    class_name = models.CharField(max_length=255)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taught_classes")
    open_enrolment = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "examhall_class"

    def __str__(self) -> str:
        return self.class_name


class Enrolment(models.Model):
    """One student's membership of one class."""

    class_obj = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="enrolments")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments")
    joined_at = models.DateTimeField()

    class Meta:
        db_table = "examhall_enrolment"
        constraints = (models.UniqueConstraint(fields=["class_obj", "student"], name="enrolment_once_per_class"),)

    def __str__(self) -> str:
        return f"{self.student_id} in {self.class_obj_id}"
