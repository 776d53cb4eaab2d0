"""The grader's messages in English. Their translations are in i18n/."""
