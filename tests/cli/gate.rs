//! What `docs/gates.md` promises, as one property: a project in which a final rule is broken never passes, whatever
//! the file, its comments, its place and the settings say, each by itself and any two of them together.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Run, finish};
use crate::packs::write;

const HEADER: &str = "apiVersion: spokeslint/v1\nkind: Agency\n";
const BAD: &str = "\
id: fire
name: { en: Fire Service, ar: الدفاع المدني }
accounts:
  - id: own
    platform: x
    handle: example_fire
    kind: personal
    uses: [replies]
";

const PACK: &str = "\
title: { en: Circular, ar: تعميم }
about: { en: what everybody owes, ar: ما يلزم الجميع }
final: [personal-account/answers-the-public, circular/no-site]
";
const RULE: &str = "\
severity: error
summary: { en: the agency declares no website, ar: لم تذكر الجهة موقعها }
why: { en: a reason, ar: سبب }
assert: has(agency.website)
message: { en: \"`{agency.id}` declares no website\", ar: \"لم تذكر `{agency.id}` موقعها\" }
---
examples:
  - fails: |
      id: water  # finding
  - passes: |
      website: https://water.example
";

/// A project before it is written.
struct Project {
    /// The agency that breaks both final rules: where it is, and what stands there.
    path: String,
    text: String,
    encode: fn(&str) -> Vec<u8>,
    /// More entries of `extends`, and the lines of the settings behind it.
    extends: String,
    settings: String,
    others: Vec<(String, String)>,
    links: Vec<(String, String)>,
    has_baseline: bool,
}

impl Project {
    fn new() -> Self {
        Self {
            path: "agencies/bad.yaml".to_owned(),
            text: format!("{HEADER}{BAD}"),
            encode: |text| text.as_bytes().to_vec(),
            extends: String::new(),
            settings: String::new(),
            others: Vec::new(),
            links: Vec::new(),
            has_baseline: false,
        }
    }

    fn replace(&mut self, from: &str, to: &str) {
        self.text = self.text.replace(from, to);
    }

    fn add(&mut self, path: &str, text: &str) {
        self.others.push((path.to_owned(), text.to_owned()));
    }

    /// Writes the project, and checks it from its top.
    fn check(&self) -> Run {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, "circular/pack.yaml", PACK);
        write(root, "circular/no-site.yaml", RULE);
        let settings = format!(
            "extends: [none, ./circular{}]\n{}",
            self.extends, self.settings
        );
        write(root, "spokeslint.yaml", &settings);
        for (path, text) in &self.others {
            write(root, path, text);
        }
        write_bytes(root, &self.path, &(self.encode)(&self.text));
        #[cfg(unix)]
        for (path, target) in &self.links {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(target, path).unwrap();
        }
        if self.has_baseline {
            run(root, &["baseline"]);
        }
        run(root, &["check"])
    }
}

#[expect(clippy::disallowed_methods, reason = "lays out files")]
fn write_bytes(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spokeslint"));
    command
        .current_dir(folder)
        .args(arguments)
        .args(["--as-of", "2026-11-28"])
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null());
    finish(command)
}

