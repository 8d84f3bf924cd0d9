//! Every shape error: where it points, what it says in both languages, and what it advises.

use spokeslint::schema::{self, Shapes};
use spokeslint::{Lang, Source};

use super::{check, check_part, help, line, under};

/// A fragment, and of its only error the rule, the text it points at, the English and the Arabic
/// message, and the English help.
type Case = (&'static str, [&'static str; 5]);

fn assert_cases(cases: &[Case]) {
    for (fragment, want) in cases {
        let checked = check_part(fragment);
        let found = checked.only();
        let got = [
            &found.rule,
            under(found, 0),
            &found.message.plain(Lang::En),
            &found.message.plain(Lang::Ar),
            &help(found, Lang::En),
        ]
        .map(str::to_owned);
        assert_eq!(got, want.map(str::to_owned), "{fragment}");
        assert_eq!(
            found.help.is_some(),
            !help(found, Lang::Ar).is_empty(),
            "{fragment}"
        );
    }
}

#[test]
fn a_healthy_document_is_silent() {
    let checked = check_part(
        "jurisdiction: SA\nlevel: national\nwebsite: https://example.gov.sa\nx-note: { free: [~, 1] }\n\
         people: [{ id: p, name: { ar: فلان }, joined: 2011-09, x-a: 1 }]\n\
         accounts:\n  - { id: a, platform: x, handle: example, kind: role, followers: 0, replies_within: 2 weeks,\n\
         \x20     uses: [service-requests], mfa: { enabled: true }, registration: { phone: '920000000' } }",
    );
    assert_eq!(checked.lines(), Vec::<String>::new());
    assert!(checked.found.poison.is_empty());
}

#[test]
fn an_unknown_key_is_shown_with_what_was_meant_or_what_is_allowed() {
    assert_cases(&[
        (
            "acounts: []",
            [
                "schema/unknown-key",
                "acounts",
                "unknown key `acounts`",
                "المفتاح `acounts` غير معروف",
                "did you mean `accounts`? begin a key of your own with `x-`",
            ],
        ),
        (
            "channels: [{ kind: phone, serves: [media], hotline: '1' }]",
            [
                "schema/unknown-key",
                "hotline",
                "unknown key `hotline`",
                "المفتاح `hotline` غير معروف",
                "the keys here are `kind`, `serves`, `address`, `hours`; begin a key of your own with `x-`",
            ],
        ),
        (
            "accounts: [{ id: a, platform: x, handle: h, kind: agency, says_personal: true }]",
            [
                "schema/unknown-key",
                "says_personal",
                "unknown key `says_personal`",
                "المفتاح `says_personal` غير معروف",
                "`says_personal` stands inside `bio`; begin a key of your own with `x-`",
            ],
        ),
    ]);
}

#[test]
fn a_value_of_another_type_is_told_what_was_found() {
    assert_cases(&[
        (
            "domains: example.gov.sa",
            [
                "schema/type",
                "example.gov.sa",
                "expected a list, found the text `example.gov.sa`",
                "المتوقع قائمة، والموجود النص `example.gov.sa`",
                "write it as a list: `[example.gov.sa]`",
            ],
        ),
        (
            "accounts:",
            [
                "schema/type",
                "accounts",
                "expected a list, found nothing",
                "المتوقع قائمة، والموجود لا شيء",
                "write a value, or remove the key if there is nothing to say",
            ],
        ),
        (
            "accounts:\n  id: a\n  platform: x",
            [
                "schema/type",
                "accounts",
                "expected a list, found a mapping",
                "المتوقع قائمة، والموجود خريطة",
                "begin each item of the list with `- `",
            ],
        ),
    ]);
}

