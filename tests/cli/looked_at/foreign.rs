//! Files of other tools are passed over, each with a reason, and never an error.

use super::{agency, clean, not_checked, put_bytes, report};
use crate::cli::{check_in, put};

/// What repositories are full of.
const FOREIGN: &[(&str, &str)] = &[
    (
        "deployment.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, labels: { app: web } }\nspec:\n  replicas: 2\n  template: { spec: { containers: [{ name: web, image: \"web:1\" }] } }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\n",
    ),
    (
        "crd.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: agencies.example.org }\nspec:\n  group: example.org\n  names: { kind: Office, plural: offices }\n",
    ),
    (
        "agency-crd.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: agencies.example.org }\nspec:\n  group: example.org\n  names: { kind: Agency, plural: agencies }\n",
    ),
    (
        "owners.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  ownerReferences:\n  - { apiVersion: example.org/v1, kind: Agency, name: a, uid: b }\n",
    ),
    (
        "event.yaml",
        "apiVersion: v1\nkind: Event\ninvolvedObject: { kind: Agency, name: a, namespace: b }\n",
    ),
    (
        "schemas/header.json",
        "{ \"properties\": { \"apiVersion\": { \"const\": \"spokeslint/v1\" }, \"kind\": { \"const\": \"Agency\" } } }\n",
    ),
    (
        "checkout.yml",
        "jobs:\n  a:\n    steps:\n    - uses: actions/checkout@v4\n      with: { ref: spokeslint/v1 }\n",
    ),
    (
        "contacts.yaml",
        "contacts:\n- { kind: agency, phone: 1 }\n- { kind: person, phone: 2 }\n",
    ),
    (
        "role.yaml",
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: reader }\nrules:\n- { apiGroups: [\"\"], resources: [pods], verbs: [get] }\n",
    ),
    (
        "config-map.yaml",
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yaml: |\n    id: a\n    name: b\n",
    ),
    (
        "kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [deployment.yaml]\n",
    ),
    (
        ".github/workflows/ci.yml",
        "name: spokeslint\non: [push]\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: pip install \"spokeslint\"\n      - uses: example/spokeslint@v1\n",
    ),
    (
        ".pre-commit-config.yaml",
        "repos:\n  - repo: https://git.example/policy/spokeslint\n    rev: v0.1.0\n    hooks: [{ id: spokeslint }]\n",
    ),
    (
        ".gitlab-ci.yml",
        "include: 'https://git.example/policy/spokeslint/templates/check.yml'\ncheck: { script: [spokeslint check] }\n",
    ),
    (
        "compose.yaml",
        "services:\n  web:\n    image: nginx\n    ports: [\"80:80\"]\nvolumes: { data: {} }\n",
    ),
    (
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: { title: Accounts, version: 1.0.0 }\npaths:\n  /accounts:\n    get: { responses: { \"200\": { description: \"a list — of accounts\" } } }\n",
    ),
    (
        "mkdocs.yml",
        "site_name: Docs\nnav:\n  - Home: index.md\nmarkdown_extensions:\n  - pymdownx.emoji: { emoji_index: !!python/name:material.extensions.emoji.twemoji }\n",
    ),
    (
        "renovate.json",
        "{ \"$schema\": \"https://docs.renovatebot.com/renovate-schema.json\", \"extends\": [\"config:base\"] }\n",
    ),
    (
        "package.json",
        "{\n\t\"name\": \"site\",\n\t\"version\": \"1.0.0\",\n\t\"scripts\": { \"lint\": \"eslint \\\"src/**\\\"\" }\n}\n",
    ),
    (
        "tsconfig.json",
        "{\n  // comments\n  \"compilerOptions\": { \"strict\": true, },\n}\n",
    ),
    (
        "playbook.yml",
        "- hosts: web\n  name: install\n  roles: [common]\n  tasks:\n    - name: users\n      user: { name: \"{{ item }}\" }\n",
    ),
    (
        "helm/templates/web.yaml",
        "{{- if .Values.web }}\napiVersion: v1\nkind: Service\nmetadata:\n  name: {{ include \"web.name\" . }}\n  labels: {{- toYaml .Values.labels | nindent 4 }}\n{{- end }}\n",
    ),
    (
        "helm/templates/accounts.yaml",
        "{{ range .Values.accounts }}\nid: {{ .id }}\nname: {{ .name }}\nroles: {{ .roles }}\n{{ end }}\n",
    ),
    (
        "helm/values.yaml",
        "accounts: []\nname: web\nid: 1\nroles: [admin]\n",
    ),
    (
        "user.yaml",
        "id: 17\nname: Ali\nemail: a@example.org\nroles:\n  - { id: admin, permissions: [read] }\n",
    ),
    (
        "team.yaml",
        "id: platform\nname: Platform\nroles: [admin, reader]\n",
    ),
    (
        "bank.yaml",
        "id: 3\nname: Bank\naccounts:\n  - { id: 1, iban: XX00, balance: 10 }\n",
    ),
    ("list.yaml", "- a\n- b\n"),
    ("words.yaml", "just some words\n"),
    ("empty.yaml", ""),
    ("comments.yaml", "# nothing\n---\n# at all\n"),
    (
        "rules/eslint.yaml",
        "extends: stylelint\nrules: { no-console: error }\n",
    ),
    ("tab.yaml", "a:\n\t- b\n"),
    ("twice.yaml", "a: 1\na: 2\nb: *none\nc: !!int x\n"),
    ("windows.yaml", "path: C:\\Users\\x\nregex: \"^\\\\d+$\"\n"),
    ("arabic.yaml", "العنوان: «مرحبا»\nkind: post\n"),
    (
        "schema.json",
        "{ \"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"title\": \"Agency\", \"properties\": { \"kind\": { \"const\": \"Agency\" } } }\n",
    ),
    (
        "lint.yaml",
        "version: 1\nversions: [makeslint, stylelint/v1]\nname: lint\n",
    ),
    ("kinds.yaml", "kind: Baselines\nversion: v1\n"),
    (
        "rules/own.yaml",
        "severity: error\nkind: Agency\nsummary: { en: a, ar: ب }\nwhy: { en: a, ar: ب }\nassert: has(agency.website)\nmessage: { en: a, ar: ب }\n",
    ),
    (
        "spotless.yaml",
        "apiVersion: spotless.example.org/v1\nkind: Spotless\n",
    ),
];

#[test]
fn files_of_other_tools_are_passed_over_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in FOREIGN {
        put(folder.path(), name, text);
    }
    put_bytes(folder.path(), "latin.yaml", b"name: caf\xe9\nkind: Shop\n");
    put(folder.path(), "ours.yaml", &clean("ours"));
    super::git(folder.path(), &["init", "-q"]);
    super::git(folder.path(), &["add", "-A"]);
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let passed = not_checked(&report);
    for (name, _) in FOREIGN {
        assert!(
            passed.iter().any(|(path, _)| path == name),
            "{name} is nowhere"
        );
    }
    let reason = |name: &str| {
        passed
            .iter()
            .find(|(path, _)| path == name)
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(reason("latin.yaml"), "encoding");
    assert_eq!(reason("deployment.yaml"), "not-ours");
    let counts = &report["not_checked_by_reason"];
    let total: u64 = counts
        .as_object()
        .unwrap()
        .values()
        .filter_map(serde_json::Value::as_u64)
        .sum();
    assert_eq!(total, u64::try_from(passed.len()).unwrap());
}

#[test]
fn a_document_of_another_tool_beside_ours_is_counted_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{}---\nkind: Service\n---\n- a list\n---\n", clean("a"));
    put(folder.path(), "a.yaml", &text);
    let run = check_in(folder.path(), &["--format", "concise"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out
            .contains("\n2 documents of other tools passed over (shown with `--verbose`)\n"),
        "{}",
        run.out
    );
    let lines = clean("a").lines().count();
    let verbose = check_in(folder.path(), &["--format", "concise", "-v"]);
    let listed = format!(
        "passed over:\n  a.yaml:{}\n  a.yaml:{}\n",
        lines + 2,
        lines + 4
    );
    assert!(verbose.out.contains(&listed), "{}", verbose.out);
    // Who names the file vouches for all of it.
    assert_eq!(check_in(folder.path(), &["a.yaml"]).code, 1);
}

#[test]
fn a_bad_byte_is_an_error_in_a_file_that_is_named_or_may_be_ours() {
    let folder = tempfile::tempdir().unwrap();
    put_bytes(folder.path(), "foreign.yaml", b"name: caf\xe9\n");
    put_bytes(
        folder.path(),
        "ours.yaml",
        &[agency("a").as_bytes(), b"# caf\xe9\n"].concat(),
    );
    let run = check_in(folder.path(), &["--format", "concise"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.starts_with("ours.yaml:8:6: error[yaml/encoding]"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("\n1 file passed over, not UTF-8 (shown with `--verbose`)\n"),
        "{}",
        run.out
    );
    assert_eq!(check_in(folder.path(), &["foreign.yaml"]).code, 1);
}

#[test]
fn a_folder_without_a_document_says_what_is_there_instead() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), ".a.yaml", &agency("a"));
    put(folder.path(), "b.yaml", "a: [\n");
    let run = check_in(folder.path(), &[]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.err,
        "error: no document found in `.a.yaml` (hidden), `b.yaml` (no spokeslint document); documents begin with `apiVersion: spokeslint/v1`\n"
    );
}