/// A way to talk past the gate.
type Attempt = (&'static str, fn(&mut Project));

const ATTEMPTS: &[Attempt] = &[
    ("escape in the header", |it| {
        it.replace(
            "apiVersion: spokeslint/v1",
            "apiVersion: \"spokeslint\\/v1\"",
        );
    }),
    ("misspelt key of the header", |it| {
        it.replace("apiVersion:", "apiversion:");
    }),
    ("misspelt version", |it| {
        it.replace("spokeslint/v1", "spokeslint/v1.0");
    }),
    ("no header but the kind", |it| {
        it.replace("apiVersion: spokeslint/v1\n", "");
    }),
    ("UTF-16 without a mark", |it| {
        it.encode = |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }),
    ("second document", |it| {
        let good =
            format!("{HEADER}id: ok\nname: {{ en: Ok }}\nwebsite: https://ok.example\n---\n");
        it.text.insert_str(0, &good);
    }),
    ("broken document behind it", |it| {
        it.text.push_str("---\na: [\n");
    }),
    ("comment on a final rule", |it| {
        let comment = "# spokeslint: ignore personal-account/answers-the-public, circular/no-site -- legacy\n";
        it.text.insert_str(0, comment);
    }),
    ("misspelt value, set aside by a comment", |it| {
        it.replace(
            "kind: personal",
            "kind: persona1 # spokeslint: ignore schema/enum -- legacy",
        );
        it.replace("id: fire", "id: fire\nwebsite: https://fire.example");
    }),
    ("misspelt key, set aside by a comment", |it| {
        it.replace(
            "uses: [replies]",
            "usess: [replies] # spokeslint: ignore schema/unknown-key -- legacy",
        );
    }),
    ("waiver for a final rule and for errors of shape", |it| {
        let rules = [
            "circular/no-site",
            "personal-account/answers-the-public",
            "schema/enum",
            "schema/unknown-key",
            "schema/type",
        ];
        let waivers = rules.map(|rule| {
            format!(
                "  - {{ rule: {rule}, where: {{ file: '**/*' }}, reason: legacy, owner: office, issued: 2026-11-01, until: 2026-12-31 }}\n"
            )
        });
        let head = "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n";
        it.add("waivers.yaml", &format!("{head}{}", waivers.concat()));
        it.settings.push_str("waivers: [waivers.yaml]\n");
    }),
    ("baseline", |it| it.has_baseline = true),
    ("exclude", |it| {
        it.settings.push_str("exclude: [agencies, store]\n");
    }),
    ("settings to build on that exclude", |it| {
        it.add(
            "z/spokeslint.yaml",
            "extends: [none, ../circular]\nexclude: [agencies, store]\n",
        );
        it.extends.push_str(", ./z");
    }),
    ("include", |it| it.settings.push_str("include: [other]\n")),
    ("rules switched off", |it| {
        it.settings.push_str("rules: { circular: off }\n");
    }),
    ("rules switched off for some files", |it| {
        it.settings
            .push_str("overrides: [{ files: ['**/*'], rules: { circular/no-site: off } }]\n");
    }),
    ("only errors fail", |it| {
        it.settings.push_str("fail_on: error\n");
    }),
    ("settings in the folder", |it| {
        it.add(
            "agencies/spokeslint.yaml",
            "extends: [none]\nfail_on: error\n",
        );
    }),
    ("settings in the folder that exclude", |it| {
        it.add(
            "agencies/sub/spokeslint.yaml",
            "extends: [none]\nexclude: ['*']\n",
        );
        it.path = it.path.replace("agencies/", "agencies/sub/");
    }),
    ("another suffix", |it| {
        it.path = it.path.replace(".yaml", ".json");
    }),
    ("the name of settings", |it| {
        it.path = it.path.replace("bad.yaml", "deep/spokeslint.yaml");
    }),
    #[cfg(unix)]
    ("linked from a hidden folder", |it| {
        let target = it.path.replace("agencies/", ".store/");
        let up = "../".repeat(it.path.matches('/').count());
        it.links.push((it.path.clone(), format!("{up}{target}")));
        it.path = target;
    }),
];

#[test]
fn nothing_talks_past_a_final_rule() {
    use rayon::prelude::*;
    let count = ATTEMPTS.len();
    let pairs = (0..count).flat_map(|one| (one..count).map(move |other| (one, other)));
    let passed: Vec<String> = pairs
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|(one, other)| {
            let mut project = Project::new();
            ATTEMPTS[one].1(&mut project);
            if one != other {
                ATTEMPTS[other].1(&mut project);
            }
            let run = project.check();
            let names = format!("{} + {}", ATTEMPTS[one].0, ATTEMPTS[other].0);
            (run.code == 0).then(|| format!("{names}:\n{}{}", run.out, run.err))
        })
        .collect();
    assert!(
        passed.is_empty(),
        "{} pass:\n{}",
        passed.len(),
        passed.join("\n")
    );
}

/// Without this the property would say nothing: the same project passes once the agency keeps the rules.
#[test]
fn the_project_passes_once_the_final_rules_are_kept() {
    let mut project = Project::new();
    assert_eq!(project.check().code, 1);
    project.replace("id: fire", "id: fire\nwebsite: https://fire.example");
    project.replace("[replies]", "[personal]");
    let run = project.check();
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}
