//! Files of waivers and the baseline, through the built program.

use std::path::Path;
use std::process::Command;

use super::repository;

/// The day of these runs, unless a test says otherwise.
const DAY: &str = "2026-11-28";

struct Folder(tempfile::TempDir);

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    /// A folder with these files.
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.put(name, text);
        }
        folder
    }

    /// The nine agencies.
    fn okaz() -> Self {
        let folder = Self::new(&[]);
        for entry in std::fs::read_dir(repository("examples/okaz-2018")).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.0.path().join(path.file_name().unwrap())).unwrap();
        }
        folder
    }

    #[expect(clippy::disallowed_methods, reason = "lays out files")]
    fn put(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        String::from_utf8(std::fs::read(self.0.path().join(name)).unwrap()).unwrap()
    }

    /// Replaces a piece of a file that stands there once.
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from} in {name}");
        self.put(name, &text.replace(from, to));
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.0.path(), arguments)
    }

    /// `check` on the day of these tests, one line for each finding.
    fn check(&self, arguments: &[&str]) -> Run {
        let fixed = ["check", "--format", "concise", "-q", "--as-of", DAY];
        self.run(&[&fixed, arguments].concat())
    }

    fn baseline(&self, arguments: &[&str]) -> Run {
        self.run(&[&["baseline", "--as-of", DAY], arguments].concat())
    }
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_spokeslint"))
        .current_dir(folder)
        .args(arguments)
        .arg("--no-config")
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What stands between the brackets of each line.
fn rules(run: &Run) -> Vec<&str> {
    run.out
        .lines()
        .filter_map(|line| line.split_once('[')?.1.split_once(']'))
        .map(|(id, _)| id)
        .collect()
}

const AGENCY: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
accounts:
  - id: own
    platform: x
    handle: example_own
    kind: personal
    uses: [replies]
";
const ANSWERS: &str = "personal-account/answers-the-public";

/// A file of one waiver.
fn waivers(rest: &str) -> String {
    format!(
        "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - {{ rule: {ANSWERS}, {rest} }}\n"
    )
}

const GRANTED: &str = "where: { document: water }, reason: until May, owner: press office, issued: 2026-10-01, until: 2027-01-31";

fn with_waiver(rest: &str) -> Folder {
    Folder::new(&[("a.yaml", AGENCY), ("w.yaml", &waivers(rest))])
}

