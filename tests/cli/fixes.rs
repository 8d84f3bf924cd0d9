//! `--fix` and its relatives: what they change, what they leave, and what they say.

use std::path::Path;

use snapbox::{IntoData, assert_data_eq, str};

use super::{Run, command, feed, put, run_in};

const RULE: &str = "personal-account/answers-the-public,integrity/handle-syntax";

const AGENCY: &str = "\
# سجل الحسابات
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency, ar: هيئة المياه }
accounts:
  - id: main   # the main one
    platform: x
    handle: '@example_water'
    kind: agency
  - id: own
    platform: x
    handle: example_own
    kind: personal
    uses: [replies, personal]  # to be sorted out
";

fn folder(text: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "a.yaml", "");
    let mut file = std::fs::File::create(folder.path().join("a.yaml")).unwrap();
    std::io::Write::write_all(&mut file, text).unwrap();
    folder
}

fn bytes(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("a.yaml")).unwrap()
}

fn check(folder: &Path, arguments: &[&str]) -> Run {
    let mut whole = vec!["check", "--select", RULE];
    whole.extend(arguments);
    run_in(folder, &whole)
}

#[test]
fn a_safe_fix_is_made_and_an_unsafe_one_is_named() {
    let folder = folder(AGENCY.as_bytes());
    let shown = check(folder.path(), &["--fix", "a.yaml"]);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
error[personal-account/answers-the-public]: `@example_own` is a personal account and answers the public
[..]
...
  fix: take `replies` out of the uses of `@example_own` (with `--unsafe-fixes`)

1 problem in 1 agency (1 error), 1 fixable (only with `--unsafe-fixes`), 1 fixed
1 agency × 2 rules = 2: 1 held, 1 found, 0 not applicable, 0 not evaluated

"]]
    );
    let wanted = AGENCY.replace("'@example_water'", "'example_water'");
    assert_eq!(String::from_utf8(bytes(folder.path())).unwrap(), wanted);
}

#[test]
fn arabic_counts_what_was_mended_and_what_can_be() {
    let folder = folder(AGENCY.as_bytes());
    let shown = check(folder.path(), &["--fix", "--lang", "ar", "a.yaml"]);
    let line = shown.out.lines().rev().nth(1).unwrap();
    assert_eq!(
        line,
        "مخالفة واحدة في جهة واحدة (خطأ واحد)، منها واحدة قابلة للإصلاح آليًا (بالخيار `--unsafe-fixes` وحده)، وأُصلحت مخالفة واحدة"
    );
}

