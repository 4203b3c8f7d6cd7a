"""One candidate's day over a real connection: register, practise, look at the result, fail the final and pass it."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from pytest_django.live_server_helper import LiveServer

from examhall.store.models import ExamSession, Question, QuestionAnswer
from tests.builders import NOW
from tests.certification import CLOCK, make_certification

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SECOND = timedelta(seconds=1)
CANDIDATE = {
    "matricula": "A-00457",
    "nombre": "Alicia",
    "paterno": "Núñez",
    "materno": "Peña",
    "email": "alicia@ejemplo.mx",
    "contraseña": "un caballo correcto",
    "username": "alicia",
}


class Candidate:
    """A script with a cookie jar: it knows the document, and the key from the teacher's drawer."""

    def __init__(self, http: httpx.Client, clock: time_machine.Traveller) -> None:
        self.http = http
        self.clock = clock
        self.token: str | None = None
        self.keys = dict(QuestionAnswer.objects.filter(is_correct=True).values_list("question_id", "id"))

    def get(self, path: str) -> Any:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, method: str, path: str, body: object, *, status: int = 200) -> Any:
        """Send a change with the token, as the document asks; a sign-in makes the token a new one."""
        self.token = self.token or self.get("/csrf/")["csrfToken"]
        answer = self.http.request(method, path, json=body, headers={"X-CSRFToken": self.token})
        assert answer.status_code == status, answer.text
        if path in {"/register/", "/login/"}:
            self.token = None
        return answer.json()

    def begin(self, kind: str) -> tuple[int, list[int]]:
        body = self.send("POST", "/get_exam_questions/", {"tipo_examen": kind})
        return body["examen"], body["preguntas"]

    def fetch(self, exam: int, question: int) -> list[int]:
        """Fetch a question; return its options."""
        shown = self.send("PATCH", "/get_questions_answers/", {"examen": exam, "pregunta": question})["pregunta"]
        assert shown["id"] == question
        return [option["id"] for option in shown["respuestas"]]

    def answer(self, exam: int, question: int, *, right: bool, after: timedelta, status: int = 200) -> Any:
        """Fetch a question, think for so long, and answer."""
        options = self.fetch(exam, question)
        self.clock.shift(after)
        wrong = next(option for option in options if option != self.keys[question])
        body = {"examen": exam, "pregunta": question, "respuesta": self.keys[question] if right else wrong}
        return self.send("PATCH", "/update_exam_answer/", body, status=status)

    def sit(self, kind: str, *, right: int) -> int:
        """Sit an exam, so many questions answered rightly and the others wrongly."""
        exam, questions = self.begin(kind)
        for index, question in enumerate(questions):
            self.answer(exam, question, right=index < right, after=20 * SECOND)
        return exam


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def candidate(live_server: LiveServer, clock: time_machine.Traveller) -> Iterator[Candidate]:
    make_certification(bank=45, draws=(20, 40))
    with httpx.Client(base_url=live_server.url, trust_env=False) as http:
        yield Candidate(http, clock)


def practise(alicia: Candidate) -> int:
    """Sit a practice exam: 12 right, 5 wrong, one answered too late, one fetched and left, one never fetched."""
    exam, questions = alicia.begin("prueba")
    for question in questions[:12]:
        saved = alicia.answer(exam, question, right=True, after=30 * SECOND)
        assert saved == {"message": "Answer saved successfully."}
    for question in questions[12:17]:
        alicia.answer(exam, question, right=False, after=12 * SECOND)
    late = alicia.answer(exam, questions[17], right=True, after=CLOCK, status=400)
    assert late == {"error": "Time limit exceeded."}
    # A reload loses nothing and gains nothing.
    assert alicia.fetch(exam, questions[18]) == alicia.fetch(exam, questions[18])
    assert alicia.begin("prueba") == (exam, questions)
    return exam


def test_a_candidates_day(candidate: Candidate, live_server: LiveServer) -> None:
    alicia = candidate
    assert alicia.send("POST", "/register/", CANDIDATE, status=201) == {"message": "User registered successfully."}
    assert alicia.get("/user_info/") == {name: value for name, value in CANDIDATE.items() if name != "contraseña"}
    assert alicia.get("/available_exams/") == {"avaible_exams_prueba": 20, "avaible_exams_final": 3}

    exam = practise(alicia)
    running = alicia.send("POST", "/exam_result/", {"examen": exam})["examen"]
    assert (running["calificacion"], running["nivel"], running["aprobado"]) == (None, None, None)

    alicia.clock.move_to(NOW + timedelta(hours=1, seconds=6))
    result = alicia.send("POST", "/exam_result/", {"examen": exam})["examen"]
    assert result == {
        "tipo_examen": "prueba",
        "calificacion": 60.0,
        "nivel": "basico",
        "fecha": "2026-03-10T09:30:15.123456Z",
        "aprobado": False,
    }
    history = alicia.send("POST", "/exam_history/", {"examen": exam})
    assert history["examen"] == {"id": exam, **result}
    check_history(alicia, history)

    failed = alicia.sit("final", right=27)
    assert alicia.send("POST", "/exam_info/", {"examen": failed}) == {
        "calificacion": 67.5,
        "nivel": "basico",
        "tipo_examen": "final",
        "aprobado": False,
    }
    passed = alicia.sit("final", right=37)
    assert alicia.send("POST", "/exam_info/", {"examen": passed}) == {
        "calificacion": 92.5,
        "nivel": "avanzado",
        "tipo_examen": "final",
        "aprobado": True,
    }
    assert [(row["id"], row["aprobado"]) for row in alicia.get("/user_exams/")["examenes"]] == [
        (exam, "Reprobado"),
        (failed, "Reprobado"),
        (passed, "Aprobado"),
    ]
    assert alicia.get("/available_exams/") == {"avaible_exams_prueba": 19, "avaible_exams_final": 1}
    assert alicia.get("/logout/") == {"message": "Logout successful."}
    assert alicia.http.get("/user_exams/").status_code == 401
    statuses = ExamSession.objects.order_by("id").values_list("status", flat=True)
    assert list(statuses) == ["timeout", "completed", "completed"]


def check_history(alicia: Candidate, history: dict[str, Any]) -> None:
    """Hold the practice exam's history against what was done, and its summary against its lines."""
    lines = history["historial"]
    outcomes = Counter(
        (line["es_correcta"], line["respuesta_usuario"] is not None, line["tiempo_inicio"] is not None)
        for line in lines
    )
    assert outcomes == {
        (True, True, True): 12,
        (False, True, True): 5,
        (False, False, True): 2,
        (False, False, False): 1,
    }
    assert history["resumen"] == {
        "total_preguntas": 20,
        "respuestas_correctas": 12,
        "respuestas_incorrectas": 5,
        "sin_responder": 3,
    }
    assert history["examen"]["calificacion"] == 100 * 12 / 20
    assert [line["tiempo_respuesta"] for line in lines] == [30.0] * 12 + [12.0] * 5 + [None] * 3
    for line in lines:
        key = alicia.keys[line["pregunta"]["id"]]
        assert line["respuesta_correcta"]["id"] == key
        assert line["pregunta"]["descripcion"] == Question.objects.get(pk=line["pregunta"]["id"]).question_text
