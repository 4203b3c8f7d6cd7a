"""Compare the ledger of the load with the database: every acknowledged answer must be there."""

from collections.abc import Iterator
from pathlib import Path

from bench.inside.work import LEDGER, world_in
from bench.world import Checked, Question
from examhall.store.models import StudentAnswer

_SHOWN = 5
_ALL = "*"

Place = tuple[int, int]


def run(directory: str) -> Checked:
    """Return how much of what was acknowledged is kept.

    A place may hold its last acknowledged option, or one that was sent after that and never answered.
    """
    world = world_in(directory)
    questions = world.questions
    may_hold: dict[Place, set[int]] = {}
    certain: set[Place] = set()
    acknowledged = 0
    for kind, session, question, option in _lines(Path(directory) / LEDGER):
        for place, chosen in _places(session, question, option, questions):
            if kind == "A":
                acknowledged += 1
                certain.add(place)
                may_hold[place] = {chosen}
            else:
                may_hold.setdefault(place, set()).add(chosen)
    held = _held([student.id for student in world.students])
    missing = [place for place in certain if held.get(place) not in may_hold[place]]
    return Checked(
        acknowledged=acknowledged,
        answers=len(certain),
        kept=len(certain) - len(missing),
        missing=[_told(place, held.get(place), may_hold[place]) for place in missing[:_SHOWN]],
    )


def _lines(ledger: Path) -> Iterator[tuple[str, int, str, int]]:
    """Return what was sent and what acknowledged; a refusal changes nothing that is known of the place."""
    with ledger.open() as lines:
        for line in lines:
            kind, *rest = line.split()
            if kind in {"S", "A"}:
                session, question, option, *_ = rest
                yield kind, int(session), question, int(option)


def _places(session: int, question: str, option: int, questions: list[Question]) -> list[tuple[Place, int]]:
    """Return each place that one line is about, with the option chosen there."""
    if question != _ALL:
        return [((session, int(question)), option)]
    return [((session, each.id), each.options[option - 1]) for each in questions]


def _held(students: list[int]) -> dict[Place, int | None]:
    rows = StudentAnswer.objects.filter(session__student_id__in=students)
    return {
        (session, question): option
        for session, question, option in rows.values_list("session_id", "exam_question_id", "selected_answer_id")
    }


def _told(place: Place, held: int | None, wanted: set[int]) -> str:
    session, question = place
    return f"session {session}, question {question}: {held} instead of {' or '.join(map(str, sorted(wanted)))}"
