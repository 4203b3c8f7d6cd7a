"""What the students do: each scenario drives the server and notes its figures."""

from collections.abc import Callable, Mapping

from bench.bench import Bench, as_json
from bench.figures import Overload
from bench.world import Checked, Counted


def login(bench: Bench) -> None:
    """Let students sign in at once."""
    calls = [
        ("POST", "/auth/login/", "", as_json({"email": student.email, "password": bench.world.password}))
        for student in bench.world.students[: bench.plan.logins]
    ]
    bench.figures.measured["login"] = bench.storm("login", calls, status=200, mark='"access":"')


def start(bench: Bench) -> None:
    """Let every student start the exam at once; leave the load generator's list of sessions behind."""
    body = as_json({"exam_id": bench.world.exam_id})
    calls = [("POST", "/sessions/start/", student.token, body) for student in bench.world.students]
    bench.figures.measured["start"] = bench.storm("start", calls, status=201, mark='"status":"in_progress"')
    counted = bench.figures.started = bench.task(Counted, "rows", "counts")
    wanted = len(calls)
    if not counted.sessions == counted.students == counted.running == wanted:
        bench.figures.problems.append(f"start: {counted.sessions} sessions instead of {wanted}")
    tokens = {student.id: student.token for student in bench.world.students}
    bench.sessions[:] = bench.task(list[tuple[int, int]], "rows", "sessions")
    lines = [f"{tokens[student]}\t{session}\n" for student, session in bench.sessions]
    (bench.directory / "sessions.tsv").write_text("".join(lines))
    questions = ["\t".join(map(str, [each.id, *each.options])) + "\n" for each in bench.world.questions]
    (bench.directory / "questions.tsv").write_text("".join(questions))


def saves(bench: Bench) -> None:
    """Save single answers over few and many connections."""
    plan = bench.plan
    bench.saves("warm-up", connections=plan.connections[0], seconds=plan.warm_up_seconds)
    for connections in plan.connections:
        name = f"saves-{connections}"
        bench.figures.measured[name] = bench.saves(name, connections=connections, seconds=plan.save_seconds)


def bulk(bench: Bench) -> None:
    """Save all answers of a session in one call."""
    bench.figures.measured["bulk"] = bench.saves(
        "bulk", connections=bench.plan.bulk_connections, seconds=bench.plan.other_seconds, bulk=True
    )


def heartbeats(bench: Bench) -> None:
    """Ask for the running session, and report page actions, as open pages do all the time."""
    calls = [("GET", "/sessions/active/", student.token, "") for student in bench.world.students]
    mark = '"status":"in_progress"'
    bench.figures.measured["active"] = bench.again("active", calls, status=200, mark=mark)
    tokens = {student.id: student.token for student in bench.world.students}
    body = as_json({"action": "page_leave"})
    reports = [
        ("POST", f"/sessions/{session}/log-action/", tokens[student], body) for student, session in bench.sessions
    ]
    bench.figures.measured["log-action"] = bench.again("log-action", reports, status=200, mark='"success":true')


def detail(bench: Bench) -> None:
    """Read sessions in full."""
    tokens = {student.id: student.token for student in bench.world.students}
    calls = [("GET", f"/sessions/{session}/", tokens[student], "") for student, session in bench.sessions]
    bench.figures.measured["detail"] = bench.again("detail", calls, status=200, mark='"logs":[')


def overload(bench: Bench) -> None:
    """Offer several times what the server can sustain: first students who stay away as told, then stubborn ones."""
    plan = bench.plan
    best = bench.figures.best_save_rate()
    if not best:
        best = bench.saves("before", connections=plan.connections[0], seconds=plan.save_seconds).load.rate
    if not best:
        bench.figures.problems.append("overload: without a best rate there is nothing to offer several times of")
        return
    # Of those who stay away as told many are away at any moment, so there are more of them.
    for name, connections in (("overload", 2 * plan.students), ("stubborn", plan.students)):
        # Served at once, they would save exactly that many times as often as the best rate.
        think_ms = 1000 * connections / (plan.overload_times * best)
        measured, observer = bench.flood(
            name,
            connections=connections,
            seconds=plan.other_seconds,
            think_ms=think_ms,
            stubborn=name == "stubborn",
        )
        load = measured.load
        bench.figures.measured[name] = measured
        bench.figures.overload[name] = Overload(
            offered=(load.good + load.refused + load.wrong) / load.seconds,
            good=load.rate,
            refused=load.refused / load.seconds,
            best=best,
            observed_saves=observer.saves,
            observed_refusals=observer.refusals,
        )


def submit(bench: Bench) -> None:
    """Let every student hand in at once."""
    tokens = {student.id: student.token for student in bench.world.students}
    calls = [("POST", f"/sessions/{session}/submit/", tokens[student], "") for student, session in bench.sessions]
    bench.figures.measured["submit"] = bench.storm("submit", calls, status=200, mark='"unanswered_count":')
    counted = bench.figures.submitted = bench.task(Counted, "rows", "counts")
    if counted.results != len(calls) or counted.running:
        bench.figures.problems.append(f"submit: {counted.results} results of {len(calls)}, {counted.running} running")


def check(bench: Bench) -> None:
    """Compare every acknowledged answer with the database."""
    checked = bench.figures.checked = bench.task(Checked, "check")
    bench.figures.problems += [f"LOST: {text}" for text in checked.missing]


RUN: Mapping[str, Callable[[Bench], None]] = {
    "login": login,
    "start": start,
    "saves": saves,
    "bulk": bulk,
    "heartbeats": heartbeats,
    "detail": detail,
    "overload": overload,
    "submit": submit,
}
