"""GET /exams/{id}/statistics/."""

from examhall.engine.answers import save_answer
from examhall.engine.sessions import start_session, submit_session
from tests.builders import NOW, World, actor, choose
from tests.facades.rest.api import Api


def test_its_teacher_and_an_admin_see_how_it_went(teacher: Api, admin: Api, world: World) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    for index in (0, 1):
        save_answer(
            actor=actor(world.alice),
            session_id=session.id,
            exam_question_id=world.questions[index].pk,
            response=choose(world.key(index)),
            now=NOW,
        )
    submit_session(actor=actor(world.alice), session_id=session.id, now=NOW)
    start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    for who in (teacher, admin):
        assert who.get(f"/exams/{world.exam.pk}/statistics/").data == {
            "exam": {"id": world.exam.pk, "title": "Primes and factors", "total_score": 80, "minutes": 45},
            "statistics": {
                "total_students": 2,
                "completed_sessions": 1,
                "in_progress_sessions": 1,
                "abandoned_sessions": 0,
                "timeout_sessions": 0,
                "average_score": 53.34,
                "highest_score": 53.34,
                "lowest_score": 53.34,
                "completion_rate": 50.0,
            },
            "score_distribution": {"0-20": 0, "21-40": 0, "41-60": 0, "61-80": 1, "81-100": 0},
        }


def test_another_teachers_exam_does_not_exist(other_teacher: Api, world: World) -> None:
    assert other_teacher.get(f"/exams/{world.exam.pk}/statistics/").refused(404, "Exam not found")


def test_a_missing_exam_is_not_found(teacher: Api) -> None:
    assert teacher.get("/exams/4611686018427387904/statistics/").refused(404, "Exam not found")


def test_students_see_no_statistics(alice: Api, world: World) -> None:
    answer = alice.get(f"/exams/{world.exam.pk}/statistics/")
    assert answer.refused(403, "Only teachers can view exam statistics")


def test_nobody_sees_statistics(nobody: Api, world: World) -> None:
    assert nobody.get(f"/exams/{world.exam.pk}/statistics/").status == 401
