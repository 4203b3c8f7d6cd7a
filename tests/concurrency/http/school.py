"""What is planted for the races: ids and keys that the clients need to know, as the planting process prints them."""

import msgspec

# Attempts at either kind of exam, and questions of the exam.
ATTEMPTS = 3
QUESTIONS = 9


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """An option of a question."""

    id: int
    text: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the exam, by its place in it; every question has a text of its own."""

    exam_question_id: int
    text: str
    right: Option
    wrong: Option


class School(msgspec.Struct, frozen=True, kw_only=True):
    """A class open to everybody with an exam, and the certification exams.

    ``final_keys`` holds the right option of each question of the final exam.
    """

    exam_id: int
    questions: list[Question]
    final_keys: dict[int, int]
