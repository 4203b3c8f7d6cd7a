"""Every address of this door, exactly as the document prints them, at the root."""

from django.urls import URLPattern, URLResolver, path

from examhall.facades.examenes import accounts, exams, questions

urlpatterns: list[URLPattern | URLResolver] = [
    path("csrf/", accounts.CsrfView.as_view()),
    path("register/", accounts.RegisterView.as_view()),
    path("login/", accounts.LoginView.as_view()),
    path("logout/", accounts.LogoutView.as_view()),
    path("user_info/", accounts.UserInfoView.as_view()),
    path("user_exams/", exams.UserExamsView.as_view()),
    path("exam_info/", exams.ExamInfoView.as_view()),
    path("available_exams/", exams.AvailableExamsView.as_view()),
    path("exam_result/", exams.ExamResultView.as_view()),
    path("get_exam_questions/", exams.StartView.as_view()),
    path("exam_history/", exams.HistoryView.as_view()),
    path("get_questions_answers/", questions.QuestionView.as_view()),
    path("update_exam_answer/", questions.AnswerView.as_view()),
]
