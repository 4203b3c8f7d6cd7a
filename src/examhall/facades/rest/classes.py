"""/classes/: classes and who is in them (companion-apis.md, "Classes")."""

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request

from examhall.engine import classes, enrolment
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.queries import read_page, text_param
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import PAGE_PARAMS, documented, text_of
from examhall.facades.rest.wire import PageOut, page_out
from examhall.facades.rest.wire_classes import (
    AddStudentIn,
    ClassChangeIn,
    ClassDetailOut,
    ClassIn,
    ClassRowOut,
    MemberOut,
    MyClassOut,
    class_detail_out,
    class_row_out,
    member_out,
    my_class_out,
)

_CREATED = "Class created successfully"
_UPDATED = "Class updated successfully"
_DELETED = "Class deleted successfully"
_STUDENT_ADDED = "Student added to class successfully"
_STUDENT_REMOVED = "Student removed from class successfully"


class ClassesView(RestView):
    """``/classes/``."""

    @documented(
        summary="List the classes one joined or teaches; an admin sees all",
        answer=PageOut[ClassRowOut],
        errors=(404,),
        query=(*PAGE_PARAMS, text_of("search", "Only classes whose name contains this, in whatever case.")),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of classes, the newest first."""
        page = classes.list_classes(
            actor=actor_of(request), search=text_param(request, "search"), page=read_page(request)
        )
        return self.ok(page_out(request, page, class_row_out))

    @documented(summary="Make a class", body=ClassIn, answer=ClassRowOut, message=_CREATED, status=201, errors=(403,))
    def post(self, request: Request) -> HttpResponse:
        """Make a class that the caller teaches."""
        body = read_body(request, ClassIn)
        row = classes.create_class(actor=actor_of(request), class_name=body.class_name, now=request_now(request))
        return self.ok(class_row_out(row), _CREATED, 201)


class MyClassesView(RestView):
    """``/classes/my-classes/``."""

    @documented(
        summary="List the classes one joined or teaches, with what can be sat now",
        answer=PageOut[MyClassOut],
        errors=(404,),
        query=PAGE_PARAMS,
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of the caller's own classes, the newest first."""
        page = classes.list_my_classes(actor=actor_of(request), page=read_page(request), now=request_now(request))
        return self.ok(page_out(request, page, my_class_out))


class ClassView(RestView):
    """``/classes/{id}/``."""

    @documented(summary="Look at a class", answer=ClassDetailOut, errors=(403,))
    def get(self, request: Request, class_id: int) -> HttpResponse:
        """Answer a class with its students and exams."""
        detail = classes.get_class(actor=actor_of(request), class_id=class_id, now=request_now(request))
        return self.ok(class_detail_out(detail))

    @documented(summary="Rename a class", body=ClassChangeIn, answer=ClassDetailOut, message=_UPDATED, errors=(403,))
    def put(self, request: Request, class_id: int) -> HttpResponse:
        """Change what is given, leave the rest."""
        body = read_body(request, ClassChangeIn)
        detail = classes.update_class(
            actor=actor_of(request),
            class_id=class_id,
            class_name=None if body.class_name is msgspec.UNSET else body.class_name,
            now=request_now(request),
        )
        return self.ok(class_detail_out(detail), _UPDATED)

    @documented(summary="Delete a class that nobody sat an exam of", message=_DELETED, errors=(400, 403))
    def delete(self, request: Request, class_id: int) -> HttpResponse:
        """Delete a class with its exams."""
        classes.delete_class(actor=actor_of(request), class_id=class_id)
        return self.ok(message=_DELETED)


class StudentsView(RestView):
    """``/classes/{id}/students/``."""

    @documented(summary="List the students of a class", answer=PageOut[MemberOut], errors=(403,), query=PAGE_PARAMS)
    def get(self, request: Request, class_id: int) -> HttpResponse:
        """Answer a page of the students of a class, in the order in which they joined."""
        page = enrolment.list_students(actor=actor_of(request), class_id=class_id, page=read_page(request))
        return self.ok(page_out(request, page, member_out))


class AddStudentView(RestView):
    """``/classes/{id}/students/add/``."""

    @documented(
        summary="Put a student into a class",
        body=AddStudentIn,
        answer=MemberOut,
        message=_STUDENT_ADDED,
        status=201,
        errors=(403,),
    )
    def post(self, request: Request, class_id: int) -> HttpResponse:
        """Put a student into a class by e-mail address."""
        body = read_body(request, AddStudentIn)
        member = enrolment.add_student(
            actor=actor_of(request), class_id=class_id, student_email=body.student_email, now=request_now(request)
        )
        return self.ok(member_out(member), _STUDENT_ADDED, 201)


class StudentView(RestView):
    """``/classes/{id}/students/{student_id}/``."""

    @documented(summary="Take a student out of a class", message=_STUDENT_REMOVED, errors=(403,))
    def delete(self, request: Request, class_id: int, student_id: int) -> HttpResponse:
        """Take a student out of a class; what the student sat stays."""
        enrolment.remove_student(actor=actor_of(request), class_id=class_id, student_id=student_id)
        return self.ok(message=_STUDENT_REMOVED)
