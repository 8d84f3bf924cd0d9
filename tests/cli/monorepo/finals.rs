//! Final rules of outer settings, and files that are left out of final rules.

use serde_json::Value;
use tempfile::TempDir;

use super::{LAW, PACK, agency, check, found, regulated, run};
use crate::packs::write;

#[test]
fn final_rules_of_outer_settings_stay_on_and_nothing_else_of_them() {
    let root = regulated(
        &format!("{LAW}rules: {{ limit/too-many: error }}\n"),
        "extends: [none]\n",
    );
    for (place, paths) in [
        ("", vec![]),
        ("", vec!["inner"]),
        ("inner", vec![]),
        ("inner", vec!["a.yaml"]),
    ] {
        let run = check(&root.path().join(place), &paths);
        let told = found(&run);
        let inner: Vec<&String> = told
            .iter()
            .filter(|line| !line.starts_with("outer"))
            .collect();
        assert_eq!(inner.len(), 1, "{place} {paths:?}: {}{}", run.out, run.err);
        assert!(
            inner[0].ends_with("a.yaml error limit/too-many"),
            "{inner:?}"
        );
        assert_eq!(run.code, 1);
    }
    let selected = check(
        root.path(),
        &["--select", "handover", "--fail-on", "error", "inner"],
    );
    assert!(
        selected.out.contains("error[limit/too-many]"),
        "{}",
        selected.out
    );
    let ignored = check(root.path(), &["--ignore", "limit/too-many", "inner"]);
    assert_eq!(ignored.code, 2);
    assert!(ignored.err.contains("config/final"), "{}", ignored.err);
    let own = check(root.path(), &["--config", "inner/spokeslint.yaml", "inner"]);
    assert_eq!(found(&own), [""; 0], "the command line is trusted");
}

#[test]
fn inner_settings_that_would_lower_a_final_rule_of_outer_ones_are_told_both_places() {
    let root = regulated(&format!("{LAW}rules: {{ limit/too-many: error }}\n"), "");
    for inner in [
        "rules: { limit/too-many: off }\n",
        "rules: { limit: note }\n",
        // As heavy as the pack says, and lighter than the outer settings do.
        "rules: { limit/too-many: warning }\n",
        "rules: { limit/too-many: { options: { most: 9 } } }\n",
        "overrides: [{ files: [a.yaml], rules: { limit/too-many: off } }]\n",
    ] {
        write(
            root.path(),
            "inner/spokeslint.yaml",
            &format!("extends: [none]\n{inner}"),
        );
        let run = check(root.path(), &[]);
        assert_eq!(run.code, 2, "{inner}{}", run.out);
        for told in [
            "config/final",
            "inner/spokeslint.yaml:2:",
            "law/pack.yaml:3:",
        ] {
            assert!(run.err.contains(told), "{inner}{}", run.err);
        }
        assert_eq!(
            found(&run),
            [
                "outer/a.yaml warning limit/not-final",
                "outer/a.yaml error limit/too-many"
            ]
        );
    }
}

