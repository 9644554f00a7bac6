"""replies.py FOLDER MODULE: makes a folder of replies as three models might have given them: a module with various faults.
The same ones each time."""

import pathlib
import random
import re
import sys

SAMPLE = pathlib.Path(sys.argv[2])
MODELS = {"heron-large": 0.25, "heron-small": 0.6, "wren-2": 0.4}


def without_wrapping(text):
    lines = text.splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if "MODULE" in line)
    last = max(place for place, line in enumerate(lines) if line.startswith("===="))
    return "".join(lines[first : last + 1])


def without_an_action(text, chance):
    """Takes one disjunct out of Next, so that nothing reaches its action."""
    disjuncts = [match for match in re.finditer(r"^ +\\/ .*\n", text[text.index("\nNext ==") :], re.M)]
    if len(disjuncts) < 2:
        return text
    taken = chance.choice(disjuncts[1:])
    start = text.index("\nNext ==") + taken.start()
    return text[:start] + text[start + len(taken.group()) :]


FAULTS = [
    lambda text, chance: "```tla\n" + text + "```\n",
    lambda text, chance: "Here is the specification:\n\n" + text,
    without_an_action,
    without_an_action,
    without_an_action,
    lambda text, chance: text.replace("EXTENDS ", "EXTENDS TLC, ", 1) if chance.random() < 0.5 else re.sub(r"EXTENDS .*\n", "EXTENDS Naturals\n", text, count=1),
    lambda text, chance: re.sub(r"\bWF_\w+\([^)]*\)", "TRUE", text),
    lambda text, chance: text.replace("Init ==", "(* The first state. *)\nInit ==", 1),
    lambda text, chance: text.replace("UNCHANGED <<", "UNCHANGED <", 1),
    lambda text, chance: text.replace("Spec ==", "Safe == \\A s \\in Server : term[s] >= 0\n\nSpec ==", 1),
]


def main():
    folder = pathlib.Path(sys.argv[1])
    chance = random.Random(8)
    for model, likely in MODELS.items():
        for number in range(1, 13):
            text = without_wrapping(SAMPLE.read_text())
            for fault in FAULTS:
                if chance.random() < likely * 0.5:
                    text = fault(text, chance)
            place = folder / model / f"{number:02}"
            place.mkdir(parents=True, exist_ok=True)
            (place / "etcdraft.tla").write_text(text)


main()
