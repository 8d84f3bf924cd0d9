//! Which bytes each node stands on.

use super::{problems, rendered};

#[test]
fn a_mapping_ends_with_its_last_value() {
    let want = "\
document
  map 0..17 \"a: [1, 2]\\nb: \\\"y\\\"\"
    plain 0..1 \"a\"
      seq 3..9 \"[1, 2]\"
        plain Int(1) 4..5 \"1\"
        plain Int(2) 7..8 \"2\"
    plain 10..11 \"b\"
      double 13..16 \"\\\"y\\\"\" = \"y\"
";
    assert_eq!(
        rendered("a: [1, 2]\nb: \"y\"\n"),
        want.replace("0..17", "0..16")
    );
    assert!(problems("a: *x\n").starts_with("yaml/unknown-alias 1:4 "));
}