#[test]
fn the_nine_agencies_are_adopted_and_their_baseline_only_shrinks() {
    let folder = Folder::okaz();
    assert_eq!(folder.check(&[]).code, 1);
    let written = folder.baseline(&[]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(
        written
            .out
            .contains("-baseline.yaml` holds 74 findings: from now on"),
        "{}",
        written.out
    );
    let clean = folder.check(&[]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    assert_eq!(folder.check(&["--no-baseline"]).out.lines().count(), 74);

    // A new violation of a rule that the baseline knows fails the gate, and nothing else is told.
    let before = folder.read("justice.yaml");
    let more = "accounts:\n  - { id: new, platform: x, handle: example_new, kind: personal, uses: [replies, personal] }\n";
    folder.edit("justice.yaml", "accounts:\n", more);
    let new = folder.check(&["--select", ANSWERS]);
    assert_eq!((new.code, rules(&new)), (1, vec![ANSWERS]), "{}", new.out);
    assert!(new.out.contains("justice.yaml:") && new.out.contains("@example_new"));
    let refused = folder.baseline(&["--update"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("may only shrink"), "{}", refused.err);
    assert!(
        !folder
            .read("spokeslint-baseline.yaml")
            .contains("accounts[new]")
    );
    folder.put("justice.yaml", &before);

    // One that is mended can be taken out, and must not come back.
    let before = folder.read("health.yaml");
    folder.edit(
        "health.yaml",
        "    predates_appointment: true",
        "    predates_appointment: false",
    );
    let shrinks = folder.check(&[]);
    assert_eq!(rules(&shrinks), ["baseline/stale"], "{}", shrinks.out);
    assert!(shrinks.out.contains("the baseline can shrink"));
    let updated = folder.baseline(&["--update"]);
    assert_eq!(updated.code, 0, "{}", updated.err);
    assert!(
        updated
            .out
            .starts_with("1 finding taken out, 73 left in `spokeslint-baseline.yaml`\n"),
        "{}",
        updated.out
    );
    assert_eq!(folder.check(&[]).code, 0);
    folder.put("health.yaml", &before);
    let again = folder.check(&[]);
    assert_eq!(
        (again.code, rules(&again)),
        (1, vec!["personal-account/older-than-the-post"])
    );
    let accepted = folder.baseline(&["--update", "--accept-new"]);
    assert_eq!((accepted.code, folder.check(&[]).code), (0, 0));
}

#[test]
fn what_is_mended_in_a_part_is_not_new_and_can_be_taken_out() {
    let folder = Folder::okaz();
    folder.baseline(&[]);
    let old = folder.read("spokeslint-baseline.yaml");
    let uses = "uses: [announcements, replies, personal]";
    folder.edit("education.yaml", uses, "uses: [announcements, personal]");
    let mended = folder.check(&[]);
    assert_eq!(
        rules(&mended),
        ["baseline/stale", "baseline/partly-mended"],
        "{}",
        mended.out
    );
    let notes = folder.check(&["--lang", "ar"]).out;
    insta::assert_snapshot!(format!("{}{notes}", mended.out));
    let updated = folder.baseline(&["--update", "--lang", "ar"]);
    insta::assert_snapshot!(updated.out, @"حُذفت مخالفة واحدة، وصُحِّح جزء من مخالفة واحدة، وبقيت في `spokeslint-baseline.yaml` 73 مخالفة");
    assert_eq!((updated.code, folder.check(&[]).out.as_str()), (0, ""));
    let new = folder.read("spokeslint-baseline.yaml");
    let (old, new) = (old.lines(), new.lines());
    let changed: Vec<(&str, &str)> = old
        .filter(|line| !line.contains(ANSWERS))
        .zip(new.filter(|line| !line.contains(ANSWERS)))
        .filter(|(old, new)| old != new)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(changed[0].0.matches(", ").count(), 5, "{changed:?}");
    assert_eq!(changed[0].1.matches(", ").count(), 4, "{changed:?}");
    folder.edit("education.yaml", "uses: [announcements, personal]", uses);
    assert_eq!(
        rules(&folder.check(&[])),
        ["personal-account/mixed-use", ANSWERS]
    );
    // What it has grown from is still there, and is shown.
    let grown = folder.run(&["check", "-q", "--as-of", DAY, "education.yaml"]);
    assert!(
        grown.out.contains("the baseline holds a part of it"),
        "{}",
        grown.out
    );
    let kept = folder.read("spokeslint-baseline.yaml");
    assert_eq!(folder.baseline(&["--update"]).code, 1);
    assert_eq!(folder.read("spokeslint-baseline.yaml"), kept);
    let taken_in = folder.baseline(&["--update", "--accept-new"]);
    assert_eq!(
        taken_in.out,
        "1 finding taken out, 2 taken in, 74 left in `spokeslint-baseline.yaml`\n"
    );
    assert_eq!(folder.check(&[]).out, "");
}

#[test]
fn neither_names_of_files_nor_order_nor_lines_matter_to_a_baseline() {
    let folder = Folder::okaz();
    folder.baseline(&[]);
    let text = folder.read("education.yaml");
    std::fs::remove_file(folder.0.path().join("education.yaml")).unwrap();
    folder.put(
        "moved/schools.yaml",
        &format!("# moved\n\n{text}\nx-more: 1\n"),
    );
    let clean = folder.check(&[]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
}

#[test]
fn a_baseline_that_is_there_is_not_written_over() {
    let folder = Folder::new(&[("a.yaml", AGENCY)]);
    folder.baseline(&[]);
    let text = folder.read("spokeslint-baseline.yaml");
    let again = folder.baseline(&[]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("`--update`"), "{}", again.err);
    let arabic = folder.baseline(&["--lang", "ar"]);
    assert!(
        arabic.err.contains("يحذف `--update` منه ما صُحِّح"),
        "{}",
        arabic.err
    );
    assert_eq!(folder.read("spokeslint-baseline.yaml"), text);
    assert_eq!(folder.baseline(&["--accept-new"]).code, 2);
}

#[test]
fn more_findings_alike_than_a_baseline_holds_are_new() {
    // Two accounts with one id: nothing tells their findings apart.
    let twin = AGENCY.split_once("accounts:\n").unwrap().1;
    let folder = Folder::new(&[("a.yaml", &format!("{AGENCY}{twin}"))]);
    let select = ["--select", ANSWERS];
    folder.baseline(&select);
    assert!(folder.read("spokeslint-baseline.yaml").contains("count: 2"));
    assert_eq!(folder.check(&select).out, "");
    folder.put("a.yaml", &format!("{AGENCY}{twin}{twin}"));
    assert_eq!(rules(&folder.check(&select)), [ANSWERS]);
    folder.put("a.yaml", AGENCY);
    let fewer = folder.check(&select);
    assert!(
        fewer.out.contains("no longer finds 1 of these 2"),
        "{}",
        fewer.out
    );
}

#[test]
fn a_partial_run_says_nothing_of_documents_that_it_did_not_see() {
    let other = AGENCY
        .replace("id: water", "id: fire")
        .replace("_own", "_fire");
    let folder = Folder::new(&[
        ("a.yaml", AGENCY),
        ("b.yaml", &other),
        ("w.yaml", &waivers(&GRANTED.replace("water", "earth"))),
    ]);
    folder.baseline(&["--select", ANSWERS]);
    folder.edit("b.yaml", "[replies]", "[media]");
    let arguments = ["--select", ANSWERS, "--waivers", "w.yaml"];
    let partial = folder.check(&[&arguments[..], &["a.yaml"]].concat());
    assert_eq!(partial.out, "");
    let whole = folder.check(&arguments);
    assert_eq!(
        rules(&whole),
        ["baseline/stale", "waiver/unused"],
        "{}",
        whole.out
    );
    std::fs::remove_file(folder.0.path().join("b.yaml")).unwrap();
    assert!(rules(&folder.check(&arguments)).contains(&"baseline/stale"));
}

#[test]
fn a_broken_baseline_stops_the_run_and_what_is_in_it_by_mistake_is_told() {
    let folder = Folder::new(&[("a.yaml", AGENCY)]);
    folder.baseline(&["--select", ANSWERS]);
    let text = folder.read("spokeslint-baseline.yaml");
    folder.put(
        "spokeslint-baseline.yaml",
        &text.replace("digest:", "digst:"),
    );
    let broken = folder.check(&[]);
    assert_eq!(broken.code, 2);
    assert!(
        broken.err.contains("did you mean `digest`?"),
        "{}",
        broken.err
    );
    let line = text.lines().last().unwrap();
    let unknown = line.replace("answers-the-public", "answers-the-publik");
    folder.put(
        "spokeslint-baseline.yaml",
        &format!("{text}{line}\n{unknown}\n"),
    );
    let told = folder.check(&["--select", ANSWERS]);
    assert_eq!(
        rules(&told),
        ["baseline/duplicate", "baseline/unknown-rule"],
        "{}",
        told.out
    );
    assert_eq!(told.code, 1);
}

#[test]
fn what_no_key_tells_apart_is_not_in_a_baseline_and_is_said() {
    let text = AGENCY.replace("Water Agency", "Water \u{202e}Agency");
    let folder = Folder::new(&[("a.yaml", &text)]);
    let written = folder.baseline(&[]);
    assert_eq!(written.code, 1);
    assert!(
        written.out.contains("yaml/hidden-direction"),
        "{}",
        written.out
    );
    assert!(
        written.out.contains("they are to be mended"),
        "{}",
        written.out
    );
    assert_eq!(rules(&folder.check(&[])), ["yaml/hidden-direction"]);
}

#[test]
fn comments_come_before_waivers_and_waivers_before_the_baseline() {
    let folder = with_waiver(GRANTED);
    folder.baseline(&["--waivers", "w.yaml"]);
    assert!(!folder.read("spokeslint-baseline.yaml").contains(ANSWERS));
    assert_eq!(folder.check(&["--waivers", "w.yaml"]).out, "");
    let comment = format!("    uses: [replies] # spokeslint: ignore {ANSWERS} -- a");
    folder.edit("a.yaml", "    uses: [replies]", &comment);
    assert_eq!(
        rules(&folder.check(&["--waivers", "w.yaml"])),
        ["waiver/unused"]
    );
}

#[test]
fn a_waiver_takes_effect_only_when_its_file_is_named() {
    let folder = with_waiver(GRANTED);
    let select = ["--select", ANSWERS];
    let unnamed = folder.check(&select);
    assert_eq!(rules(&unnamed), [ANSWERS, "waiver/not-named"]);
    let named = folder.check(&["--select", ANSWERS, "--waivers", "./w.yaml"]);
    assert_eq!((named.code, named.out.as_str()), (0, ""));
    let hidden = folder.run(&[
        "check",
        "--as-of",
        DAY,
        "--select",
        ANSWERS,
        "--waivers",
        "w.yaml",
        "--no-waivers",
    ]);
    assert_eq!(hidden.code, 1);
    assert!(
        hidden.err.contains("would set 1 of these findings aside"),
        "{}",
        hidden.err
    );
    let missing = folder.check(&["--waivers", "no.yaml"]);
    assert_eq!(missing.code, 2);
}

#[test]
fn a_waiver_speaks_of_a_document_files_and_a_place_with_all_below_it() {
    for (place, holds) in [
        ("document: water", true),
        ("document: Agency/water", true),
        ("document: wate", false),
        ("file: a.yaml", true),
        ("file: '*.yaml'", true),
        ("file: '**/a.yaml'", true),
        ("file: 'b*.yaml'", false),
        ("path: accounts", true),
        ("path: 'accounts[own]'", true),
        ("path: 'accounts[own].uses[replies]'", true),
        ("path: 'accounts[ow'", false),
        ("path: account", false),
        ("document: water, path: 'accounts[own]', file: a.yaml", true),
        ("document: water, path: 'accounts[two]'", false),
    ] {
        let rest = GRANTED.replace("document: water", place);
        let run = with_waiver(&rest).check(&["--select", ANSWERS, "--waivers", "w.yaml"]);
        let expected = if holds {
            vec![]
        } else {
            vec![ANSWERS, "waiver/unused"]
        };
        assert_eq!(rules(&run), expected, "{place}");
    }
}

#[test]
fn what_is_wrong_with_a_waiver_is_told_at_its_line_and_it_does_not_hold() {
    let granted = |from: &str, to: &str| GRANTED.replace(from, to);
    let two = format!("{GRANTED} }}\n  - {{ rule: {ANSWERS}, {GRANTED}");
    let cases = [
        (granted("until May", "' '"), vec!["waiver/no-reason"]),
        (granted("press office", "'-'"), vec!["waiver/no-owner"]),
        (granted("2027-01-31", "2026-11-27"), vec!["waiver/expired"]),
        (granted("2026-10-01", "2026-12-01"), vec!["waiver/not-yet"]),
        (
            granted("2027-01-31", "2026-09-30"),
            vec!["waiver/backwards"],
        ),
        (granted("2027-01-31", "2027-03-31"), vec!["waiver/too-long"]),
        (granted("2027-01-31", "2027-01"), vec!["waiver/day"]),
        (granted("{ document: water }", "{}"), vec!["waiver/nowhere"]),
        (
            granted("document: water", "file: '{a'"),
            vec!["waiver/file"],
        ),
        (granted("owner: press office, ", ""), vec!["schema/missing"]),
        (granted("reason:", "reazon:"), vec!["schema/unknown-key"]),
        (
            granted("where", "rules: b, where"),
            vec!["schema/unknown-key"],
        ),
    ];
    let mut said = Vec::new();
    for (rest, expected) in cases {
        let folder = with_waiver(&rest);
        let arguments = ["--select", ANSWERS, "--waivers", "w.yaml"];
        let run = folder.check(&arguments);
        assert_eq!(rules(&run), [vec![ANSWERS], expected].concat(), "{rest}");
        let arabic = folder.check(&[&arguments[..], &["--lang", "ar"]].concat());
        let lines = run.out.lines().zip(arabic.out.lines()).skip(1);
        said.extend(lines.map(|(en, ar)| format!("{en}\n{ar}\n")));
    }
    let twice = with_waiver(&two).check(&["--select", ANSWERS, "--waivers", "w.yaml"]);
    assert_eq!(rules(&twice), ["waiver/duplicate"]);
    insta::assert_snapshot!(said.concat());
}

#[test]
fn a_waiver_holds_through_its_last_day() {
    let rest = GRANTED.replace("2027-01-31", "1448-06-18 AH");
    let folder = with_waiver(&rest);
    let on = |day: &str| {
        let run = folder.run(&[
            "check",
            "--format",
            "concise",
            "-q",
            "--select",
            ANSWERS,
            "--waivers",
            "w.yaml",
            "--as-of",
            day,
        ]);
        let rules: Vec<String> = rules(&run).into_iter().map(str::to_owned).collect();
        rules.join(" ")
    };
    assert_eq!(on("2026-10-01"), "");
    assert_eq!(on("2026-10-28"), "");
    for day in ["2026-10-29", "2026-11-27", "2026-11-28"] {
        assert_eq!(on(day), "waiver/expires-soon", "{day}");
    }
    assert_eq!(on("2026-11-29"), format!("{ANSWERS} waiver/expired"));
    assert_eq!(on("2026-09-30"), format!("{ANSWERS} waiver/not-yet"));
}