#[test]
fn a_mapping_or_a_single_value_is_told_from_a_list_and_from_nothing() {
    assert_cases(&[
        (
            "level: [national]",
            [
                "schema/type",
                "[national]",
                "expected `national`, `regional`, `municipal` or `unit`, found a list",
                "المتوقع `national` أو `regional` أو `municipal` أو `unit`، والموجود قائمة",
                "write the value alone: `national`",
            ],
        ),
        (
            "policies: { replies: { within: 7 } }",
            [
                "schema/type",
                "7",
                "expected a length of time such as `7d`, found the number `7`",
                "المتوقع مدة زمنية مثل `7d`، والموجود العدد `7`",
                "add a unit, such as `7d` or `7h`",
            ],
        ),
        (
            "policies: none",
            [
                "schema/type",
                "none",
                "expected a mapping, found the text `none`",
                "المتوقع خريطة، والموجود النص `none`",
                "write it as a mapping; its keys are `direction`, `publishing`, `replies`, `handover`, \
                 `personal_accounts`, `role_account`, `cybersecurity`, `media`, `crisis`, `transparency`, \
                 `complaints`, `unused_after`, `languages`, `origins`",
            ],
        ),
        (
            "accounts: [example_water]",
            [
                "schema/type",
                "example_water",
                "expected a mapping, found the text `example_water`",
                "المتوقع خريطة، والموجود النص `example_water`",
                "write it as a mapping; it needs `id`, `platform`, `handle`, `kind`",
            ],
        ),
        (
            "people: [~]",
            [
                "schema/type",
                "~",
                "expected a mapping, found nothing",
                "المتوقع خريطة، والموجود لا شيء",
                "write a value, or remove the item",
            ],
        ),
    ]);
}

#[test]
fn scalars_of_another_type_are_told_how_to_write_them() {
    assert_cases(&[
        (
            "policies: { personal_accounts: { may_answer: 'no' } }",
            [
                "schema/type",
                "'no'",
                "expected `true` or `false`, found the text `no`",
                "المتوقع `true` أو `false`، والموجود النص `no`",
                "write `false`, without quotes",
            ],
        ),
        (
            "channels: [{ kind: phone, serves: [public], address: 920000000 }]",
            [
                "schema/type",
                "920000000",
                "expected a text, found the number `920000000`",
                "المتوقع نص، والموجود العدد `920000000`",
                "put it in quotes to make it a text: `\"920000000\"`",
            ],
        ),
        (
            "people: [{ id: p, name: { en: P }, left: 2018 }]",
            [
                "schema/type",
                "2018",
                "expected a date such as `2018-07-10`, found the number `2018`",
                "المتوقع تاريخ مثل `2018-07-10`، والموجود العدد `2018`",
                "write the year, the month and the day in digits with dashes between them, such as \
                 `2018-07-10`; where only the month is known, `2011-09`",
            ],
        ),
    ]);
}

#[test]
fn a_count_is_a_whole_number_in_plain_digits() {
    assert_cases(&[
        (
            "accounts: [{ id: a, platform: x, handle: h, kind: agency, followers: '٧١٦٬٠٠٠' }]",
            [
                "schema/type",
                "'٧١٦٬٠٠٠'",
                "expected a whole number, found the text `٧١٦٬٠٠٠`",
                "المتوقع عدد صحيح، والموجود النص `٧١٦٬٠٠٠`",
                "write the digits alone, without quotes: `716000`",
            ],
        ),
        (
            "accounts: [{ id: a, platform: x, handle: h, kind: agency, followers: -1 }]",
            [
                "schema/range",
                "-1",
                "expected a whole number of at least `0`, found `-1`",
                "المتوقع عدد صحيح لا يقل عن `0`، والموجود `-1`",
                "",
            ],
        ),
        (
            "accounts: [{ id: a, platform: x, handle: h, kind: agency, followers: 1.5 }]",
            [
                "schema/type",
                "1.5",
                "expected a whole number, found the number `1.5`",
                "المتوقع عدد صحيح، والموجود العدد `1.5`",
                "",
            ],
        ),
    ]);
}

#[test]
fn a_missing_key_is_shown_at_what_lacks_it() {
    assert_cases(&[
        (
            "accounts:\n  - id: main\n    handle: h\n    kind: agency",
            [
                "schema/missing",
                "main",
                "the key `platform` is missing",
                "المفتاح `platform` ناقص",
                "add the key `platform` with one of the known values; the values are `x`, `facebook`, \
                 `instagram`, `youtube`, `linkedin`, `snapchat`, `tiktok`, `telegram`, `whatsapp`, `threads`, \
                 `mastodon`, `bluesky`, `other`",
            ],
        ),
        (
            "policies:\n  direction:\n    issued: 2018-07-10",
            [
                "schema/missing",
                "direction",
                "the key `title` is missing",
                "المفتاح `title` ناقص",
                "add the key `title` with a text",
            ],
        ),
        (
            "people: [{ id: p, name: {} }]",
            [
                "schema/missing",
                "name",
                "the key `en` or `ar` is missing",
                "المفتاح `en` أو `ar` ناقص",
                "add the key `en` or `ar` with a text",
            ],
        ),
    ]);
    let checked = check_part("units: [{ id: u }]");
    let label = checked.only().labels[0].text.clone().unwrap();
    assert_eq!(label.plain(Lang::En), "`name` is missing here");
    assert_eq!(label.plain(Lang::Ar), "ينقص هنا `name`");
}

