"""All models, a module per noun; import them from here."""

from examhall.store.models.classes import Enrolment, SchoolClass
from examhall.store.models.exams import Exam, ExamQuestion, FavoriteExam
from examhall.store.models.papers import Paper
from examhall.store.models.questions import Question, QuestionAnswer
from examhall.store.models.results import ExamResult
from examhall.store.models.sessions import ExamLog, ExamSession, StartKey, StudentAnswer
from examhall.store.models.users import User

__all__ = [
    "Enrolment",
    "Exam",
    "ExamLog",
    "ExamQuestion",
    "ExamResult",
    "ExamSession",
    "FavoriteExam",
    "Paper",
    "Question",
    "QuestionAnswer",
    "SchoolClass",
    "StartKey",
    "StudentAnswer",
    "User",
]
