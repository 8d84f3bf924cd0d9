//! What lies outside of a project, or is no file of ours, appears in no output, whatever settings and links say.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{Run, feed, put};

/// What must not be seen.
const CANARY: &str = "canary-7f3a";

const AGENCY: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency }
";

const PACK: &str = "title: { en: Own, ar: خاص }\nabout: { en: own, ar: خاص }\n";

const RULE: &str = "\
severity: note
summary: { en: own, ar: خاص }
why: { en: own, ar: خاص }
assert: size(agency.id) > 100
message: { en: own, ar: خاص }
";

const FORMATS: [&str; 9] = [
    "human",
    "concise",
    "json",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "markdown",
];

/// A project beside a folder with secrets, and links that lead there.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| put(folder.path(), name, text);
    file(
        "home/secret",
        &format!("CI_TOKEN={CANARY}\nuser:{CANARY}:x\n"),
    );
    file(
        "home/secret.yaml",
        &format!("token: {CANARY}\n{CANARY}: 1\n"),
    );
    file("home/spokeslint.yaml", &format!("lang: {CANARY}\n"));
    file("home/waivers.yaml", &waivers());
    file("home/broken.yaml", &format!("lang: en\nrules: [{CANARY}\n"));
    file("home/pack/pack.yaml", &format!("title: {CANARY}\n"));
    file("home/pack/rule.yaml", &format!("summary: {CANARY}\n"));
    file("repo/a.yaml", AGENCY);
    file("repo/sub/keep", "");
    file("repo/.env", &format!("CI_TOKEN={CANARY}\n"));
    file(
        "repo/.git/config",
        &format!("[remote]\n\turl = https://{CANARY}@a.example\n"),
    );
    file(
        "repo/key.pem",
        &format!("-----BEGIN KEY-----\n{CANARY}\n-----END KEY-----\n"),
    );
    file(
        "repo/secrets.yaml",
        &format!("lang: en\npassword: {CANARY}\n"),
    );
    file("repo/list.yaml", &format!("- {CANARY}\n"));
    file("repo/word.yaml", &format!("# {CANARY}\n"));
    file(
        "repo/account.json",
        &format!("{{ \"type\": \"service_account\", \"private_key\": \"{CANARY}\" }}\n"),
    );
    let mut latin = fs::File::create(folder.path().join("repo/latin")).unwrap();
    latin.write_all(b"name=\xe9 ").unwrap();
    latin.write_all(CANARY.as_bytes()).unwrap();
    let link = |to: &str, at: &str| symlink(to, folder.path().join("repo").join(at)).unwrap();
    link("../home/secret", "link");
    link("link", "chain");
    link("../home", "out");
    link("/proc/self/environ", "environ");
    link("../home/nothing", "dangling");
    link(".env", "inside.yaml");
    folder
}

fn waivers() -> String {
    format!("apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - {{ {CANARY}: 1 }}\n")
}

/// Paths that lead out of the project, or to where nothing of a project lies.
fn ways_out(folder: &Path) -> Vec<String> {
    let absolute = folder.join("home/secret.yaml");
    let ways = [
        "../home/secret",
        "../home/secret.yaml",
        "../home/waivers.yaml",
        "../home/broken.yaml",
        "../home/nothing.yaml",
        "../home",
        "../home/pack",
        "./sub/../../home/secret",
        "./link",
        "./chain",
        "./out",
        "./out/pack",
        "./out/secret.yaml",
        "./environ",
        "./dangling",
        "/proc/self/environ",
        "/dev/stdin",
        "~/secret",
        "C:\\secret",
        "./.git/config",
        absolute.to_str().unwrap(),
    ];
    ways.map(str::to_owned).to_vec()
}

/// Paths of files in the project that are none of ours.
const OTHERS: [&str; 8] = [
    "./.env",
    "./key.pem",
    "./secrets.yaml",
    "./list.yaml",
    "./word.yaml",
    "./account.json",
    "./latin",
    "./inside.yaml",
];

/// Settings that name paths under a key.
fn settings(key: &str, paths: &[&str]) -> String {
    let list: Vec<String> = paths.iter().map(|path| format!("'{path}'")).collect();
    let list = list.join(", ");
    match key {
        "baseline" => format!("baseline: {list}\n"),
        _ => format!("{key}: [{list}]\n"),
    }
}

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("SECRET", CANARY)
        .env("HOME", folder.join("../home"))
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null());
    feed(command, format!("lang: {CANARY}\n").as_bytes())
}