#[test]
fn a_value_out_of_a_list_is_told_the_nearest_one() {
    assert_cases(&[
        (
            "level: nationl",
            [
                "schema/enum",
                "nationl",
                "expected `national`, `regional`, `municipal` or `unit`, found `nationl`",
                "المتوقع `national` أو `regional` أو `municipal` أو `unit`، والموجود `nationl`",
                "did you mean `national`?",
            ],
        ),
        (
            "accounts: [{ id: a, platform: orkut, handle: h, kind: agency }]",
            [
                "schema/enum",
                "orkut",
                "expected one of the known values, found `orkut`",
                "المتوقع إحدى القيم المعروفة، والموجود `orkut`",
                "the values are `x`, `facebook`, `instagram`, `youtube`, `linkedin`, `snapchat`, `tiktok`, \
                 `telegram`, `whatsapp`, `threads`, `mastodon`, `bluesky`, `other`",
            ],
        ),
        (
            "channels: [{ kind: fax, serves: [media] }]",
            [
                "schema/enum",
                "fax",
                "expected `phone`, `email`, `press-conference`, `broadcast`, `website` or `in-person`, found `fax`",
                "المتوقع `phone` أو `email` أو `press-conference` أو `broadcast` أو `website` أو `in-person`، والموجود `fax`",
                "",
            ],
        ),
    ]);
    let found = check("apiVersion: spokeslint/v2\nkind: agency\nid: a\nname: { en: A }\n");
    assert_eq!(
        found.lines(),
        [
            "schema/enum | spokeslint/v2 | expected `spokeslint/v1`, found `spokeslint/v2`",
            "schema/enum | agency | expected `Agency`, found `agency`",
        ]
    );
    let kind = &found.found.diagnostics[1];
    assert_eq!(help(kind, Lang::En), "did you mean `Agency`?");
    assert_eq!(help(kind, Lang::Ar), "هل تقصد `Agency`؟");
}

#[test]
fn dates_and_durations_are_refused_for_their_reason() {
    assert_cases(&[
        (
            "people: [{ id: p, name: { en: P }, left: 2018-06-31 }]",
            [
                "schema/date",
                "2018-06-31",
                "expected a day from `01` to `30` in June 2018, found `31`",
                "المتوقع يوم من `01` إلى `30` في يونيو 2018، والموجود `31`",
                "write the year, the month and the day in digits with dashes between them, such as \
                 `2018-07-10`; where only the month is known, `2011-09`",
            ],
        ),
        (
            "people: [{ id: p, name: { en: P }, left: 10-07-٢٠١٨ }]",
            [
                "schema/date",
                "10-07-٢٠١٨",
                "expected a date such as `2018-07-10`, found `10-07-٢٠١٨`",
                "المتوقع تاريخ مثل `2018-07-10`، والموجود `10-07-٢٠١٨`",
                "write the year, the month and the day in digits with dashes between them, such as \
                 `2018-07-10`; where only the month is known, `2011-09`",
            ],
        ),
        (
            "policies: { handover: { within: 3 months } }",
            [
                "schema/duration",
                "3 months",
                "expected a unit of fixed length, found `months`: months and years differ in length",
                "المتوقع وحدة زمنية ثابتة الطول، والموجود `months`: فالشهور والسنوات تتفاوت في الطول",
                "write the number of days, such as `90 days`",
            ],
        ),
    ]);
}

#[test]
fn addresses_are_told_what_would_fit() {
    assert_cases(&[
        (
            "website: www.example.gov.sa/ar",
            [
                "schema/url",
                "www.example.gov.sa/ar",
                "expected an address such as `https://example.gov.sa`, found `www.example.gov.sa/ar`",
                "المتوقع عنوان إلكتروني مثل `https://example.gov.sa`، والموجود `www.example.gov.sa/ar`",
                "write `https://www.example.gov.sa/ar`",
            ],
        ),
        (
            "accounts: [{ id: a, platform: x, handle: h, kind: agency, registration: { email: '@example.sa' } }]",
            [
                "schema/email",
                "'@example.sa'",
                "expected an email address, found `@example.sa`",
                "المتوقع عنوان بريد إلكتروني، والموجود `@example.sa`",
                "write one address such as `media@example.gov.sa`",
            ],
        ),
    ]);
}

