//! Which bytes each node stands on.

use super::rendered;

fn check(text: &str, want: &str) {
    let found = rendered(text);
    assert_eq!(found, want, "found:\n{found}");
}

#[test]
fn block_collections_end_with_their_last_child() {
    check(
        "# c0\na: 1 # c1\nb:\n  - x\n  -  y  \n\nc:\n  d:\n    e: f\n# last\n",
        r##"document
  map 5..50 "a: 1 # c1\nb:\n  - x\n  -  y  \n\nc:\n  d:\n    e: f"
    plain 5..6 "a"
      plain Int(1) 8..9 "1"
    plain 15..16 "b"
      seq 20..30 "- x\n  -  y"
        plain 22..23 "x"
        plain 29..30 "y"
    plain 34..35 "c"
      map 39..50 "d:\n    e: f"
        plain 39..40 "d"
          map 46..50 "e: f"
            plain 46..47 "e"
              plain 49..50 "f"
  comment "# c0"
  comment "# c1"
  comment "# last"
"##,
    );
}

#[test]
fn block_sequences_begin_at_their_first_dash() {
    check(
        "a:\n- x\n- - y\n  - z\nb: &l !t # c\n-\n- 1\n",
        r##"document
  map 0..37 "a:\n- x\n- - y\n  - z\nb: &l !t # c\n-\n- 1"
    plain 0..1 "a"
      seq 3..18 "- x\n- - y\n  - z"
        plain 5..6 "x"
        seq 9..18 "- y\n  - z"
          plain 11..12 "y"
          plain 17..18 "z"
    plain 19..20 "b"
      seq 32..37 "-\n- 1" &l !t
        plain Null 33..33 ""
        plain Int(1) 36..37 "1"
  comment "# c"
"##,
    );
}

#[test]
fn flow_collections_include_their_brackets() {
    check(
        "a: [1, {b: c, d: }, ]\ne: {\n  f: g,\n  h\n  }\ni: [j: k, ? l, : m]\n",
        r#"document
  map 0..62 "a: [1, {b: c, d: }, ]\ne: {\n  f: g,\n  h\n  }\ni: [j: k, ? l, : m]"
    plain 0..1 "a"
      seq 3..21 "[1, {b: c, d: }, ]"
        plain Int(1) 4..5 "1"
        map 7..18 "{b: c, d: }"
          plain 8..9 "b"
            plain 11..12 "c"
          plain 14..15 "d"
            plain Null 16..16 ""
    plain 22..23 "e"
      map 25..42 "{\n  f: g,\n  h\n  }"
        plain 29..30 "f"
          plain 32..33 "g"
        plain 37..38 "h"
          plain Null 38..38 ""
    plain 43..44 "i"
      seq 46..62 "[j: k, ? l, : m]"
        map 47..51 "j: k"
          plain 47..48 "j"
            plain 50..51 "k"
        map 53..56 "? l"
          plain 55..56 "l"
            plain Null 56..56 ""
        map 58..61 ": m"
          plain Null 58..58 ""
            plain 60..61 "m"
"#,
    );
}

#[test]
fn quoted_texts_include_their_quotes() {
    check(
        "a: \"x\\ty\"\n'b': 'it''s'\n\"c\": \"two\n  lines\"\nd: ''\n",
        r#"document
  map 0..47 "a: \"x\\ty\"\n'b': 'it''s'\n\"c\": \"two\n  lines\"\nd: ''"
    plain 0..1 "a"
      double 3..9 "\"x\\ty\"" = "x\ty"
    single 10..13 "'b'" = "b"
      single 15..22 "'it''s'" = "it's"
    double 23..26 "\"c\"" = "c"
      double 28..41 "\"two\n  lines\"" = "two lines"
    plain 42..43 "d"
      single 45..47 "''" = ""
"#,
    );
}

#[test]
fn block_texts_stand_on_their_content() {
    check(
        "a: |  # head\n   one\n   two\n\nb: >-\n\n  three\n  four\n\n  five\nc: |2+\n    six\n\nd: |\ne: &n !!str >- # none\n\n",
        r##"document
  map 0..93 "a: |  # head\n   one\n   two\n\nb: >-\n\n  three\n  four\n\n  five\nc: |2+\n    six\n\nd: |\ne: &n !!str >-"
    plain 0..1 "a"
      literal 16..26 "one\n   two" = "one\ntwo\n"
    plain 28..29 "b"
      folded 37..57 "three\n  four\n\n  five" = "\nthree four\nfive"
    plain 58..59 "c"
      literal 67..72 "  six" = "  six\n\n"
    plain 74..75 "d"
      literal 77..78 "|" = ""
    plain 79..80 "e"
      folded 91..93 ">-" = "" &n !!str
  comment "# head"
  comment "# none"
"##,
    );
}

#[test]
fn arabic_text_is_counted_in_bytes() {
    check(
        "الاسم: وزارة المثال # تعليق\n\"مفتاح\": [قيمة, 'أخرى']\n",
        r##"document
  map 0..85 "الاسم: وزارة المثال # تعليق\n\"مفتاح\": [قيمة, 'أخرى']"
    plain 0..10 "الاسم"
      plain 12..35 "وزارة المثال"
    double 49..61 "\"مفتاح\"" = "مفتاح"
      seq 63..85 "[قيمة, 'أخرى']"
        plain 64..72 "قيمة"
        single 74..84 "'أخرى'" = "أخرى"
  comment "# تعليق"
"##,
    );
}