#[test]
fn nothing_below_sets_a_final_rule_of_outer_settings_aside() {
    let root = regulated(&format!("{LAW}rules: {{ limit/too-many: error }}\n"), "");
    for (more, file, text, code) in [
        (
            "waivers: [waivers.yaml]\n",
            "waivers.yaml",
            "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n  - { rule: limit/too-many, where: { document: inner }, reason: a b, owner: us, issued: 2026-01-01, until: 2026-03-01 }\n",
            "waiver/final",
        ),
        (
            "",
            "a.yaml",
            &*format!(
                "# spokeslint: ignore limit/too-many -- a reason\n{}",
                agency("inner")
            ),
            "suppression/final",
        ),
    ] {
        write(
            root.path(),
            "inner/spokeslint.yaml",
            &format!("extends: [none]\n{more}"),
        );
        write(root.path(), &format!("inner/{file}"), text);
        let run = check(root.path(), &["inner"]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.out.contains("error[limit/too-many]"), "{}", run.out);
        assert!(run.out.contains(code), "{}", run.out);
    }
    write(root.path(), "inner/a.yaml", &agency("inner"));
    let run = run(root.path(), &["baseline", "inner"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(
        check(root.path(), &["inner"])
            .out
            .contains("error[limit/too-many]")
    );
}

#[test]
fn a_repository_does_not_reach_into_another_one() {
    let root = regulated(LAW, "extends: [none]\n");
    write(root.path(), "inner/.git/HEAD", "");
    let run = check(root.path(), &["inner"]);
    assert_eq!(found(&run), [""; 0], "{}", run.out);
}

#[test]
fn settings_are_shown_with_the_final_rules_of_outer_ones() {
    let root = regulated(LAW, "extends: [none]\nfail_on: note\n");
    let shown = run(root.path(), &["config", "inner/a.yaml"]);
    assert_eq!((shown.code, &*shown.err), (0, ""));
    for line in [
        "# the settings for `inner/a.yaml`, from `inner/spokeslint.yaml`",
        "# `limit/too-many` stays on: the outer settings `spokeslint.yaml` make it final",
        "inner/spokeslint.yaml:2:10",
        "# final by ./law/pack.yaml:3:9",
    ] {
        assert!(
            shown.out.contains(&line.replace("./law", "law")),
            "{line}: {}",
            shown.out
        );
    }
    assert!(!shown.out.contains("not-final"), "{}", shown.out);
    let json = run(root.path(), &["config", "--format", "json", "inner/a.yaml"]);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["outer"][0]["file"], "spokeslint.yaml");
    assert_eq!(json["outer"][0]["final"][0], "limit/too-many");
    let below = run(&root.path().join("inner"), &["config", "a.yaml"]);
    assert!(
        below.out.contains("outer settings `../spokeslint.yaml`"),
        "{}",
        below.out
    );
    let verbose = check(root.path(), &["--verbose", "inner"]);
    assert!(
        verbose.out.contains(
            "inner/spokeslint.yaml: 1 document, 1 rule, with the final rules of spokeslint.yaml\n"
        ),
        "{}",
        verbose.out
    );
    for arguments in [
        &["trace", "limit/too-many", "a.yaml"][..],
        &["explain", "limit/too-many"],
    ] {
        let run = run(&root.path().join("inner"), arguments);
        assert!(run.code < 2, "{arguments:?} {}", run.err);
    }
    assert_eq!(
        run(root.path(), &["trace", "limit/too-many", "inner/a.yaml"]).code,
        1
    );
}

#[test]
fn nothing_below_the_settings_of_a_pack_takes_files_from_its_final_rules() {
    let told = |root: &TempDir| {
        let run = check(root.path(), &[]);
        let finals = run.out.lines().filter(|line| line.contains("config/final"));
        (
            run.code,
            finals.map(str::to_owned).collect::<Vec<_>>(),
            run.out,
        )
    };
    for pattern in [
        "exclude: [outer]",
        "exclude: ['*.yaml']",
        "include: [inner/**]",
        "exclude: [a.yaml, b.yaml]",
    ] {
        let root = regulated(&format!("{LAW}{pattern}\n"), "");
        std::fs::remove_file(root.path().join("inner/spokeslint.yaml")).unwrap();
        let (code, finals, out) = told(&root);
        assert_eq!((code, finals.len()), (1, 1), "{pattern}: {out}");
        assert!(finals[0].starts_with("spokeslint.yaml:2:"), "{finals:?}");
        assert!(finals[0].contains("`outer/a.yaml`"), "{finals:?}");
        assert!(
            out.contains("outer/a.yaml:5:1: warning[limit/too-many]")
                || out.contains("outer/a.yaml:"),
            "{out}"
        );
    }
    // A nested file of settings, and an outer one that leaves out a folder.
    let root = regulated(LAW, "extends: [none]\nexclude: [a.yaml]\n");
    let (_, finals, out) = told(&root);
    assert!(
        finals.len() == 1 && finals[0].starts_with("inner/spokeslint.yaml:2:"),
        "{out}"
    );
    let root = regulated(&format!("{LAW}exclude: [inner]\n"), "extends: [none]\n");
    let (_, finals, out) = told(&root);
    assert!(
        finals.len() == 1 && finals[0].contains("`inner/a.yaml`"),
        "{out}"
    );
    // What is no document of ours may be left out, and so may what nothing final applies to.
    let root = regulated(&format!("{LAW}exclude: [foreign]\n"), "extends: [none]\n");
    write(root.path(), "foreign/values.yaml", "replicas: 3\n");
    let (_, finals, out) = told(&root);
    assert!(
        finals.is_empty() && out.contains("1 file excluded"),
        "{out}"
    );
    // Several files are one mistake, and a document that cannot be read is one of them.
    let root = regulated(&format!("{LAW}exclude: [old]\n"), "extends: [none]\n");
    for number in 0..5 {
        write(
            root.path(),
            &format!("old/{number}.yaml"),
            &agency(&format!("old{number}")),
        );
    }
    write(
        root.path(),
        "old/x.yaml",
        "apiVersion: spokeslint/v1\nkind: Agenci\n",
    );
    let (_, finals, out) = told(&root);
    assert_eq!(finals.len(), 1, "{out}");
    assert!(
        finals[0].contains("`old/0.yaml`, `old/1.yaml`, `old/2.yaml` and 3 more files"),
        "{out}"
    );
}

#[test]
fn the_settings_that_name_a_pack_may_leave_files_out_of_it() {
    let files = |exclude: &str| {
        let root = regulated("extends: [./law]\n", "extends: [none]\n");
        write(
            root.path(),
            "law/spokeslint.yaml",
            &format!("extends: [none, ../packs, .]\n{exclude}"),
        );
        root
    };
    // The folder of a pack that has settings is those settings; they name the pack beside them.
    let root = files("exclude: [outer]\n");
    write(
        root.path(),
        "law/spokeslint.yaml",
        "extends: [none, ../packs, ./finals]\nexclude: [outer]\n",
    );
    std::fs::remove_file(root.path().join("law/pack.yaml")).unwrap();
    write(
        root.path(),
        "law/finals/pack.yaml",
        &format!("{PACK}final: [limit/too-many]\n"),
    );
    let run = check(root.path(), &[]);
    assert!(
        run.out.contains("excluded by the settings"),
        "{}{}",
        run.out,
        run.err
    );
    assert_eq!(
        found(&run),
        ["inner/a.yaml warning limit/too-many"],
        "{}",
        run.err
    );
}

#[test]
fn a_broken_outer_file_is_told_from_below_as_well() {
    let root = regulated("extends: [none, ./nowhere]\n", "extends: [none]\n");
    let run = check(&root.path().join("inner"), &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("../spokeslint.yaml:1:"), "{}", run.err);
}

#[test]
fn a_file_that_names_a_pack_from_elsewhere_leaves_nothing_out_of_it() {
    for (settings, other, text) in [
        (
            "extends: [none, ./packs, ./law, ./z.yaml]\n",
            "z.yaml",
            "extends: [none, ./law]\nexclude: [outer]\n",
        ),
        (
            "extends: [none, ./packs, ./law, ./z]\n",
            "z/spokeslint.yaml",
            "extends: [none, ../law]\nexclude: [outer]\n",
        ),
    ] {
        let root = regulated(settings, "extends: [none]\n");
        write(root.path(), other, text);
        let run = check(root.path(), &[]);
        assert_eq!(run.code, 1, "{other}: {}{}", run.out, run.err);
        assert!(run.out.contains("config/final"), "{other}: {}", run.out);
        assert!(
            found(&run).contains(&"outer/a.yaml warning limit/too-many".to_owned()),
            "{other}: {}",
            run.out
        );
    }
}

#[test]
fn no_document_in_front_of_an_unclear_one_lets_a_file_be_left_out() {
    let root = regulated(LAW, "extends: [none]\nexclude: [b.yaml]\n");
    let kinds = "kinds:\n  Desk: { schema: desk.schema.json, about: { en: a desk, ar: مكتب }, smallest: { id: desk } }\n";
    write(
        root.path(),
        "law/pack.yaml",
        &format!("{PACK}final: [limit/too-many]\n{kinds}"),
    );
    write(
        root.path(),
        "law/desk.schema.json",
        "{ \"type\": \"object\", \"properties\": { \"apiVersion\": { \"type\": \"string\" }, \"kind\": { \"type\": \"string\" }, \"id\": { \"type\": \"string\" } }, \"required\": [\"apiVersion\", \"kind\", \"id\"], \"additionalProperties\": false }",
    );
    let desk = "apiVersion: spokeslint/v1\nkind: Desk\nid: d\n---\n";
    let unclear = agency("b").replace("apiVersion", "apiversion");
    write(root.path(), "inner/b.yaml", &format!("{desk}{unclear}"));
    let run = check(root.path(), &[]);
    assert!(
        run.out.contains("inner/spokeslint.yaml:2:") && run.out.contains("config/final"),
        "{}{}",
        run.out,
        run.err
    );
    assert!(run.out.contains("schema/api-version"), "{}", run.out);
}

#[test]
fn no_settings_add_words_to_a_list_that_a_final_rule_reads() {
    let pack = format!("{PACK}final: [personal-account/not-marked-personal]\n");
    let account = agency("a").lines().take(4).collect::<Vec<_>>().join("\n");
    let agency = format!(
        "{account}\naccounts:\n  - {{ id: own, platform: x, handle: minister_own, kind: personal, bio: {{ text: 'Minister of things, go fish' }} }}\n"
    );
    let words = "terms: { personal_disclaimers: [go fish] }\n";
    for (outer, inner) in [("", Some(words)), (words, None)] {
        let root = super::folder(&[
            ("law/pack.yaml", &pack),
            (
                "spokeslint.yaml",
                &format!("extends: [recommended, ./law]\n{outer}"),
            ),
            ("a/a.yaml", &agency),
        ]);
        let rule = "personal-account/not-marked-personal";
        if let Some(inner) = inner {
            assert!(
                check(root.path(), &[]).out.contains(rule),
                "it finds something"
            );
            write(
                root.path(),
                "a/spokeslint.yaml",
                &format!("extends: [none]\n{inner}"),
            );
        }
        let run = check(root.path(), &[]);
        assert_eq!(run.code, 2, "{}{}", run.out, run.err);
        for told in [
            "config/final",
            rule,
            "`personal_disclaimers`",
            "law/pack.yaml:3:",
        ] {
            assert!(run.err.contains(told), "{told}: {}", run.err);
        }
    }
    // Lists that no final rule reads may grow.
    let root = super::folder(&[
        ("law/pack.yaml", &pack),
        (
            "spokeslint.yaml",
            "extends: [recommended, ./law]\nterms: { free_mail_domains: [mail.example] }\n",
        ),
        ("a/a.yaml", &agency),
    ]);
    assert_eq!(check(root.path(), &[]).code, 1);
}

#[cfg(unix)]
#[test]
fn a_link_keeps_the_final_rules_of_the_folder_in_which_it_is() {
    let root = regulated(LAW, "extends: [none]\n");
    std::fs::create_dir(root.path().join(".git")).unwrap();
    let root = root.path();
    write(root, "free/spokeslint.yaml", "extends: [none]\n");
    write(root, "free/c.yaml", &agency("c"));
    write(root, "free/deep/d.yaml", &agency("d"));
    write(
        root,
        "m/more/pack.yaml",
        &format!("{PACK}final: [agency-account/missing]\n"),
    );
    write(root, "m/spokeslint.yaml", "extends: [none, ./more]\n");
    write(root, "m/w.yaml", &agency("w"));
    std::os::unix::fs::symlink("../free/c.yaml", root.join("m/c.yaml")).unwrap();
    std::os::unix::fs::symlink("../free/deep", root.join("m/deep")).unwrap();
    let run = check(root, &["m"]);
    let told = found(&run);
    for file in ["m/c.yaml", "m/deep/d.yaml", "m/w.yaml"] {
        let wanted = format!("{file} warning limit/too-many");
        assert!(told.contains(&wanted), "{wanted}: {}{}", run.out, run.err);
    }
}
