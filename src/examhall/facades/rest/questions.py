"""/questions/: the question bank (companion-apis.md, "Questions")."""

from typing import cast

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request

from examhall.domain.words import Difficulty, QuestionType
from examhall.engine import question_options, questions
from examhall.engine.question_options import OptionChanges
from examhall.engine.questions import QuestionChanges, QuestionFilter, QuestionValues
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.partial import given_fields
from examhall.facades.httpkit.queries import choice_param, int_param, read_page, text_param
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import PAGE_PARAMS, choice_of, documented, id_param, text_of
from examhall.facades.rest.wire import PageOut, page_out
from examhall.facades.rest.wire_questions import (
    AddOptionIn,
    BankQuestionOut,
    MyQuestionOut,
    OptionChangeIn,
    OptionDetailOut,
    QuestionChangeIn,
    QuestionDetailOut,
    QuestionIn,
    bank_question_out,
    my_question_out,
    option_detail_out,
    option_values,
    question_detail_out,
)

_FILTERS = (
    choice_of("type", QuestionType, "Only questions of this type."),
    choice_of("difficulty", Difficulty, "Only questions of this difficulty."),
    text_of("search", "Only questions whose text contains this, in whatever case."),
)

_CREATED = "Question created successfully"
_UPDATED = "Question updated successfully"
_DELETED = "Question deleted successfully"
_OPTION_ADDED = "Answer added successfully"
_OPTION_UPDATED = "Answer updated successfully"
_OPTION_DELETED = "Answer deleted successfully"


class QuestionsView(RestView):
    """``/questions/``."""

    @documented(
        summary="List the questions of all teachers",
        answer=PageOut[BankQuestionOut],
        errors=(403, 404),
        query=(*PAGE_PARAMS, *_FILTERS, id_param("teacher_id", "Only questions of this teacher.")),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of questions, the newest first."""
        page = questions.list_questions(
            actor=actor_of(request),
            wanted=_filter(request, teacher_id=int_param(request, "teacher_id")),
            page=read_page(request),
        )
        return self.ok(page_out(request, page, bank_question_out))

    @documented(
        summary="Write a question", body=QuestionIn, answer=BankQuestionOut, message=_CREATED, status=201, errors=(403,)
    )
    def post(self, request: Request) -> HttpResponse:
        """Write a question of the caller's own."""
        body = read_body(request, QuestionIn)
        question = questions.create_question(
            actor=actor_of(request),
            values=QuestionValues(
                question_text=body.question_text,
                type=body.type,
                difficulty=body.difficulty,
                image_url=body.image_url,
            ),
            options=[option_values(option) for option in body.answers],
            now=request_now(request),
        )
        return self.ok(bank_question_out(question), _CREATED, 201)


class MyQuestionsView(RestView):
    """``/questions/my-questions/``."""

    @documented(
        summary="List one's own questions",
        answer=PageOut[MyQuestionOut],
        errors=(403, 404),
        query=(*PAGE_PARAMS, *_FILTERS),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of the caller's own questions, the newest first."""
        page = questions.list_my_questions(actor=actor_of(request), wanted=_filter(request), page=read_page(request))
        return self.ok(page_out(request, page, my_question_out))


class QuestionView(RestView):
    """``/questions/{id}/``."""

    @documented(summary="Look at a question", answer=QuestionDetailOut, errors=(403,))
    def get(self, request: Request, question_id: int) -> HttpResponse:
        """Answer a question with its key and where it is used."""
        detail = questions.get_question(actor=actor_of(request), question_id=question_id)
        return self.ok(question_detail_out(detail))

    @documented(
        summary="Change a question", body=QuestionChangeIn, answer=QuestionDetailOut, message=_UPDATED, errors=(403,)
    )
    def put(self, request: Request, question_id: int) -> HttpResponse:
        """Change what is given, leave the rest; what was sat stays as it was sat."""
        body = read_body(request, QuestionChangeIn)
        options = body.answers
        detail = questions.update_question(
            actor=actor_of(request),
            question_id=question_id,
            changes=cast("QuestionChanges", given_fields(body, without=("answers",))),
            options=None if options is msgspec.UNSET else [option_values(option) for option in options],
            now=request_now(request),
        )
        return self.ok(question_detail_out(detail), _UPDATED)

    @documented(summary="Delete a question", message=_DELETED, errors=(403,))
    def delete(self, request: Request, question_id: int) -> HttpResponse:
        """Delete a question; exams that hold it keep it."""
        questions.delete_question(actor=actor_of(request), question_id=question_id, now=request_now(request))
        return self.ok(message=_DELETED)


class OptionsView(RestView):
    """``/questions/{id}/answers/``."""

    @documented(
        summary="Add an answer option",
        body=AddOptionIn,
        answer=OptionDetailOut,
        message=_OPTION_ADDED,
        status=201,
        errors=(403,),
    )
    def post(self, request: Request, question_id: int) -> HttpResponse:
        """Add an option to a question."""
        body = read_body(request, AddOptionIn)
        detail = question_options.add_option(
            actor=actor_of(request), question_id=question_id, values=option_values(body), now=request_now(request)
        )
        return self.ok(option_detail_out(detail), _OPTION_ADDED, 201)


class UpdateOptionView(RestView):
    """``/questions/{id}/answers/{aid}/update/``."""

    @documented(
        summary="Change an answer option",
        body=OptionChangeIn,
        answer=OptionDetailOut,
        message=_OPTION_UPDATED,
        errors=(403,),
    )
    def put(self, request: Request, question_id: int, answer_id: int) -> HttpResponse:
        """Change what is given, leave the rest."""
        body = read_body(request, OptionChangeIn)
        detail = question_options.update_option(
            actor=actor_of(request),
            question_id=question_id,
            option_id=answer_id,
            changes=cast("OptionChanges", given_fields(body)),
            now=request_now(request),
        )
        return self.ok(option_detail_out(detail), _OPTION_UPDATED)


class DeleteOptionView(RestView):
    """``/questions/{id}/answers/{aid}/delete/``."""

    @documented(summary="Delete an answer option", message=_OPTION_DELETED, errors=(400, 403))
    def delete(self, request: Request, question_id: int, answer_id: int) -> HttpResponse:
        """Delete an option, as long as the rest makes a question of the kind."""
        question_options.delete_option(
            actor=actor_of(request), question_id=question_id, option_id=answer_id, now=request_now(request)
        )
        return self.ok(message=_OPTION_DELETED)


def _filter(request: Request, *, teacher_id: int | None = None) -> QuestionFilter:
    return QuestionFilter(
        type=choice_param(request, "type", QuestionType),
        difficulty=choice_param(request, "difficulty", Difficulty),
        search=text_param(request, "search"),
        teacher_id=teacher_id,
    )
