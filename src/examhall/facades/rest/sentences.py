"""What this door says to a role, an ownership or a value that the engine refused: one sentence for each reason."""

from collections.abc import Mapping

from examhall.domain.words import Action, AuthoringFault, ResponseFault

# Who may do it at all, for an actor whose role never may.
ROLE_SENTENCES: Mapping[Action, str] = {
    Action.LIST_QUESTIONS: "Only teachers can view all questions",
    Action.CREATE_QUESTION: "Only teachers can create questions",
    Action.UPDATE_QUESTION: "Only teachers can update questions",
    Action.DELETE_QUESTION: "Only teachers can delete questions",
    Action.ADD_OPTION: "Only teachers can add answers to questions",
    Action.UPDATE_OPTION: "Only teachers can update answers of questions",
    Action.DELETE_OPTION: "Only teachers can delete answers of questions",
    Action.LIST_EXAMS: "Only teachers can view all exams",
    Action.CREATE_EXAM: "Only teachers can create exams",
    Action.UPDATE_EXAM: "Only teachers can update exams",
    Action.DELETE_EXAM: "Only teachers can delete exams",
    Action.ADD_EXAM_QUESTION: "Only teachers can add questions to exams",
    Action.UPDATE_EXAM_QUESTION: "Only teachers can update questions of exams",
    Action.REMOVE_EXAM_QUESTION: "Only teachers can remove questions from exams",
    Action.SEE_EXAM_STATISTICS: "Only teachers can view exam statistics",
    Action.FAVORITE_EXAM: "Only students can have favorite exams",
    Action.LIST_AVAILABLE_EXAMS: "Only students can view available exams",
    Action.CREATE_CLASS: "Only teachers can create classes",
    Action.UPDATE_CLASS: "Only teachers can update classes",
    Action.DELETE_CLASS: "Only teachers can delete classes",
    Action.LIST_STUDENTS: "Only members of a class can view its students",
    Action.ADD_STUDENT: "Only teachers can add students to classes",
    Action.REMOVE_STUDENT: "Only teachers can remove students from classes",
    Action.MONITOR_SESSIONS: "Only teachers can view the sessions of a class or an exam",
}

# For a teacher whose object it is not.
OWNER_SENTENCES: Mapping[Action, str] = {
    Action.LIST_QUESTIONS: "You can only view your own questions",
    Action.CREATE_QUESTION: "You can only create questions of your own",
    Action.UPDATE_QUESTION: "You can only update your own questions",
    Action.DELETE_QUESTION: "You can only delete your own questions",
    Action.ADD_OPTION: "You can only add answers to your own questions",
    Action.UPDATE_OPTION: "You can only update answers of your own questions",
    Action.DELETE_OPTION: "You can only delete answers of your own questions",
    Action.LIST_EXAMS: "You can only view your own exams",
    Action.CREATE_EXAM: "You can only create exams for your own classes",
    Action.UPDATE_EXAM: "You can only update your own exams",
    Action.DELETE_EXAM: "You can only delete your own exams",
    Action.ADD_EXAM_QUESTION: "You can only add questions to your own exams",
    Action.UPDATE_EXAM_QUESTION: "You can only update questions of your own exams",
    Action.REMOVE_EXAM_QUESTION: "You can only remove questions from your own exams",
    Action.SEE_EXAM_STATISTICS: "You can only view statistics of your own exams",
    Action.FAVORITE_EXAM: "You can only change your own favorites",
    Action.LIST_AVAILABLE_EXAMS: "You can only view your own available exams",
    Action.CREATE_CLASS: "You can only create classes of your own",
    Action.UPDATE_CLASS: "You can only update your own classes",
    Action.DELETE_CLASS: "You can only delete your own classes",
    Action.LIST_STUDENTS: "You can only view students in your own classes",
    Action.ADD_STUDENT: "You can only add students to your own classes",
    Action.REMOVE_STUDENT: "You can only remove students from your own classes",
    Action.MONITOR_SESSIONS: "You can only view sessions of your own classes",
}

RESPONSE_SENTENCES: Mapping[ResponseFault, str] = {
    ResponseFault.MISSING: "This field is required",
    ResponseFault.NEEDS_OPTION: "This question is answered by selecting an answer",
    ResponseFault.NEEDS_TEXT: "This question is answered with text",
    ResponseFault.ONE_OPTION_ONLY: "This question takes one answer only",
    ResponseFault.BOTH_FORMS: "Give selected_answer_id or selected_answer_ids, not both",
    ResponseFault.TOO_LONG: "This text is too long",
}

AUTHORING_SENTENCES: Mapping[AuthoringFault, str] = {
    AuthoringFault.BLANK: "This field may not be blank.",
    AuthoringFault.TOO_LONG: "This value is too long.",
    AuthoringFault.TOO_SMALL: "This value is too small.",
    AuthoringFault.TOO_LARGE: "This value is too large.",
    AuthoringFault.END_BEFORE_START: "The end must be after the start.",
    AuthoringFault.TOO_FEW_OPTIONS: "A multiple choice question needs at least two answers.",
    AuthoringFault.NO_CORRECT_OPTION: "At least one answer must be correct.",
    AuthoringFault.NEEDS_TWO_OPTIONS: "A true/false question needs exactly two answers.",
    AuthoringFault.NEEDS_ONE_CORRECT: "Exactly one answer must be correct.",
    AuthoringFault.ONLY_CORRECT_TEXTS: "A fill-in-the-blank question lists accepted answers only.",
    AuthoringFault.NO_OPTIONS_ALLOWED: "An essay question has no answers to choose from.",
    AuthoringFault.DUPLICATE_OPTION: "Two answers have the same text.",
    AuthoringFault.UNKNOWN_OPTION: "This answer does not belong to the question.",
    AuthoringFault.BAD_IMAGE_URL: "Expected an http or https address, or a path of an uploaded image.",
    AuthoringFault.POINTS_EXCEED_TOTAL: "The questions' points exceed the exam's total score.",
    AuthoringFault.DUPLICATE_QUESTION: "The same question is listed twice.",
    AuthoringFault.DRAW_EXCEEDS_QUESTIONS: "The exam has fewer questions than it draws.",
    AuthoringFault.IN_USE: "This is in use and cannot be changed.",
    AuthoringFault.NOT_A_TOLERANCE: "A tolerance needs a numeric answer and may not be negative.",
    AuthoringFault.NOT_AN_EMAIL: "Enter a valid email address.",
    AuthoringFault.TOO_MANY_DECIMALS: "This value has too many decimal places.",
    AuthoringFault.NOT_AN_EVENT: "Expected lower-case words joined by underscores.",
    AuthoringFault.RESERVED: "This action is written by the system only.",
}
