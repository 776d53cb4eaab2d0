"""What a program notes of its run.

files: scratch
"""

import io
import logging


def run():
    text = io.StringIO()
    logger = logging.getLogger("training")
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler(text))
    logger.addHandler(logging.FileHandler("training.log"))
    logger.info("loss %.2f", 0.5)
    logging.shutdown()
    with open("training.log") as file:
        return [text.getvalue(), file.read()]


EXPECTED = ["loss 0.50\n", "loss 0.50\n"]