/// Everything that a run prints and writes.
fn everything(folder: &TempDir, arguments: &[&str]) -> String {
    let reports = folder.path().join("reports");
    fs::create_dir_all(&reports).unwrap();
    let run = run_in(&folder.path().join("repo"), arguments);
    let mut all = format!("{} {}{}", run.code, run.out, run.err);
    let mut written: Vec<PathBuf> = fs::read_dir(&reports)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let baseline = folder.path().join("repo/spokeslint-baseline.yaml");
    written.extend((!baseline.is_symlink()).then_some(baseline));
    written.sort();
    for path in written {
        all.push_str(&String::from_utf8(fs::read(path).unwrap_or_default()).unwrap());
    }
    all
}

#[test]
fn a_path_in_settings_leads_nowhere_outside() {
    let folder = project();
    let ways = ways_out(folder.path());
    let ways: Vec<&str> = ways.iter().map(String::as_str).collect();
    let lists = ["extends", "waivers"].map(|key| (settings(key, &ways), ways.len()));
    let single = ways.iter().map(|way| (settings("baseline", &[way]), 1));
    for (settings, count) in lists.into_iter().chain(single) {
        put(folder.path(), "repo/spokeslint.yaml", &settings);
        let said = everything(&folder, &["check", "a.yaml"]);
        assert!(!said.contains(CANARY), "{settings}{said}");
        assert!(said.starts_with("2 "), "{settings}{said}");
        let found = said.matches("error[config/outside]").count();
        assert_eq!(found, count, "{settings}{said}");
    }
}

#[test]
fn a_file_of_another_kind_is_not_shown_in_any_format() {
    let folder = project();
    let outputs = FORMATS.map(|format| format!("--output={format}=../reports/{format}"));
    let check = ["check", "--select", "registry", "a.yaml"].into_iter();
    let check: Vec<&str> = check.chain(outputs.iter().map(String::as_str)).collect();
    for way in OTHERS {
        for key in ["extends", "waivers", "baseline"] {
            let settings = settings(key, &[way]);
            put(folder.path(), "repo/spokeslint.yaml", &settings);
            let said = everything(&folder, &check);
            assert!(!said.contains(CANARY), "{settings}{said}");
            // Settings may consist of comments.
            let is_empty = (key, way) == ("extends", "./word.yaml");
            assert_eq!(said.starts_with("0 "), is_empty, "{settings}{said}");
        }
    }
}

#[test]
fn no_command_shows_what_is_not_ours() {
    let folder = project();
    let outside =
        ["extends", "waivers", "baseline"].map(|key| settings(key, &["../../home/waivers.yaml"]));
    let inside = ["extends", "waivers", "baseline"].map(|key| settings(key, &["../secrets.yaml"]));
    for inner in [&[outside.concat()][..], &inside].concat() {
        // Settings that others extend are settings as well.
        put(folder.path(), "repo/inner/spokeslint.yaml", &inner);
        put(
            folder.path(),
            "repo/spokeslint.yaml",
            "extends: [./inner]\n",
        );
        for command in [
            &["config"][..],
            &["config", "a.yaml"],
            &["rules"],
            &["test", "registry"],
            &["explain", "handover/overdue"],
            &["baseline", "--select", "registry"],
            &["baseline", "--select", "registry", "--update"],
            &["trace", "handover/overdue", "a.yaml"],
            &["check", "--fix", "--select", "registry"],
        ] {
            let said = everything(&folder, command);
            assert!(!said.contains(CANARY), "{inner} {command:?}\n{said}");
        }
    }
}

#[test]
fn what_is_outside_is_not_even_said_to_be_there() {
    let folder = project();
    let ways = ways_out(folder.path());
    let ways: Vec<&str> = ways.iter().map(String::as_str).chain(["out"]).collect();
    let baseline = settings("baseline", &["./out/b.yaml"]);
    let all = [
        settings("extends", &ways),
        settings("waivers", &ways),
        baseline,
    ]
    .concat();
    put(folder.path(), "repo/spokeslint.yaml", &all);
    let before = everything(&folder, &["check"]);
    assert!(before.contains("config/outside"), "{before}");
    fs::remove_dir_all(folder.path().join("home")).unwrap();
    assert_eq!(everything(&folder, &["check"]), before);
}

#[test]
fn files_that_are_found_lead_nowhere_else() {
    for (name, arguments) in [
        ("spokeslint.yaml", &["check"][..]),
        ("spokeslint-baseline.yaml", &["check", "--no-config"]),
        (
            "spokeslint-baseline.yaml",
            &["baseline", "--no-config", "--update"],
        ),
    ] {
        for target in [
            "../home/secret.yaml",
            "../home/secret",
            "/proc/self/environ",
            ".env",
            "../home/nothing",
        ] {
            let folder = project();
            symlink(target, folder.path().join("repo").join(name)).unwrap();
            let said = everything(&folder, arguments);
            assert!(!said.contains(CANARY), "{name}: {target}\n{said}");
            assert!(said.starts_with("2 "), "{name}: {target}\n{said}");
        }
    }
}

