"""The closed vocabularies of the contracts: states, roles, kinds and the reasons of refusals, as lower-case enums."""

from enum import StrEnum


class Role(StrEnum):
    STUDENT = "student"
    TEACHER = "teacher"
    ADMIN = "admin"


class SessionStatus(StrEnum):
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ABANDONED = "abandoned"
    TIMEOUT = "timeout"


class ResultStatus(StrEnum):
    PENDING = "pending"
    GRADED = "graded"
    REVIEWED = "reviewed"


class ExamStatus(StrEnum):
    UPCOMING = "upcoming"
    ONGOING = "ongoing"
    COMPLETED = "completed"


class QuestionType(StrEnum):
    MULTIPLE_CHOICE = "multiple_choice"
    TRUE_FALSE = "true_false"
    FILL_BLANK = "fill_blank"
    ESSAY = "essay"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class RevealPolicy(StrEnum):
    """When a student may see keys and scores (design: "What may be shown")."""

    OPEN = "open"
    ON_ANSWER = "on_answer"
    AFTER_SUBMIT = "after_submit"
    AFTER_CLOSE = "after_close"
    NEVER = "never"


class Weighting(StrEnum):
    """How points are shared among questions without points of their own."""

    DIFFICULTY = "difficulty"
    EQUAL = "equal"


class LogAction(StrEnum):
    """What the system itself writes into a session's log; clients may log page actions only."""

    EXAM_STARTED = "exam_started"
    ANSWER_SUBMITTED = "answer_submitted"
    ANSWER_UPDATED = "answer_updated"
    EXAM_SUBMITTED = "exam_submitted"
    EXAM_TIMEOUT = "exam_timeout"
    EXAM_ABANDONED = "exam_abandoned"


class Action(StrEnum):
    """What an actor wanted to do when a role or an ownership refused it."""

    LIST_QUESTIONS = "list_questions"
    CREATE_QUESTION = "create_question"
    UPDATE_QUESTION = "update_question"
    DELETE_QUESTION = "delete_question"
    ADD_OPTION = "add_option"
    UPDATE_OPTION = "update_option"
    DELETE_OPTION = "delete_option"
    LIST_EXAMS = "list_exams"
    CREATE_EXAM = "create_exam"
    UPDATE_EXAM = "update_exam"
    DELETE_EXAM = "delete_exam"
    ADD_EXAM_QUESTION = "add_exam_question"
    UPDATE_EXAM_QUESTION = "update_exam_question"
    REMOVE_EXAM_QUESTION = "remove_exam_question"
    SEE_EXAM_STATISTICS = "see_exam_statistics"
    FAVORITE_EXAM = "favorite_exam"
    LIST_AVAILABLE_EXAMS = "list_available_exams"
    CREATE_CLASS = "create_class"
    UPDATE_CLASS = "update_class"
    DELETE_CLASS = "delete_class"
    LIST_STUDENTS = "list_students"
    ADD_STUDENT = "add_student"
    REMOVE_STUDENT = "remove_student"
    MONITOR_SESSIONS = "monitor_sessions"


class ResponseFault(StrEnum):
    """Why a response does not fit its question."""

    MISSING = "missing"
    NEEDS_OPTION = "needs_option"
    NEEDS_TEXT = "needs_text"
    ONE_OPTION_ONLY = "one_option_only"
    BOTH_FORMS = "both_forms"
    TOO_LONG = "too_long"


class AuthoringFault(StrEnum):
    """Why a value of an exam, a question, a class or an account is refused."""

    BLANK = "blank"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    END_BEFORE_START = "end_before_start"
    TOO_FEW_OPTIONS = "too_few_options"
    NO_CORRECT_OPTION = "no_correct_option"
    NEEDS_TWO_OPTIONS = "needs_two_options"
    NEEDS_ONE_CORRECT = "needs_one_correct"
    ONLY_CORRECT_TEXTS = "only_correct_texts"
    NO_OPTIONS_ALLOWED = "no_options_allowed"
    DUPLICATE_OPTION = "duplicate_option"
    UNKNOWN_OPTION = "unknown_option"
    BAD_IMAGE_URL = "bad_image_url"
    POINTS_EXCEED_TOTAL = "points_exceed_total"
    DUPLICATE_QUESTION = "duplicate_question"
    DRAW_EXCEEDS_QUESTIONS = "draw_exceeds_questions"
    IN_USE = "in_use"
    NOT_A_TOLERANCE = "not_a_tolerance"
    NOT_AN_EMAIL = "not_an_email"
    NOT_AN_EVENT = "not_an_event"
    RESERVED = "reserved"
    TOO_MANY_DECIMALS = "too_many_decimals"
