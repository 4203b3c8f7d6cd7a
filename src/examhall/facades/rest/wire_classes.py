"""Classes on the wire (companion-apis.md, "Classes")."""

from typing import Annotated

import msgspec

from examhall.domain.authoring import NAME_LENGTH
from examhall.domain.words import ExamStatus
from examhall.engine.snapshots_classes import ClassDetail, ClassExam, ClassRow, Member, MyClass
from examhall.facades.rest.wire import ClassOut, Moment, UserOut, class_out, user_out

ClassName = Annotated[str, msgspec.Meta(max_length=NAME_LENGTH)]


class ClassIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of a new class."""

    class_name: ClassName = msgspec.field(name="className")


class ClassChangeIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What changes of a class; a field left out stays as it is."""

    class_name: ClassName | msgspec.UnsetType = msgspec.field(name="className", default=msgspec.UNSET)


class AddStudentIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Whom to put into a class."""

    student_email: Annotated[str, msgspec.Meta(max_length=NAME_LENGTH)]


class ClassRowOut(ClassOut, kw_only=True):
    """Class in a list."""

    student_count: int
    exam_count: int


class MemberOut(msgspec.Struct, kw_only=True):
    """A student in a class; ``id`` is the membership's."""

    id: int
    student: UserOut
    joined_at: Moment


class ClassExamOut(msgspec.Struct, kw_only=True):
    """An exam as its class lists it."""

    id: int
    title: str
    description: str
    total_score: int
    minutes: int
    start_time: Moment
    end_time: Moment
    created_at: Moment
    question_count: int
    status: ExamStatus


class ClassDetailOut(ClassOut, kw_only=True):
    """Class with its students and exams."""

    students: list[MemberOut]
    exams: list[ClassExamOut]


class MyClassOut(msgspec.Struct, kw_only=True):
    """A class of the caller; ``joined_at`` is null in a class that is open to everybody."""

    id: int
    class_name: str = msgspec.field(name="className")
    teacher: UserOut
    joined_at: Moment | None
    exam_count: int
    available_exams: int


def class_row_out(row: ClassRow) -> ClassRowOut:
    """Return a class as lists show it."""
    return ClassRowOut(
        id=row.class_obj.id,
        class_name=row.class_obj.class_name,
        teacher=user_out(row.class_obj.teacher),
        created_at=row.class_obj.created_at,
        student_count=row.student_count,
        exam_count=row.exam_count,
    )


def class_detail_out(detail: ClassDetail) -> ClassDetailOut:
    """Return a class with its students and exams."""
    shown = class_out(detail.class_obj)
    return ClassDetailOut(
        id=shown.id,
        class_name=shown.class_name,
        teacher=shown.teacher,
        created_at=shown.created_at,
        students=[member_out(member) for member in detail.students],
        exams=[_exam(exam) for exam in detail.exams],
    )


def member_out(member: Member) -> MemberOut:
    """Return a student in a class."""
    return MemberOut(id=member.id, student=user_out(member.student), joined_at=member.joined_at)


def my_class_out(mine: MyClass) -> MyClassOut:
    """Return a class of the caller."""
    return MyClassOut(
        id=mine.class_obj.id,
        class_name=mine.class_obj.class_name,
        teacher=user_out(mine.class_obj.teacher),
        joined_at=mine.joined_at,
        exam_count=mine.exam_count,
        available_exams=mine.available_exams,
    )


def _exam(exam: ClassExam) -> ClassExamOut:
    return ClassExamOut(
        id=exam.id,
        title=exam.title,
        description=exam.description,
        total_score=exam.total_score,
        minutes=exam.minutes,
        start_time=exam.start_time,
        end_time=exam.end_time,
        created_at=exam.created_at,
        question_count=exam.question_count,
        status=exam.status,
    )
