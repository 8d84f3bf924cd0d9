//! Documents inside others, where nothing checks them: an error at each, while references and data of other tools are
//! passed over.

use super::{agency, clean, found, put_bytes, report};

/// An agency as an item of a list, without or with another header.
fn item(header: &str) -> String {
    let text = agency("item");
    let rest = text.split_once("id: ").unwrap().1;
    let text = format!("{header}id: {rest}");
    format!("- {}\n", text.trim_end().replace('\n', "\n  "))
}

const HEADERS: &[&str] = &[
    "apiVersion: spokeslint/v1\nkind: Agency\n",
    "kind: Agency\n",
    "kind: agency\n",
    "Kind: Agency\n",
    "kind: ᴀɢᴇɴᴄʏ\n",
    "apiVersion: v1\nkind: Agency\n",
    "apiVersion: spokeslint/v1\n",
    "apiversion: spokeslint/v1\n",
    "apiVersion: spokelint/v1\n",
    "apiVersion: ꜱᴘᴏᴋᴇꜱʟɪɴᴛ/v1\n",
    "api_version: spokeslint/v2\nkind: agancy\n",
    "version: spokeslint/v1\n",
    "",
];

/// What may be around a list.
const AROUND: &[&str] = &[
    "",
    "kind: List\nitems:\n",
    "agencies:\n",
    "apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Service }\n",
];

#[test]
fn a_document_in_a_list_of_another_is_an_error_at_it() {
    let folder = tempfile::tempdir().unwrap();
    put_bytes(folder.path(), "good.yaml", clean("good").as_bytes());
    let mut wanted = Vec::new();
    for header in HEADERS {
        for before in AROUND {
            let name = format!("{}.yaml", wanted.len());
            let text = format!("{before}{}", item(header));
            put_bytes(folder.path(), &name, text.as_bytes());
            wanted.push((name, text));
        }
    }
    for header in HEADERS {
        let name = format!("{}.yaml", wanted.len());
        let text = format!(
            "a:\n  b:\n  {}",
            item(header).replacen('-', " ", 1).replace('\n', "\n  ")
        );
        put_bytes(folder.path(), &name, text.as_bytes());
        wanted.push((name, text));
    }
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let found = found(&report);
    for (name, text) in &wanted {
        // An item is shown by its `id`, what stands below a key by the key.
        let is_head = |line: &str| line.contains("id: item") || line == "  b:";
        let line = text.lines().position(is_head).unwrap();
        let line = u64::try_from(line).unwrap() + 1;
        let rules = found
            .get(name)
            .unwrap_or_else(|| panic!("passed over:\n{text}"));
        assert_eq!(rules, &[("schema/api-version".to_owned(), line)], "{text}");
    }
}

#[test]
fn a_document_below_an_extension_of_ours_is_an_error_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let inner = item(HEADERS[0]);
    let lines = u64::try_from(clean("a").lines().count()).unwrap();
    let below = |before: &str, inner: &str| format!("{}{before}{inner}", clean("a"));
    let nested = inner.replacen('-', " ", 1);
    for (name, text) in [
        ("list.yaml", below("x-more:\n", &inner)),
        ("mapping.yaml", below("x-more:\n", &nested)),
    ] {
        put_bytes(folder.path(), name, text.as_bytes());
    }
    let free = "x-more:\n- { kind: Agency, id: a, name: b }\n- { apiVersion: spokeslint/v1, id: a }\nx-v: { version: spokeslint/v1 }\n";
    put_bytes(
        folder.path(),
        "free.yaml",
        below("", free).replace("id: a\n", "id: b\n").as_bytes(),
    );
    let header = "x-h: &h { apiVersion: spokeslint/v1, kind: Agency }\n<<: *h\n";
    let merged = clean("c").replace("apiVersion: spokeslint/v1\nkind: Agency\n", header);
    put_bytes(folder.path(), "merged.yaml", merged.as_bytes());
    let (run, report) = report(folder.path(), &[]);
    assert_eq!(run.code, 1, "{}", run.err);
    let found = found(&report);
    for (name, line) in [("list.yaml", 4), ("mapping.yaml", 1)] {
        let wanted = ("schema/api-version".to_owned(), lines + line);
        assert!(found[name].contains(&wanted), "{name}: {:?}", found[name]);
    }
    for name in ["free.yaml", "merged.yaml"] {
        assert!(!found.contains_key(name), "{name}: {:?}", found[name]);
    }
}
