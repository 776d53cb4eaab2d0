"""Values in a file.

files: scratch
"""

import json


def run():
    with open("weights.json", "w") as file:
        json.dump({"w": [1, 2]}, file)
    with open("weights.json") as file:
        return json.load(file)


EXPECTED = {"w": [1, 2]}