#[test]
fn windows_and_old_mac_line_breaks_are_no_part_of_anything() {
    check(
        "a: b\r\nc: |\r\n  d\r\n  e\r\nf: \"g\r\n  h\"\r\n# c\rk: l\r",
        r##"document
  map 0..43 "a: b\r\nc: |\r\n  d\r\n  e\r\nf: \"g\r\n  h\"\r\n# c\rk: l"
    plain 0..1 "a"
      plain 3..4 "b"
    plain 6..7 "c"
      literal 14..20 "d\r\n  e" = "d\ne\n"
    plain 22..23 "f"
      double 25..33 "\"g\r\n  h\"" = "g h"
    plain 39..40 "k"
      plain 42..43 "l"
  comment "# c"
"##,
    );
}

#[test]
fn aliases_anchors_and_tags_have_their_own_spans() {
    check(
        "a: &x !!str 12\nb: *x\n*x : &y\n? !k z\n: !!int \"3\"\n",
        r#"document
  map 0..47 "a: &x !!str 12\nb: *x\n*x : &y\n? !k z\n: !!int \"3\""
    plain 0..1 "a"
      plain 12..14 "12" &x !!str
    plain 15..16 "b"
      alias 18..20 "*x"
    alias 21..23 "*x"
      plain Null 28..28 "" &y
    plain 34..35 "z" !k
      double Int(3) 44..47 "\"3\"" !!int
"#,
    );
}

#[test]
fn merged_entries_stand_behind_the_own_ones() {
    check(
        "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  z: 5\nd:\n  <<: *a\ne: {<<: {q: 6}}\nf: {'<<': 7}\n",
        r#"document
  map 0..103 "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  z: 5\nd:\n  <<: *a\ne: {<<: {q: 6}}\nf: {'<<': 7}"
    plain 0..1 "a"
      map 6..18 "{x: 1, y: 2}" &a
        plain 7..8 "x"
          plain Int(1) 10..11 "1"
        plain 13..14 "y"
          plain Int(2) 16..17 "2"
    plain 19..20 "b"
      map 25..37 "{y: 3, z: 4}" &b
        plain 26..27 "y"
          plain Int(3) 29..30 "3"
        plain 32..33 "z"
          plain Int(4) 35..36 "4"
    plain 38..39 "c"
      map 43..62 "<<: [*a, *b]\n  z: 5"
        plain 58..59 "z"
          plain Int(5) 61..62 "5"
        merged x from *a
        merged y from *a
    plain 63..64 "d"
      map 68..74 "<<: *a"
        merged x from *a
        merged y from *a
    plain 75..76 "e"
      map 78..90 "{<<: {q: 6}}"
        merged q from {q: 6}
    plain 91..92 "f"
      map 94..103 "{'<<': 7}"
        single 95..99 "'<<'" = "<<"
          plain Int(7) 101..102 "7"
"#,
    );
}

#[test]
fn missing_values_stand_behind_what_promises_them() {
    check(
        "a:\nb: # c\nc: !t\nd: &e\n? f\n? g\n:\n: h\ni: {j, k: , l: }\nm:\n  -\n  - # c\n  - !u\n",
        r##"document
  map 0..74 "a:\nb: # c\nc: !t\nd: &e\n? f\n? g\n:\n: h\ni: {j, k: , l: }\nm:\n  -\n  - # c\n  - !u"
    plain 0..1 "a"
      plain Null 2..2 ""
    plain 3..4 "b"
      plain Null 5..5 ""
    plain 10..11 "c"
      plain Null 15..15 "" !t
    plain 16..17 "d"
      plain Null 21..21 "" &e
    plain 24..25 "f"
      plain Null 25..25 ""
    plain 28..29 "g"
      plain Null 31..31 ""
    plain Null 32..32 ""
      plain 34..35 "h"
    plain 36..37 "i"
      map 39..52 "{j, k: , l: }"
        plain 40..41 "j"
          plain Null 41..41 ""
        plain 43..44 "k"
          plain Null 45..45 ""
        plain 48..49 "l"
          plain Null 50..50 ""
    plain 53..54 "m"
      seq 58..74 "-\n  - # c\n  - !u"
        plain Null 59..59 ""
        plain Null 63..63 ""
        plain Null 74..74 "" !u
  comment "# c"
  comment "# c"
"##,
    );
}

#[test]
fn several_documents_share_the_comments_out() {
    check(
        "# one\n---\na\n# two\n---\n# three\nb: c # four\n...\n# five\n--- |\n  d\n---\n# six\n",
        r##"document
  plain 10..11 "a"
  comment "# one"
  comment "# two"
document
  map 30..34 "b: c"
    plain 30..31 "b"
      plain 33..34 "c"
  comment "# three"
  comment "# four"
document
  literal 61..62 "d" = "d\n"
  comment "# five"
document
  plain Null 66..66 ""
  comment "# six"
"##,
    );
}
