"""Runs the scripts of the GitHub action and of the GitLab template as their servers would, on a repository that is
made for it: a clean agency, one with findings, and inputs that would do harm if they were read as code.

usage: jobs.py ACTION TEMPLATE WHEEL EXAMPLES
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

ACTION, TEMPLATE, WHEEL, EXAMPLES = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
HARM = "$(touch harm)\n`touch harm`\n'; touch harm; '\n\"; touch harm; \""
# What begins as an option does is a path all the same where paths are asked for.
HARMS = {"paths": f"{HARM}\n--output=sarif=harm"}


def load(path):
    return list(YAML(typ="safe", pure=True).load_all(path.read_text("utf-8")))


def filled(text, values):
    """The text with the values of its `${{ … }}` or `$[[ … ]]`."""
    return re.sub(r"\$(?:\{\{|\[\[) *([\w.-]+) *(?:\}\}|\]\])", lambda found: values[found[1]], text)


def bash(script, folder, env):
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, **env}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )
    return done.returncode, done.stdout + done.stderr


def check(wanted, result, *shown):
    code, output = result
    missing = [text for text in shown if text not in output]
    if code != wanted or missing:
        sys.exit(f"error: exit code {code} where {wanted} was expected; not shown: {missing}\n{output}")


def repository(root, name, agency):
    folder = root / name
    (folder / "agencies").mkdir(parents=True)
    shutil.copy(EXAMPLES / agency, folder / "agencies")
    return folder


def github(folder, runner, steps, **inputs):
    """Runs steps of the action, and gives the exit code and output of the last."""
    [action] = load(ACTION)
    given = {name: one.get("default", "") for name, one in action["inputs"].items()}
    given.update({name.replace("_", "-"): value for name, value in inputs.items()})
    values = {f"inputs.{name}": value for name, value in given.items()}
    values["github.action_path"] = str(ACTION.parent)
    summary = runner / "summary.md"
    summary.write_text("", "utf-8")
    result = (0, "")
    for step in action["runs"]["steps"]:
        if step["name"] not in steps:
            continue
        assert "${{" not in step["run"], "an input is written into a script"
        env = {name: filled(value, values) for name, value in step["env"].items()}
        env |= {"RUNNER_TEMP": str(runner), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true"}
        where = folder / filled(step.get("working-directory", "."), values)
        result = bash(step["run"], where, env)
    return *result, summary.read_text("utf-8")


def gitlab(folder, program, **inputs):
    header, body = load(TEMPLATE)
    given = {name: one.get("default", "") for name, one in header["spec"]["inputs"].items()}
    given.update(inputs)
    values = {f"inputs.{name}": value for name, value in given.items()}
    job = body["spokeslint"]
    script = "\n".join(job["script"])
    assert "[[" not in script.replace("[[:", ""), "an input is written into a script"
    bin_folder = folder / ".spokeslint" / "bin"
    bin_folder.mkdir(parents=True, exist_ok=True)
    if not (bin_folder / "spokeslint").exists():
        (bin_folder / "spokeslint").symlink_to(program)
    texts = {name: one["value"] if isinstance(one, dict) else one for name, one in job["variables"].items()}
    return bash(script, folder, {name: filled(text, values) for name, text in texts.items()})


def main(root):
    runner = root / "runner"
    runner.mkdir()
    clean = repository(root, "clean", "model-agency/agency.yaml")
    broken = repository(root, "broken", "okaz-2018/education.yaml")
    day = "--as-of=2026-01-01"

    # From the action's own commit, and from a wheel that somebody keeps.
    for where, package in [(runner, ""), (root / "kept", str(WHEEL))]:
        where.mkdir(exist_ok=True)
        code, output, _ = github(clean, where, ["Install spokeslint"], package=package)
        check(0, (code, output))
        check(0, bash(f"'{where}/spokeslint/bin/spokeslint' --version", root, {}), "spokeslint ")
    program = runner / "spokeslint" / "bin" / "spokeslint"

    code, output, summary = github(clean, runner, ["Check"], paths="agencies", args=day)
    check(0, (code, output))
    assert summary.strip(), "no summary of the job"
    code, output, summary = github(
        broken, runner, ["Check"], args=f"{day}\n--select\npersonal-account", lang="en", fail_on="error", sarif="found.sarif"
    )
    check(1, (code, output), "::error ", "file=agencies/education.yaml,", "line=29", "personal-account/answers-the-public")
    assert "personal-account/answers-the-public" in summary, summary
    sarif = json.loads((broken / "found.sarif").read_text("utf-8"))
    assert any(one["ruleId"] == "personal-account/answers-the-public" for one in sarif["runs"][0]["results"])
    code, output, summary = github(broken, runner, ["Check"], working_directory="agencies", summary="false", args=day)
    check(1, (code, output), "file=education.yaml,")
    assert not summary, "a summary that nobody wanted"
    for name in ["paths", "args", "lang", "fail_on", "sarif"]:
        code, output, _ = github(clean, runner, ["Check"], **{name: HARMS.get(name, HARM)})
        assert (code == 2) or name == "sarif", f"{name}: {code}\n{output}"
        assert not list(root.rglob("harm")), f"{name} is read as code"
    print("the action: findings at their lines, a summary, a file for code scanning; no input is read as code")

    check(0, gitlab(clean, program, paths="agencies", args=day))
    check(1, gitlab(broken, program, args=f"{day}\n--select\npersonal-account"), "personal-account/answers-the-public")
    quality = json.loads((broken / "gl-code-quality-report.json").read_text("utf-8"))
    assert any(one["location"]["path"] == "agencies/education.yaml" for one in quality), quality
    assert "<testsuite" in (broken / "spokeslint.xml").read_text("utf-8")
    check(0, gitlab(broken, program, args=f"{day}\n--select\nteam", **{"fail-on": "error"}))
    for name in ["paths", "args", "lang", "fail-on"]:
        code, output = gitlab(clean, program, **{name: HARMS.get(name, HARM)})
        assert code == 2, f"{name}: {code}\n{output}"
        assert not list(root.rglob("harm")), f"{name} is read as code"
    print("the template: code quality and a test report; no input is read as code")


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
