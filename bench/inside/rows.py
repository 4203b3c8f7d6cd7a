"""Look at the rows that the load left: sessions to work in, and their number."""

from bench.inside.work import world_in
from bench.world import Counted
from examhall.domain.words import SessionStatus
from examhall.store.models import ExamResult, ExamSession


def run(directory: str, question: str) -> Counted | list[tuple[int, int]]:
    """Answer one question about the load's rows: ``sessions`` as (student, session), or their ``counts``."""
    students = [student.id for student in world_in(directory).students]
    sessions = ExamSession.objects.filter(student_id__in=students)
    if question == "sessions":
        return list(sessions.order_by("id").values_list("student_id", "id"))
    return Counted(
        sessions=sessions.count(),
        students=sessions.values("student_id").distinct().count(),
        running=sessions.filter(status=SessionStatus.IN_PROGRESS.value).count(),
        results=ExamResult.objects.filter(student_id__in=students).count(),
    )
