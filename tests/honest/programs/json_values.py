"""Values to text and back."""

import json


def run():
    text = json.dumps({"w": [0.5, -1], "name": "ß", "none": None}, ensure_ascii=False, indent=2)
    return json.loads(text)["w"] + [text.count("\n"), json.loads(text)["none"] is None]


EXPECTED = [0.5, -1, 7, True]
