//! Agencies of about 3 KB, as a careful office would write them: Arabic texts, comments, flow and block
//! style, an anchor in every other file. The same seed gives the same bytes.

use std::fmt::Write as _;

/// One agency file.
pub(crate) fn agency(seed: usize) -> String {
    let mut text = head(seed);
    accounts(&mut text, seed);
    text.push_str(POLICIES);
    text
}

fn head(seed: usize) -> String {
    format!(
        "# وصف حسابات الجهة رقم {seed}\n\
         apiVersion: spokeslint/v1\n\
         kind: Agency\n\
         id: agency-{seed}\n\
         name: {{ en: Agency {seed}, ar: الهيئة رقم {seed} }}\n\
         jurisdiction: SA\n\
         level: national\n\
         domains: [agency{seed}.example]\n\
         units:\n\
         \x20 - id: communication\n\
         \x20   name: {{ en: Corporate Communication, ar: الإدارة العامة للاتصال المؤسسي }}\n\
         people:\n\
         \x20 - {{ id: person-a, name: {{ en: Salem Saad, ar: سالم سعد }}, joined: 2015-03-01, left: 2023-12-31 }}\n\
         \x20 - {{ id: person-b, name: {{ en: Huda Omar, ar: هدى عمر }}, joined: 2020-02-02 }}\n\
         \x20 - {{ id: person-c, name: {{ en: Faris Adel, ar: فارس عادل }}, joined: 2019-05-05 }}\n\
         roles:\n\
         \x20 - id: spokesperson\n\
         \x20   title: {{ en: Official spokesperson, ar: المتحدث الرسمي }}\n\
         \x20   established: 2018-11-01\n\
         \x20   tenures:\n\
         \x20     - {{ holder: person-a, from: 2019-01-01, until: 2023-12-31 }}\n\
         \x20     - {{ holder: person-b, from: 2024-01-01 }}  # بعد محضر تسليم واستلام\n\
         accounts:\n"
    )
}

fn accounts(text: &mut String, seed: usize) {
    let (anchor, operators) = match seed % 2 {
        0 => (" &team", " *team".to_owned()),
        _ => ("", format!("\n{OPERATORS}")),
    };
    // Writing to a `String` cannot fail.
    let _ = write!(
        text,
        "\x20 - id: main\n\
         \x20   platform: x\n\
         \x20   handle: example_a{seed}\n\
         \x20   url: https://x.com/example_a{seed}\n\
         \x20   display_name: \"الهيئة رقم {seed}\"\n\
         \x20   kind: agency\n\
         \x20   owner: agency\n\
         \x20   supervised_by: communication\n\
         \x20   operators:{anchor}\n{OPERATORS}\
         \x20   uses: [announcements, clarifications, replies]\n\
         \x20   created: 2012-04-01\n\
         \x20   verified: true\n\
         \x20   listed_at: [https://agency{seed}.example/contact]\n\
         \x20   replies_within: 12h\n\
         \x20 - id: spokesperson\n\
         \x20   platform: x\n\
         \x20   handle: spokesperson_{}\n\
         \x20   display_name: 'المتحدث الرسمي للهيئة'\n\
         \x20   kind: role\n\
         \x20   role: spokesperson\n\
         \x20   owner: agency\n\
         \x20   supervised_by: communication\n\
         \x20   operators:{operators}\n\
         \x20   uses: [media]\n\
         \x20   created: 2018-12-01\n\
         \x20   verified: {}\n\
         \x20   listed_at: [https://agency{seed}.example/contact]\n\
         \x20   x-note: |\n\
         \x20     يُراجَع هذا الحساب كل سنة،\n\
         \x20     ويُعرض تقييمه على اللجنة المختصة.\n",
        seed % 100,
        !seed.is_multiple_of(7),
    );
}

const OPERATORS: &str = "      \
    - { person: person-b, right: publish, from: 2024-01-01, trained: 2023-12-12, reason: holds the office }\n      \
    - { person: person-c, right: admin, from: 2019-06-01, trained: 2019-05-20, reason: heads the team }\n";

const POLICIES: &str = "\
channels:
  - { kind: email, serves: [media], address: media@agency.example }
handovers:
  - account: spokesperson
    from: person-a
    to: person-b
    basis: agreement
    on: 2023-12-31
    record: Handover record 2023/118
    steps: [credentials, recovery, mfa, sessions, bio, archive, sign-off]
policies:
  direction:
    title: Circular on the accounts through which the agency speaks
    issued: 2023-12-01
    recipients: [person-b, person-c]
    acknowledged_by: [person-b, person-c]
  publishing: { title: Publishing standards, issued: 2018-11-20, url: https://agency.example/standards }
  replies: { from: [main], within: 24h }
  handover:
    title: Handover of accounts
    within: 7d
    steps: [credentials, recovery, mfa, sessions]
    agreements:
      - { by: person-a, signed: 2018-12-20 }
      - { by: person-b, signed: 2023-12-20 }
  origins: { announcements: main, clarifications: main, replies: main }
";