#[test]
fn patterns_are_told_what_would_fit() {
    assert_cases(&[
        (
            "people: [{ id: Head Office, name: { en: P } }]",
            [
                "schema/pattern",
                "Head Office",
                "expected small letters `a` to `z`, digits and dashes, found `Head Office`",
                "المتوقع أحرف لاتينية صغيرة من `a` إلى `z` وأرقام وشرطات، والموجود `Head Office`",
                "write `head-office`",
            ],
        ),
        (
            "jurisdiction: sa",
            [
                "schema/pattern",
                "sa",
                "expected a country as two capital letters (ISO 3166-1), found `sa`",
                "المتوقع رمز الدولة بحرفين لاتينيين كبيرين (ISO 3166-1)، والموجود `sa`",
                "write `SA`",
            ],
        ),
        (
            "policies: { languages: [AR-sa] }",
            [
                "schema/pattern",
                "AR-sa",
                "expected a language as two small letters (ISO 639-1), found `AR-sa`",
                "المتوقع رمز اللغة بحرفين لاتينيين صغيرين (ISO 639-1)، والموجود `AR-sa`",
                "write `ar`",
            ],
        ),
        (
            "policies: { languages: [Arabic] }",
            [
                "schema/pattern",
                "Arabic",
                "expected a language as two small letters (ISO 639-1), found `Arabic`",
                "المتوقع رمز اللغة بحرفين لاتينيين صغيرين (ISO 639-1)، والموجود `Arabic`",
                "write it like `ar`",
            ],
        ),
        (
            "people: [{ id: فلان, name: { ar: فلان } }]",
            [
                "schema/pattern",
                "فلان",
                "expected small letters `a` to `z`, digits and dashes, found `فلان`",
                "المتوقع أحرف لاتينية صغيرة من `a` إلى `z` وأرقام وشرطات، والموجود `فلان`",
                "write it like `education-ministry`",
            ],
        ),
    ]);
}

#[test]
fn all_errors_of_a_file_are_reported_at_once() {
    let checked = check(
        "kind: Agency\nid: A\nname: Education\naccounts:\n  - id: a\n    platfrom: x\n    handle: 7\n    kind: agency\n\
         \x20   uses: replies\n    created: 2018-13\n  - ~\n",
    );
    assert_eq!(
        checked.lines(),
        [
            "schema/pattern | A | expected small letters `a` to `z`, digits and dashes, found `A`",
            "schema/type | Education | expected a mapping, found the text `Education`",
            "schema/type | 7 | expected a text, found the number `7`",
            "schema/type | replies | expected a list, found the text `replies`",
            "schema/date | 2018-13 | expected a month from `01` to `12`, found `13`",
            "schema/unknown-key | platfrom | unknown key `platfrom`",
            "schema/type | ~ | expected a mapping, found nothing",
            "schema/missing | A | the key `apiVersion` is missing",
        ]
    );
}

#[test]
fn a_document_that_is_no_mapping_is_one_error() {
    for (text, want) in [
        (
            "- a\n- b\n",
            "schema/type | - a | expected a mapping, found a list",
        ),
        (
            "text\n",
            "schema/type | text | expected a mapping, found the text `text`",
        ),
    ] {
        assert_eq!(check(text).lines(), [want]);
    }
}

#[test]
fn a_secret_is_an_error_wherever_it_stands_and_is_never_shown() {
    for (fragment, key) in [
        ("password: hunter2", "password"),
        ("x-api_key: hunter2", "x-api_key"),
        ("x-notes: { deep: [{ mfaToken: hunter2 }] }", "mfaToken"),
        ("acounts: [{ otp: hunter2 }]", "otp"),
        ("policies: { direction: { title: T, pin: hunter2 } }", "pin"),
        ("domains: { secret: hunter2 }", "secret"),
        ("policies: [{ secret: hunter2 }]", "secret"),
        (
            "x-secrets:\n  instagram: hunter2\n  x: |\n    hunter2\n",
            "x-secrets",
        ),
        ("x-hidden: &h hunter2\npassword: *h", "password"),
    ] {
        let checked = check_part(fragment);
        let mut secrets = checked
            .found
            .diagnostics
            .iter()
            .filter(|found| found.rule == "schema/secret");
        let secret = secrets.next().unwrap_or_else(|| panic!("{fragment}"));
        assert!(secrets.next().is_none(), "{fragment}");
        assert_eq!(under(secret, 0), key);
        assert_eq!(
            secret.message.plain(Lang::Ar),
            format!("المفتاح `{key}` يدل على معلومة سرية، ولا مكان للأسرار في هذا الملف")
        );
        for found in &checked.found.diagnostics {
            for label in &found.labels {
                assert!(!label.source.text().contains("hunter2"), "{fragment}");
                assert_eq!(label.source.text().len(), checked.doc.source().text().len());
            }
            let said = format!("{:?} {:?} {:?}", found.message, found.help, found.why);
            assert!(!said.contains("hunter2"), "{fragment}");
        }
    }
}

