"""examhall: an open-source server for online exams."""
