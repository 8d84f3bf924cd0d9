//! A new project: what is written, that it checks, and that nothing is overwritten.

use spokeslint::start::{About, project};
use spokeslint::{Lang, text::is_hidden};

use super::{agencies, init, misshapen, put, read, run};

#[test]
fn the_first_agency_has_no_fault_of_shape_and_no_error_in_either_language() {
    for lang in ["en", "ar"] {
        let folder = tempfile::tempdir().unwrap();
        let made = init(folder.path(), &["--lang", lang]);
        assert_eq!((made.code, made.err.as_str()), (0, ""), "{}", made.out);
        let files = agencies(folder.path());
        assert_eq!(misshapen(&read(&files[0])), [""; 0]);
        let checked = run(
            folder.path(),
            &[
                "check",
                "--no-config",
                "--fail-on",
                "error",
                "--as-of",
                "2026-01-31",
            ],
        );
        assert_eq!(checked.code, 0, "{}", checked.out);
        assert!(
            checked
                .out
                .contains("11 problems in 1 agency (10 warnings, 1 note)"),
            "{}",
            checked.out
        );
    }
}

#[test]
fn the_project_checks_with_the_settings_that_were_written() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(init(folder.path(), &[]).code, 0);
    let checked = run(folder.path(), &["check", "--fail-on", "error"]);
    assert_eq!(
        (checked.code, checked.err.as_str()),
        (0, ""),
        "{}",
        checked.out
    );
}

#[test]
fn what_the_comments_of_the_first_agency_show_is_sound_as_well() {
    let files = project(&About::default(), true);
    let uncommented: String = files[1]
        .text
        .lines()
        .map(|line| {
            let bare = line.trim_start();
            // Examples are keys, list items or what goes on below them; words end otherwise.
            let example = bare.strip_prefix("# ").filter(|rest| {
                let key = rest.trim_start().trim_start_matches("- ");
                let key = key.split(':').next().unwrap_or_default();
                rest.contains(':') && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            });
            match example {
                Some(example) => format!("{:1$}{example}\n", "", line.len() - bare.len()),
                None => format!("{line}\n"),
            }
        })
        .collect();
    assert!(uncommented.contains("\nhandovers:") && uncommented.contains("\n    mfa:"));
    assert_eq!(misshapen(&uncommented), [""; 0]);
}

#[test]
fn the_readers_language_comes_first_in_every_file() {
    for (lang, is_arabic_first) in [(Lang::En, false), (Lang::Ar, true)] {
        let about = About {
            lang,
            ..About::default()
        };
        for file in project(&about, true) {
            let first = file.text.lines().next().unwrap();
            let is_arabic = first.contains(|c| matches!(c, '\u{621}'..='\u{64a}'));
            assert_eq!(is_arabic, is_arabic_first, "{}: {first}", file.path);
            assert!(!file.text.contains(is_hidden), "{}", file.path);
        }
    }
}

#[test]
fn options_name_the_agency() {
    let folder = tempfile::tempdir().unwrap();
    let name = "The \"Water\": Agency";
    let options = [
        "--id",
        "water",
        "--name-en",
        name,
        "--jurisdiction",
        "SA",
        "sub/dir",
    ];
    assert_eq!(init(folder.path(), &options).code, 0);
    let text = read(&folder.path().join("sub/dir/agencies/water.yaml"));
    assert!(
        text.contains("\nid: water\n") && text.contains("\njurisdiction: SA\n"),
        "{text}"
    );
    let value: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    assert_eq!(value["name"]["en"], name);
    assert!(value["name"].get("ar").is_none());
    for wrong in [
        ["--id", "../x"],
        ["--id", "Water"],
        ["--jurisdiction", "sa"],
        ["--name-en", "a\u{1b}b"],
    ] {
        assert_eq!(init(folder.path(), &wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_file_that_is_there_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "spokeslint.yaml", "mine\n");
    put(folder.path(), ".pre-commit-config.yaml", "repos: []\n");
    let made = init(folder.path(), &[]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(
        made.out.contains("left `spokeslint.yaml` alone"),
        "{}",
        made.out
    );
    assert_eq!(read(&folder.path().join("spokeslint.yaml")), "mine\n");
    assert_eq!(
        read(&folder.path().join(".pre-commit-config.yaml")),
        "repos: []\n"
    );
    // What is to be added by hand is shown.
    assert!(
        made.out.contains("  - id: spokeslint-repository"),
        "{}",
        made.out
    );
    let again = init(folder.path(), &[]);
    assert!(!again.out.contains("wrote"), "{}", again.out);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("elsewhere.yaml");
    std::os::unix::fs::symlink(&target, folder.path().join("spokeslint.yaml")).unwrap();
    let made = init(folder.path(), &[]);
    assert!(
        made.out.contains("left `spokeslint.yaml` alone"),
        "{}",
        made.out
    );
    assert!(!target.exists());
}

#[test]
fn a_dry_run_shows_all_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let made = init(folder.path(), &["--dry-run"]);
    assert_eq!(made.code, 0);
    assert!(
        made.out.contains("would write `agencies/example.yaml`"),
        "{}",
        made.out
    );
    assert!(
        made.out.contains("  extends: [recommended]"),
        "{}",
        made.out
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_settings_and_the_hook_hold_what_they_say() {
    let files = project(&About::default(), false);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["spokeslint.yaml", ".pre-commit-config.yaml"]);
    let settings: serde_yaml::Value = serde_yaml::from_str(&files[0].text).unwrap();
    assert_eq!(
        serde_yaml::to_string(&settings).unwrap(),
        "extends:\n- recommended\n"
    );
    let hook: serde_yaml::Value = serde_yaml::from_str(&files[1].text).unwrap();
    let hooks = hook["repos"][0]["hooks"].as_sequence().unwrap();
    let ids: Vec<&str> = hooks
        .iter()
        .map(|hook| hook["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["spokeslint", "spokeslint-repository"]);
}

#[test]
fn unsound_settings_above_do_not_keep_a_project_from_beginning() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "spokeslint.yaml", "nonsense: [\n");
    assert_eq!(init(folder.path(), &["below"]).code, 0);
}