#[test]
fn an_address_with_a_password_is_not_quoted() {
    let checked = check_part("website: https://user:hunter2@example.gov.sa");
    let found = checked.only();
    assert_eq!(found.rule, "schema/url");
    assert!(!found.message.en.contains("hunter2"));
    assert!(!found.labels[0].source.text().contains("hunter2"));
}

#[test]
fn other_diagnostics_of_the_file_can_hide_the_secret_too() {
    let checked = check_part("password: hunter2");
    let source = checked.doc.source();
    let label = spokeslint::Label::new(source, checked.doc.span(checked.doc.root()));
    let message = spokeslint::Text::new("m", "م");
    let mut others = [spokeslint::Diagnostic::error("a/b", message).with_label(label)];
    schema::hide(&mut others, source, &checked.found.secrets);
    assert!(under(&others[0], 0).starts_with("password: *******\n"));
}

#[test]
fn keys_about_a_secret_are_the_authors_own() {
    let checked =
        check_part("x-password-policy: yearly\nx-note: { secretary: p, token_holder: q }");
    assert_eq!(checked.lines(), Vec::<String>::new());
}

#[test]
fn a_secret_is_found_as_deep_as_the_parser_reads() {
    let depth = spokeslint::yaml::limits::NESTING - 2;
    let fragment = format!(
        "x-a: {}{{ password: hunter2 }}{}",
        "{ a: ".repeat(depth),
        " }".repeat(depth)
    );
    assert_eq!(under(check_part(&fragment).only(), 0), "password");
}

#[test]
fn too_many_errors_end_the_list_and_poison_everything() {
    let items = "- { id: a, name: { en: A }, left: never }\n".repeat(1_500);
    let checked = check_part(&format!("people:\n{items}"));
    assert_eq!(checked.found.diagnostics.len(), 1_001);
    let last = checked.found.diagnostics.last().unwrap();
    assert_eq!(
        line(last),
        "schema/too-many-problems | never | more than 1000 problems; the rest of the document was not checked"
    );
    assert!(checked.found.poison.is_node(checked.doc.root()));
    assert_eq!(checked.found.poison.cause(checked.doc.root()), Some(1_000));
}

#[test]
fn other_schemas_have_unions_maps_numbers_and_patterns() {
    let schema = serde_json::json!({
        "type": "object",
        "properties": {
            "each": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] },
            "share": { "type": "number" },
            "code": { "type": "string", "pattern": "^[0-9]+/[0-9]+$" },
        },
        "additionalProperties": { "type": "boolean" },
    });
    let shapes = Shapes::from_json_schema(&schema).unwrap();
    let lines = |text: &str| {
        let source = std::sync::Arc::new(Source::new("a.yaml", text));
        let doc = spokeslint::yaml::parse(&source).documents.remove(0);
        let found = schema::validate(&doc, doc.root(), &shapes, shapes.root());
        found.diagnostics.iter().map(line).collect::<Vec<_>>()
    };
    let none = Vec::<String>::new();
    assert_eq!(
        lines("each: a\nshare: 1\ncode: 12/3\nother: true\ntoken: true\n"),
        none
    );
    assert_eq!(lines("each: [a]\nshare: .5\n"), none);
    assert_eq!(
        lines("each: 5\nshare: much\ncode: 12\nother: 'yes'\ntoken: abc\n"),
        [
            "schema/type | 5 | expected a text or a list, found the number `5`",
            "schema/type | much | expected a number, found the text `much`",
            "schema/type | 12 | expected a text, found the number `12`",
            "schema/type | 'yes' | expected `true` or `false`, found the text `yes`",
            "schema/secret | token | the key `token` looks like a secret, and no secret belongs in this file",
        ]
    );
    assert_eq!(
        lines("code: 12-3\n"),
        ["schema/pattern | 12-3 | expected a text that matches `^[0-9]+/[0-9]+$`, found `12-3`"]
    );
}
