"""A body that can be sent for each that a call takes; with the demo data they name what is there."""

from collections.abc import Mapping
from typing import Any

from examhall.facades.rest import wire_auth as auth
from examhall.facades.rest import wire_classes as classes
from examhall.facades.rest import wire_exam_bodies as exams
from examhall.facades.rest import wire_exam_questions as places
from examhall.facades.rest import wire_questions as questions
from examhall.facades.rest import wire_sessions as sessions
from examhall.facades.rest.wire_answers import AnswerIn, UpdateAnswerIn

_REFRESH = {"refresh": "the refresh token that /auth/login/ answered"}

EXAMPLES: Mapping[Any, object] = {
    auth.RegisterIn: {
        "email": "lucia.herrera@example.com",
        "password": "three cats on the roof",
        "password_confirm": "three cats on the roof",
        "fullName": "Lucía Herrera",
        "role": "student",
    },
    auth.LoginIn: {"email": "student@example.com", "password": "examhall-demo"},
    auth.RefreshIn: _REFRESH,
    auth.ProfileIn: {"fullName": "Lucía Herrera Campos"},
    auth.ChangePasswordIn: {
        "old_password": "three cats on the roof",
        "new_password": "four dogs in the cellar",
        "new_password_confirm": "four dogs in the cellar",
    },
    sessions.StartIn: {"exam_id": 1},
    sessions.LogActionIn: {"action": "page_leave"},
    AnswerIn: {"exam_question_id": 27, "selected_answer_id": 121},
    UpdateAnswerIn: {"selected_answer_id": 121},
    list[AnswerIn]: [{"exam_question_id": 27, "selected_answer_id": 121}],
    classes.ClassIn: {"className": "Mathematics 10B"},
    classes.ClassChangeIn: {"className": "Mathematics 10C"},
    classes.AddStudentIn: {"student_email": "student@example.com"},
    questions.QuestionIn: {
        "question_text": "Which planet is the largest?",
        "type": "multiple_choice",
        "difficulty": "easy",
        "answers": [
            {"text": "Jupiter", "is_correct": True},
            {"text": "Saturn", "is_correct": False},
            {"text": "Earth", "is_correct": False},
        ],
    },
    questions.QuestionChangeIn: {"question_text": "Which planet has the greatest mass?", "difficulty": "medium"},
    questions.AddOptionIn: {"text": "Neptune", "is_correct": False},
    questions.OptionChangeIn: {"text": "Uranus"},
    exams.ExamIn: {
        "class_obj": 1,
        "title": "Planets",
        "description": "Ten minutes on the solar system",
        "total_score": 10,
        "minutes": 10,
        "start_time": "2027-01-11T08:00:00Z",
        "end_time": "2027-01-11T18:00:00Z",
        "questions": [{"question_id": 41, "order": 1, "code": "Q1"}],
        "reveal_policy": "after_submit",
        "max_attempts": 2,
    },
    exams.ExamChangeIn: {"title": "Planets and moons", "minutes": 15},
    places.AddPlaceIn: {"question_id": 41, "code": "Q2"},
    places.PlaceChangeIn: {"order": 1, "points": 5},
}
