"""GET /available_exams/"""

from tests.certification import FINAL, Certification, begin, sit
from tests.facades.examenes.browser import Browser
from tests.queries import assert_queries_at_most


def test_it_counts_the_attempts_that_are_left_of_each_kind(world: Certification, alice: Browser) -> None:
    sit(world.alice, right=1)
    begin(world.alice)
    sit(world.alice, FINAL, right=0)
    assert alice.get("/available_exams/").body == {"avaible_exams_prueba": 18, "avaible_exams_final": 2}


def test_after_the_last_attempt_none_is_left(world: Certification, alice: Browser) -> None:
    for _ in range(3):
        sit(world.alice, FINAL, right=0)
    assert alice.get("/available_exams/").body == {"avaible_exams_prueba": 20, "avaible_exams_final": 0}


def test_staff_have_none(teacher: Browser, admin: Browser) -> None:
    for staff in (teacher, admin):
        assert staff.get("/available_exams/").body == {"avaible_exams_prueba": 0, "avaible_exams_final": 0}


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.get("/available_exams/").refused(401, "Authentication required.")


def test_only_get(alice: Browser) -> None:
    assert alice.post("/available_exams/").refused(405, "Method not allowed.")


def test_it_takes_five_statements(alice: Browser) -> None:
    with assert_queries_at_most(5):
        alice.get("/available_exams/")