#[test]
fn unsafe_fixes_are_made_when_asked_for_and_only_what_was_done_is_told() {
    let folder = folder(AGENCY.as_bytes());
    let shown = check(folder.path(), &["--unsafe-fixes", "--fix-only", "a.yaml"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert_data_eq!(
        shown.out,
        str![[r"
a.yaml:9:13: fixed[integrity/handle-syntax] write the handle alone, without `@` and without the address of the platform
a.yaml:15:12: fixed[personal-account/answers-the-public] take `replies` out of the uses of `@example_own`
2 fixed in 1 file

"]]
    );
    let again = check(folder.path(), &["--unsafe-fixes", "--fix-only", "a.yaml"]);
    assert_eq!((again.code, again.out.as_str()), (0, "nothing to fix\n"));
    let text = String::from_utf8(bytes(folder.path())).unwrap();
    assert!(
        text.ends_with("    uses: [personal]  # to be sorted out\n"),
        "{text}"
    );
}

#[test]
fn a_diff_changes_nothing_and_shows_no_secret_and_no_control_character() {
    let text = AGENCY.replace(
        "    kind: agency\n",
        "    kind: agency\n    x-password: hunter2\n    x-note: \"a\u{202e}b\"\n",
    );
    let folder = folder(text.as_bytes());
    let shown = check(folder.path(), &["--diff", "a.yaml"]);
    assert_eq!((shown.code, shown.err.as_str()), (1, ""));
    assert_data_eq!(
        shown.out,
        str![[r#"
--- a.yaml
+++ a.yaml
@@ -6,7 +6,7 @@
 accounts:
   - id: main   # the main one
     platform: x
-    handle: '@example_water'
+    handle: 'example_water'
     kind: agency
     x-password: *******
     x-note: "a\u{202e}b"

"#]]
        .raw()
    );
    assert_eq!(bytes(folder.path()), text.as_bytes());
    let clean = run_in(
        folder.path(),
        &["check", "--select", "access", "--diff", "a.yaml"],
    );
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
}

#[test]
fn a_file_keeps_its_encoding_its_mark_and_its_line_breaks() {
    let crlf = AGENCY.replace('\n', "\r\n");
    let wanted = crlf.replace("'@example_water'", "'example_water'");
    let utf16 = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    let marked = |text: &str| format!("\u{feff}{text}").into_bytes();
    for (before, after) in [
        (crlf.clone().into_bytes(), wanted.clone().into_bytes()),
        (marked(&crlf), marked(&wanted)),
        (utf16(&crlf), utf16(&wanted)),
    ] {
        let folder = folder(&before);
        check(folder.path(), &["--fix", "a.yaml"]);
        assert_eq!(bytes(folder.path()), after);
    }
}

#[test]
fn standard_input_comes_out_mended_and_the_report_goes_aside() {
    let folder = folder(b"");
    let arguments = ["check", "--select", RULE, "--fix", "-"];
    let input = format!("\u{feff}{AGENCY}");
    let shown = feed(command(folder.path(), &arguments), input.as_bytes());
    assert_eq!(shown.code, 1);
    let wanted = AGENCY.replace("'@example_water'", "'example_water'");
    assert_eq!(shown.out, format!("\u{feff}{wanted}"));
    let told = shown.err;
    assert!(
        told.contains("1 problem in 1 agency (1 error), 1 fixable") && told.contains(", 1 fixed"),
        "{told}"
    );
    let shown = feed(command(folder.path(), &arguments), b"a: \xff\n");
    assert_eq!((shown.code, shown.out.as_str()), (1, "a: \u{fffd}\n"));
    assert!(shown.err.contains("yaml/encoding"), "{}", shown.err);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(AGENCY.as_bytes());
    let real = folder.path().join("a.yaml");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, folder.path().join("link.yaml")).unwrap();
    check(folder.path(), &["--fix", "link.yaml"]);
    let link = std::fs::symlink_metadata(folder.path().join("link.yaml")).unwrap();
    assert!(link.is_symlink());
    assert_eq!(
        std::fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(
        !String::from_utf8(bytes(folder.path()))
            .unwrap()
            .contains('@')
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_an_error_and_nothing_is_lost() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(AGENCY.as_bytes());
    put(folder.path(), "sub/b.yaml", AGENCY);
    let sub = folder.path().join("sub");
    std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = std::fs::File::create(sub.join("probe")).is_ok();
    let shown = check(folder.path(), &["--fix-only", "a.yaml", "sub/b.yaml"]);
    std::fs::set_permissions(&sub, std::fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root {
        assert_eq!(shown.code, 2);
        assert_eq!(
            std::fs::read(sub.join("b.yaml")).unwrap(),
            AGENCY.as_bytes()
        );
    }
    assert!(
        !String::from_utf8(bytes(folder.path()))
            .unwrap()
            .contains('@')
    );
}

#[test]
fn json_holds_the_fix_with_its_edits() {
    let folder = folder(AGENCY.as_bytes());
    let shown = check(folder.path(), &["--format", "json", "a.yaml"]);
    let value: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(value["summary"]["fixable"], 2);
    assert_eq!(value["summary"]["fixed"], 0);
    let fix = &value["findings"][0]["fix"];
    assert_eq!(
        (&fix["safety"], &fix["path"]),
        (&"safe".into(), &"a.yaml".into())
    );
    assert_eq!(fix["edits"][0]["replacement"], "'example_water'");
    assert_eq!(fix["edits"][0]["start"]["line"], 9);
    assert_eq!(fix["edits"][0]["end"]["column"], 29);
}

#[test]
fn nothing_to_mend_at_all_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let shown = run_in(folder.path(), &["check", "--fix-only"]);
    assert_eq!((shown.code, shown.out.as_str()), (2, "nothing to fix\n"));
}

const DECLARED: &str = "\
severity: warning
summary: { en: a, ar: أ }
why: { en: a, ar: أ }
each: account in agency.accounts
when: account.kind == \"personal\"
assert: has(account.owner)
message: { en: a, ar: أ }
fix:
  title: { en: \"mend {account.handl}\", ar: أصلح }
  safety: safe
  edits:
";

/// What is wrong with a rule whose fix has these edits.
fn told(edits: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "own/pack.yaml",
        "title: { en: a, ar: أ }\nabout: { en: a, ar: أ }\n",
    );
    put(folder.path(), "own/bad.yaml", &format!("{DECLARED}{edits}"));
    run_in(folder.path(), &["test", "own"])
}

#[test]
fn mistakes_in_a_fix_are_told_at_their_characters() {
    let shown = told(
        "    - { set: account.kind, to: '\"rol\"' }
    - { set: account.follower, to: '3' }
    - { set: account.followers, to: '\"many\"' }
    - { remove: account.created }
    - { remove: account.uses, items: '[\"replie\"]' }
    - { append: account.uses, items: '[\"replies\", \"replie\"]' }
    - { append: account.handle, items: '\"a\"' }
    - { rename: account.handle, to: followers }
    - { set: account, to: '1' }
    - { remove: account.handle, to: '1' }
    - { set: account.owner, to: account }
",
    );
    assert_eq!(shown.code, 2);
    let heads: Vec<&str> = shown
        .err
        .lines()
        .filter(|line| line.starts_with("error[") || line.contains("─[") || line.contains("help:"))
        .collect();
    assert_data_eq!(
        heads.join("\n"),
        str![[r"
error[pack/fix]: Account has no field `handl`
   ╭─[own/bad.yaml:9:31]
  help: did you mean `handle`?
error[pack/fix]: `rol` is none of the words that are allowed there
    ╭─[own/bad.yaml:12:33]
  help: did you mean `role`?
error[pack/fix]: Account has no field `follower`
    ╭─[own/bad.yaml:13:22]
  help: did you mean `followers`?
error[pack/fix]: expected an integer, found text
    ╭─[own/bad.yaml:14:38]
error[pack/fix]: `created` may be absent, and this expression does not ask first
    ╭─[own/bad.yaml:15:25]
  help: guard it: `has(account.created) && …`, or put `has(account.created)` into `when`
error[pack/fix]: `uses` may be absent, and this expression does not ask first
    ╭─[own/bad.yaml:16:25]
  help: guard it: `has(account.uses) && …`, or put `has(account.uses)` into `when`
error[pack/fix]: `replie` is none of the words that are allowed there
    ╭─[own/bad.yaml:17:51]
  help: did you mean `replies`?
error[pack/fix]: expected a list, found text
    ╭─[own/bad.yaml:18:17]
error[pack/fix]: `followers` takes an integer, not text
    ╭─[own/bad.yaml:19:37]
error[pack/fix]: expected a field of something, as in `account.kind`
    ╭─[own/bad.yaml:20:14]
error[pack/fix]: expected one of `set` with `to`, `remove`, `remove` with `items`, `append` with `items`, `rename` with `to`
    ╭─[own/bad.yaml:21:9]
error[pack/fix]: expected a value that a fix can write (a text, a number, true or false, a date, a length of time, or a list of these), found an entry (Account)
    ╭─[own/bad.yaml:22:33]
"]]
    );
}

#[test]
fn a_handle_that_is_written_with_its_sign_is_shown_with_one() {
    let text = AGENCY.replace("handle: example_own", "handle: '@example_own'");
    let folder = folder(text.as_bytes());
    for lang in ["en", "ar"] {
        let shown = check(
            folder.path(),
            &["--format", "concise", "--lang", lang, "a.yaml"],
        );
        assert!(
            shown.out.contains("answers-the-public] `@example_own` "),
            "{}",
            shown.out
        );
    }
}
