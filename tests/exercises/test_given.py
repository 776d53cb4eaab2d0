"""Files that come with an exercise: all lie in one folder, beside the answers."""

from grader.course.loading import Course
from grader.course.locate import builtin_root


def test_given_files_of_one_name_are_the_same_everywhere():
    texts = {}
    for exercise in Course(builtin_root()).exercises():
        for name, text in exercise.given_sources.items():
            texts.setdefault(name, set()).add(text)
    assert texts
    assert {name: len(each) for name, each in texts.items()} == dict.fromkeys(texts, 1)
