"""Every address of this door, exactly as the contracts print them."""

from django.urls import URLPattern, URLResolver, path

from examhall.facades.httpkit import converters  # noqa: F401 - registers <id:…>
from examhall.facades.rest import auth, classes, exam_questions, exams, favorites, questions, session_lists, sessions

urlpatterns: list[URLPattern | URLResolver] = [
    # Looked through from the top: what a sitting student calls most stands first.
    path("sessions/<id:session_id>/answers/", sessions.AnswersView.as_view()),
    path("sessions/<id:session_id>/answers/<id:answer_id>/", sessions.AnswerView.as_view()),
    path("sessions/start/", sessions.StartView.as_view()),
    path("sessions/active/", sessions.ActiveSessionView.as_view()),
    path("sessions/my-sessions/", session_lists.MySessionsView.as_view()),
    path("sessions/class/<id:class_id>/", session_lists.ClassSessionsView.as_view()),
    path("sessions/exam/<id:exam_id>/", session_lists.ExamSessionsView.as_view()),
    path("sessions/<id:session_id>/", sessions.SessionView.as_view()),
    path("sessions/<id:session_id>/submit/", sessions.SubmitView.as_view()),
    path("sessions/<id:session_id>/logs/", sessions.LogsView.as_view()),
    path("sessions/<id:session_id>/log-action/", sessions.LogActionView.as_view()),
    path("sessions/<id:session_id>/result/", sessions.ResultView.as_view()),
    path("auth/register/", auth.RegisterView.as_view()),
    path("auth/login/", auth.LoginView.as_view()),
    path("auth/refresh/", auth.RefreshView.as_view()),
    path("auth/logout/", auth.LogoutView.as_view()),
    path("auth/profile/", auth.ProfileView.as_view()),
    path("auth/profile/update/", auth.ProfileUpdateView.as_view()),
    path("auth/change-password/", auth.ChangePasswordView.as_view()),
    path("classes/", classes.ClassesView.as_view()),
    path("classes/my-classes/", classes.MyClassesView.as_view()),
    path("classes/<id:class_id>/", classes.ClassView.as_view()),
    path("classes/<id:class_id>/students/", classes.StudentsView.as_view()),
    path("classes/<id:class_id>/students/add/", classes.AddStudentView.as_view()),
    path("classes/<id:class_id>/students/<id:student_id>/", classes.StudentView.as_view()),
    path("questions/", questions.QuestionsView.as_view()),
    path("questions/my-questions/", questions.MyQuestionsView.as_view()),
    path("questions/<id:question_id>/", questions.QuestionView.as_view()),
    path("questions/<id:question_id>/answers/", questions.OptionsView.as_view()),
    path("questions/<id:question_id>/answers/<id:answer_id>/update/", questions.UpdateOptionView.as_view()),
    path("questions/<id:question_id>/answers/<id:answer_id>/delete/", questions.DeleteOptionView.as_view()),
    path("exams/", exams.ExamsView.as_view()),
    path("exams/available/", exams.AvailableExamsView.as_view()),
    path("exams/favorites/", favorites.FavoritesView.as_view()),
    path("exams/<id:exam_id>/", exams.ExamView.as_view()),
    path("exams/<id:exam_id>/questions/", exam_questions.ExamQuestionsView.as_view()),
    path("exams/<id:exam_id>/questions/<id:exam_question_id>/", exam_questions.ExamQuestionView.as_view()),
    path("exams/<id:exam_id>/questions/<id:exam_question_id>/delete/", exam_questions.RemoveExamQuestionView.as_view()),
    path("exams/<id:exam_id>/favorite/", favorites.AddFavoriteView.as_view()),
    path("exams/<id:exam_id>/favorite/remove/", favorites.RemoveFavoriteView.as_view()),
    path("exams/<id:exam_id>/statistics/", exams.ExamStatisticsView.as_view()),
]
