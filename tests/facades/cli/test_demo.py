"""``manage.py demo``: a school that is always the same, in an empty database only."""

import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase, override_settings

from examhall.engine.demo.planting import PASSWORD
from examhall.store.models import (
    Enrolment,
    Exam,
    ExamQuestion,
    ExamResult,
    ExamSession,
    Question,
    QuestionAnswer,
    SchoolClass,
    User,
)


def demo(media: Path) -> str:
    """Run the command and return what it printed."""
    out = StringIO()
    with override_settings(MEDIA_ROOT=media):
        call_command("demo", "--port", "8123", stdout=out)
    return out.getvalue()


class DemoSchoolTests(TestCase):
    """What the command planted, once for all of these."""

    media: Path
    printed: str

    @classmethod
    def setUpTestData(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="examhall-demo-")
        cls.addClassCleanup(folder.cleanup)
        cls.media = Path(folder.name)
        cls.printed = demo(cls.media)

    def test_the_example_of_the_contract_has_its_own_ids(self) -> None:
        assert [User.objects.get(email_key=f"{name}@example.com").pk for name in ("teacher", "student")] == [2, 3]
        exam = Exam.objects.get(pk=1)
        assert (exam.title, exam.class_obj_id, exam.reveal_policy) == ("Midterm Exam", 1, "open")
        assert ExamQuestion.objects.get(pk=27).question_id == 41
        options = QuestionAnswer.objects.filter(question_id=41).order_by("id").values_list("id", "text", "is_correct")
        assert list(options) == [(120, "3", False), (121, "4", True), (122, "5", False)]
        assert Enrolment.objects.filter(class_obj_id=1, student_id=3).exists()

    def test_the_student_of_the_example_has_sat_nothing_yet(self) -> None:
        assert not ExamSession.objects.filter(student_id=3).exists()

    def test_rows_made_later_do_not_collide_with_the_explicit_ids(self) -> None:
        row = SchoolClass.objects.create(class_name="Later", teacher_id=2, created_at=User.objects.get(pk=2).created_at)
        assert row.pk > 1

    def test_it_is_a_school(self) -> None:
        assert User.objects.filter(role="teacher").count() == 4
        assert User.objects.filter(role="student").count() == 122
        assert SchoolClass.objects.count() == 8
        assert Question.objects.exclude(exam_questions__exam__slug__in=["prueba", "final"]).distinct().count() == 151
        assert set(Question.objects.values_list("type", flat=True)) == {
            "multiple_choice",
            "true_false",
            "fill_blank",
            "essay",
        }

    def test_its_statistics_mean_something(self) -> None:
        percentages = list(ExamResult.objects.values_list("percentage", flat=True))
        average = sum(percentages) / len(percentages)
        assert len(percentages) > 400
        assert 40 < average < 80
        assert min(percentages) < 30
        assert max(percentages) == 100
        assert set(ExamSession.objects.values_list("status", flat=True)) >= {"completed", "timeout", "in_progress"}

    def test_the_certification_exams_draw_from_a_bank(self) -> None:
        for slug, draw_count, attempts in (("prueba", 20, 20), ("final", 40, 3)):
            exam = Exam.objects.get(slug=slug)
            assert (exam.draw_count, exam.max_attempts, exam.question_seconds) == (draw_count, attempts, 65)
            assert exam.exam_questions.count() >= 120
        candidate = User.objects.get(email_key="candidato@example.com")
        assert candidate.exam_sessions.filter(status="completed").count() == 5

    def test_every_picture_that_a_question_names_is_there(self) -> None:
        urls = set(Question.objects.exclude(image_url=None).values_list("image_url", flat=True))
        assert len(urls) > 60
        assert all((self.media / str(url).removeprefix("/media/")).is_file() for url in urls)

    def test_the_accounts_can_sign_in_with_the_printed_password(self) -> None:
        assert PASSWORD in self.printed
        for account in ("admin", "teacher", "student", "candidato"):
            assert f"{account}@example.com" in self.printed
            assert User.objects.get(email_key=f"{account}@example.com").check_password(PASSWORD)
        assert "http://localhost:8123/auth/login/" in self.printed

    def test_a_second_run_leaves_everything_as_it_is(self) -> None:
        before = ExamSession.objects.count(), User.objects.count(), Question.objects.count()
        assert PASSWORD in demo(self.media)
        assert before == (ExamSession.objects.count(), User.objects.count(), Question.objects.count())

    def test_the_same_content_gives_the_same_school(self) -> None:
        first = _past_sittings()
        for rows in (ExamResult.objects, ExamSession.objects, ExamQuestion.objects):
            rows.all().delete()
        Exam.objects.update(paper=None)
        for model in (Exam, Question, SchoolClass, User):
            model.objects.all().delete()
        demo(self.media)
        assert _past_sittings() == first


def _past_sittings() -> list[tuple[str, str, str, str]]:
    """Return the sittings that do not depend on the ids which the database happened to give (no draw, no shuffling)."""
    rows = ExamSession.objects.filter(exam__shuffle=False).order_by("id").select_related("student", "exam")
    return [(row.student.email, row.exam.title, row.code[-8:], str(row.total_score)) for row in rows]
