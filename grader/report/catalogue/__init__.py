"""The sentences of the grader, in English. Their translations stand in i18n/."""