#[test]
fn links_in_packs_are_followed_inside_the_project_only() {
    for (link, target) in [
        ("pack/pack.yaml", "../../home/secret.yaml"),
        ("pack/pack.yaml", "/proc/self/environ"),
        ("pack/rule.yaml", "../../home/secret"),
        ("pack/rule.yaml", "../chain"),
        ("pack/rule.yaml", "../.env"),
        ("pack/rule.yaml", "../secrets.yaml"),
        ("pack/rule.yaml", "../latin"),
        ("pack/more", "../../home/pack"),
        ("pack/campaign.json", "../../home/secret"),
        ("pack/campaign.json", "../account.json"),
    ] {
        let folder = project();
        let kinds = "kinds: { Campaign: { about: { en: a, ar: أ }, schema: campaign.json } }\n";
        put(
            folder.path(),
            "repo/pack/pack.yaml",
            &format!("{PACK}{kinds}"),
        );
        let at = folder.path().join("repo").join(link);
        let _ = fs::remove_file(&at);
        symlink(target, at).unwrap();
        put(folder.path(), "repo/spokeslint.yaml", "extends: [./pack]\n");
        for arguments in [
            &["check", "--format", "json"][..],
            &["check", "--no-config", "--pack", "pack"],
            &["rules"],
            &["test", "pack"],
        ] {
            let said = everything(&folder, arguments);
            assert!(!said.contains(CANARY), "{link}: {target}\n{said}");
            assert!(said.starts_with("2 "), "{link}: {target}\n{said}");
            let is_out =
                target.contains("home") || target.contains("proc") || target.contains("chain");
            assert_eq!(
                said.contains("pack/outside"),
                is_out,
                "{link}: {target}\n{said}"
            );
        }
    }
}

#[test]
fn links_within_a_project_and_folders_that_the_command_line_allows_are_followed() {
    let folder = project();
    let repo = folder.path().join("repo");
    put(
        folder.path(),
        "policies/spokeslint.yaml",
        "extends: [none, ./pack]\n",
    );
    put(folder.path(), "policies/pack/pack.yaml", PACK);
    put(folder.path(), "policies/pack/much-too-short.yaml", RULE);
    symlink(".", folder.path().join("policies/pack/around")).unwrap();
    symlink("../policies/pack", repo.join("linked")).unwrap();
    for settings in ["extends: [../policies]\n", "extends: [none, ./linked]\n"] {
        put(folder.path(), "repo/spokeslint.yaml", settings);
        let refused = run_in(&repo, &["check", "a.yaml"]);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains("config/outside"), "{}", refused.err);
        let allowed = [
            "check",
            "--allow-outside",
            "../policies",
            "--format",
            "concise",
            "a.yaml",
        ];
        let allowed = run_in(&repo, &allowed);
        assert!(
            allowed.out.contains("note[pack/much-too-short]")
                || allowed.out.contains("note[linked/much-too-short]"),
            "{}{}",
            allowed.out,
            allowed.err
        );
    }
    // What the command line names needs no permission, and `.git` makes everything below it one project.
    let named = run_in(
        &repo,
        &["check", "--config", "../policies/spokeslint.yaml", "a.yaml"],
    );
    assert_eq!((named.code, &*named.err), (0, ""), "{}", named.out);
    fs::remove_dir_all(repo.join(".git")).unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    put(
        folder.path(),
        "repo/spokeslint.yaml",
        "extends: [../policies]\n",
    );
    assert_eq!(run_in(&repo, &["check", "a.yaml"]).code, 0);
}

#[test]
fn a_file_of_the_right_kind_is_quoted_where_it_is_wrong() {
    let folder = project();
    put(
        folder.path(),
        "repo/spokeslint.yaml",
        "extends: [./base.yaml]\nwaivers: [w.yaml]\n",
    );
    let said = |name: &str, text: &str| {
        put(folder.path(), "repo/base.yaml", "lang: en\n");
        put(
            folder.path(),
            "repo/w.yaml",
            &waivers().replace(&format!("{{ {CANARY}: 1 }}"), "{}"),
        );
        put(folder.path(), name, text);
        let run = run_in(
            &folder.path().join("repo"),
            &["check", "--select", "registry", "a.yaml"],
        );
        run.out + &run.err
    };
    for (name, text, shown) in [
        ("repo/base.yaml", "lang: fr\n".to_owned(), "lang: fr"),
        (
            "repo/base.yaml",
            "# ours\nextend: [strict]\n".to_owned(),
            "did you mean `extends`",
        ),
        (
            "repo/base.yaml",
            "lang: en\nrules: [\n".to_owned(),
            "rules: [",
        ),
        ("repo/w.yaml", waivers(), CANARY),
        ("repo/w.yaml", format!("{}  - [\n", waivers()), "  - ["),
    ] {
        let said = said(name, &text);
        assert!(said.contains(shown), "{text}\n{said}");
    }
}
