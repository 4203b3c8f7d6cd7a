"""Bodies of questions, one of each kind."""

from typing import Any

CHOICE = {
    "question_text": "Which of these is even?",
    "type": "multiple_choice",
    "difficulty": "hard",
    "image_url": "https://images.example/even.png",
    "answers": [{"text": "7", "is_correct": False}, {"text": "8", "is_correct": True}],
}
TRUE_FALSE = {
    "question_text": "Zero is even.",
    "type": "true_false",
    "difficulty": "easy",
    "answers": [{"text": "True", "is_correct": True}, {"text": "False", "is_correct": False}],
}
BLANK = {
    "question_text": "Pi to two decimals is ____.",
    "type": "fill_blank",
    "difficulty": "medium",
    "answers": [{"text": "3.14", "is_correct": True, "tolerance": "0.005"}],
}
ESSAY = {"question_text": "Why is zero even?", "type": "essay", "difficulty": "hard", "answers": []}


def choice(**changes: Any) -> dict[str, Any]:
    """Return the body of a choice question, changed; ``...`` leaves a field out."""
    return {name: value for name, value in {**CHOICE, **changes}.items() if value is not ...}
