"""Runs the program over a folder of real replies, one process a file: replies.py PROGRAM SHARED."""

import collections
import json
import pathlib
import subprocess
import sys
import time

# The folders whose replies answer one of the seed prompts, and that prompt's number.
SEEDS = {"etcd": "000", "raftkvs": "001"}

VERDICTS = ["met", "equivalent", "declared", "missing", "violated", "not-checked"]


def check(program, file, prompt):
    """The report on one file, the seconds it took, and what is wrong with how it ended."""
    named = ["--prompt", prompt] if prompt else []
    started = time.monotonic()
    try:
        done = subprocess.run(
            [program, "check", "--format", "json", *named, file], capture_output=True, check=False, timeout=60
        )
    except subprocess.TimeoutExpired:
        return None, 60.0, "it does not end"
    spent = time.monotonic() - started
    if done.returncode not in (0, 1):
        return None, spent, f"exit code {done.returncode}: {done.stderr.decode(errors='replace')[:500]}"
    return json.loads(done.stdout)["files"][0], spent, None


def main():
    program, shared = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    seeds = {folder: next((shared / "seeds").glob(f"{number}_*")) for folder, number in SEEDS.items()}
    passed = failed = 0
    slowest = 0.0
    verdicts = collections.defaultdict(collections.Counter)
    for file in sorted((shared / "replies").rglob("*.tla")):
        folder = file.relative_to(shared / "replies").parts[0]
        report, spent, problem = check(program, file, seeds.get(folder))
        slowest = max(slowest, spent)
        if problem:
            failed += 1
            print(f"replies: FAILED {file}: {problem}")
            continue
        passed += 1
        if folder in seeds:
            for verdict in report["verdicts"]:
                verdicts[folder, verdict["clause"], verdict["title"]][verdict["verdict"]] += 1
    print(f"{'clause':<30}" + "".join(f"{verdict:>12}" for verdict in VERDICTS))
    for (folder, clause, title), counts in verdicts.items():
        print(f"{folder + ' ' + clause:<30}" + "".join(f"{counts[verdict] or '':>12}" for verdict in VERDICTS), title[:50])
    print(f"replies: the slowest took {slowest:.2f} s")
    print(f"replies: {passed} passed, {failed} failed")
    sys.exit(0 if failed == 0 and passed > 0 else 1)


main()
