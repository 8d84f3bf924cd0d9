//! Counts work in tests: how often something is looked at, on this thread. Outside of tests it is nothing.

/// Counts so much work.
#[cfg(test)]
pub(crate) fn count(work: usize) {
    tests::DONE.set(tests::DONE.get() + work as u64);
}

/// Returns the work that was counted so far.
#[cfg(test)]
pub(crate) fn done() -> u64 {
    tests::DONE.get()
}

/// Counts so much work in tests.
#[cfg(not(test))]
#[inline]
pub(crate) const fn count(_: usize) {}

#[cfg(test)]
mod tests {
    //! Twice the input is at most twice the work, for every kind of input that once was more.

    use std::cell::Cell;
    use std::fmt::Write as _;
    use std::path::Path;
    use std::sync::Arc;

    use crate::date::Date;
    use crate::engine::{Engine, MOST_FINDINGS, Report, Settings};
    use crate::pack::Packs;
    use crate::source::Source;
    use crate::suppress::{Baseline, Leniency, Waivers};

    thread_local! {
        pub(super) static DONE: Cell<u64> = const { Cell::new(0) };
    }

    /// Returns the work that something takes.
    fn work<T>(doing: impl FnOnce() -> T) -> u64 {
        let before = super::done();
        doing();
        super::done() - before
    }

    /// Twice the input is at most 2.2 times the work, and there is some that is counted.
    fn grows_evenly(name: &str, of: impl Fn(usize) -> u64) {
        let [one, two, four] = [500, 1_000, 2_000].map(&of);
        assert!(one > 0, "{name}: nothing is counted");
        assert!(two * 10 <= one * 22, "{name}: {one}, {two}");
        assert!(four * 10 <= two * 22, "{name}: {one}, {two}, {four}");
    }

    fn day() -> Date {
        Date::parse("2026-11-28").unwrap()
    }

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("a.yaml", text))
    }

    fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
        (0..count).map(line).collect()
    }

    fn agency(rest: &str) -> Arc<Source> {
        let head = "apiVersion: spokeslint/v1\nkind: Agency\nid: w\nname: { en: W }\n";
        source(&format!("{head}{rest}"))
    }

    fn accounts(count: usize) -> String {
        let account =
            |n: usize| format!("  - {{ id: a{n}, platform: x, handle: h{n}, kind: agency }}\n");
        format!("accounts:\n{}", lines(count, account))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "tests lay out folders of their own"
    )]
    fn pack(rest: &str) -> Packs {
        let folder = tempfile::tempdir().unwrap();
        let words = "title: { en: a, ar: أ }\nabout: { en: a, ar: أ }\n";
        let own = folder.path().join("own");
        std::fs::create_dir(&own).unwrap();
        std::fs::write(own.join("pack.yaml"), words).unwrap();
        let rule = format!(
            "severity: error\nsummary: {{ en: a, ar: أ }}\nwhy: {{ en: a, ar: أ }}\n\
             message: {{ en: a, ar: أ }}\n{rest}\n"
        );
        std::fs::write(own.join("rule.yaml"), rule).unwrap();
        let mut packs = Packs::empty();
        packs.load(folder.path()).unwrap();
        packs
    }

    fn engine(packs: &Packs) -> Engine {
        let mut settings = Settings::new(day());
        settings.profiles.clear();
        settings.select = vec!["own".to_owned()];
        Engine::new(packs, &settings).unwrap()
    }

    fn builtin() -> Engine {
        Engine::new(&Packs::builtin().unwrap(), &Settings::new(day())).unwrap()
    }

    fn checked(engine: &Engine, source: &Arc<Source>) -> Report {
        engine.check(source, true)
    }

    #[test]
    fn what_is_wrong_with_a_document() {
        let engine = builtin();
        let of = |name: &str, rest: &dyn Fn(usize) -> String| {
            grows_evenly(name, |count| {
                let source = agency(&rest(count));
                work(|| checked(&engine, &source))
            });
        };
        of("a key that is given again", &|count| {
            format!("x-a:\n{}", "  a: 1\n".repeat(count))
        });
        of("keys that are given twice", &|count| {
            format!(
                "x-a:\n{}",
                lines(count, |n| format!("  a{n}: 1\n  a{n}: 2\n"))
            )
        });
        of("aliases without an anchor", &|count| {
            format!(
                "x-b: &b 1\nx-a:\n{}",
                lines(count, |n| format!("  - *a{n}\n"))
            )
        });
        of("merge keys", &|count| {
            format!("x-b: &b {{ c: 1 }}\nx-a:\n{}", "  <<: *b\n".repeat(count))
        });
        of("unknown keys", &|count| {
            lines(count, |n| format!("acounts{n}: 1\n"))
        });
        of("unknown words", &|count| {
            let account =
                |n: usize| format!("  - {{ id: a{n}, platform: y{n}, handle: h, kind: z }}\n");
            format!("accounts:\n{}", lines(count, account))
        });
        of("comments that name no rule", &|count| {
            lines(count, |n| format!("# spokeslint: ignore a/b{n} -- x\n"))
        });
        of("a comment that names no rules", &|count| {
            let names = lines(count, |n| format!(", a/b{n}"));
            format!("# spokeslint: ignore a/b{names} -- x\n")
        });
    }

    #[test]
    fn names_that_are_long() {
        let long = |count: usize| "accounts".repeat(count);
        grows_evenly("a long name", |count| {
            let long = long(count);
            work(|| {
                (
                    crate::text::nearest(&long, ["account"; 3]),
                    count_bytes(count),
                )
            })
        });
        grows_evenly("long candidates", |count| {
            let long = long(count);
            work(|| {
                (
                    crate::text::nearest("acounts", [&*long; 3]),
                    count_bytes(count),
                )
            })
        });
    }

    /// Counts the work of reading the name, whatever is done with it.
    fn count_bytes(bytes: usize) {
        super::count(bytes);
    }

    #[test]
    fn the_proof_of_a_rule() {
        let of = |name: &str, condition: &dyn Fn(usize) -> String| {
            grows_evenly(name, |count| {
                let rule = format!("assert: >-\n  {}\n", condition(count));
                work(|| pack(&rule))
            });
        };
        let list = |from: usize, count: usize| {
            let words: Vec<String> = (from..from + count).map(|n| format!("'a{n}'")).collect();
            format!("[{}]", words.join(","))
        };
        of("one list", &|count| {
            format!("agency.id in {}", list(0, count))
        });
        of("two lists", &|count| {
            format!(
                "agency.id in {} && agency.id in {}",
                list(0, count),
                list(9, count)
            )
        });
        of("comparisons", &|count| {
            joined(count, &|n| format!("agency.id == 'a{n}'"))
        });
        of("texts that are asked", &|count| {
            joined(count, &|n| format!("agency.id.startsWith('{n}')"))
        });
        of("loops", &|count| {
            let one = |n: usize| format!("agency.accounts.exists(a, a.id == '{n}')");
            format!("has(agency.accounts) && {}", joined(count / 2, &one))
        });
    }

    /// Conditions joined by `||` so that the whole is not deep.
    fn joined(count: usize, one: &dyn Fn(usize) -> String) -> String {
        let mut parts: Vec<String> = (0..count).map(one).collect();
        while parts.len() > 1 {
            let pairs = parts.chunks(2).map(|pair| format!("({})", pair.join("||")));
            parts = pairs.collect();
        }
        parts.remove(0)
    }

    const PAIRS: &str = "each: [a in agency.accounts, b in agency.accounts]\nassert: a.id == b.id";

    #[test]
    fn the_findings_of_a_rule() {
        let engine = engine(&pack(PAIRS));
        let made = |count: usize| {
            let source = agency(&accounts(count));
            work(|| {
                let report = checked(&engine, &source);
                let most = count * (count - 1);
                let listed = most.min(MOST_FINDINGS);
                let more = usize::from(most > listed);
                assert_eq!(report.diagnostics.len(), listed + more);
                assert_eq!(
                    report.unlisted.get("own/rule").copied().unwrap_or(0),
                    most - listed
                );
            })
        };
        let [few, many] = [40, 80].map(made);
        assert!(many * 10 <= few * 22, "{few}, {many}");
    }

    #[test]
    fn a_rule_that_takes_too_many_steps_is_not_evaluated_and_says_so_once() {
        let clauses: Vec<String> = "abcd"
            .chars()
            .map(|c| format!("{c} in agency.accounts"))
            .collect();
        let rule = "assert: a.id != b.id || c.id != d.id || a.handle == b.handle";
        let engine = engine(&pack(&format!("each: [{}]\n{rule}", clauses.join(", "))));
        let report = checked(&engine, &agency(&accounts(60)));
        assert!(report.broken);
        assert_eq!(
            (report.tally.not_evaluated, report.diagnostics.len()),
            (1, 1)
        );
        let said = report.diagnostics[0].message.plain(crate::Lang::En);
        let why = "this takes more steps than a rule may take";
        assert_eq!(
            said,
            format!("the rule `own/rule` cannot be evaluated here: {why}")
        );
    }

    #[test]
    fn phrases_and_names_in_texts() {
        let of = |name: &str, call: &str, inputs: &dyn Fn(usize) -> [String; 2]| {
            grows_evenly(name, |count| {
                let [text, sought] = inputs(count);
                let condition = format!("{call}(agency.name.en, '{sought}')");
                let rule = format!("assert: >-\n  has(agency.name.en) && !{condition}\n");
                let engine = engine(&pack(&rule));
                let source = source(&format!(
                    "apiVersion: spokeslint/v1\nkind: Agency\nid: w\nname: {{ en: '{text}' }}\n"
                ));
                work(|| assert!(!checked(&engine, &source).broken))
            });
        };
        of("a phrase that nearly stands there", "mentions", &|count| {
            ["a ".repeat(10 * count), "a ".repeat(5 * count) + "b"]
        });
        of("the same with articles", "mentions", &|count| {
            let text = |count| "خالد المتحدث ".repeat(count);
            [text(count), text(count / 2) + "b"]
        });
        of("a phrase that ends within a word", "mentions", &|count| {
            ["aaa ".repeat(10 * count), "a".repeat(15 * count + 1)]
        });
        of("a part of a name", "contains_name", &|count| {
            ["a ".repeat(10 * count), "a".repeat(5 * count) + "b"]
        });
    }

    fn waivers(count: usize, rule: &dyn Fn(usize) -> String) -> Vec<Waivers> {
        let entry = |n: usize| {
            format!(
                "  - {{ rule: {}, where: {{ document: w, path: 'accounts[a{n}]' }}, reason: r, \
                 owner: o, issued: 2026-11-01, until: 2026-12-01 }}\n",
                rule(n)
            )
        };
        let text = format!(
            "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n{}",
            lines(count, entry)
        );
        vec![Waivers::read(&source(&text), Path::new("."))]
    }

    #[test]
    fn what_sets_findings_aside() {
        let rule = "each: a in agency.accounts\nassert: a.id == 'none'";
        let engine = engine(&pack(rule));
        let of = |name: &str, leniency: &dyn Fn(usize) -> Leniency| {
            grows_evenly(name, |count| {
                let leniency = leniency(count);
                let source = agency(&accounts(count));
                work(|| {
                    let mut report = checked(&engine, &source);
                    leniency.apply(&mut report, &engine, true);
                })
            });
        };
        of("waivers", &|count| Leniency {
            waivers: waivers(count, &|_| "own/rule".to_owned()),
            baseline: None,
        });
        let dates =
            |until: &str| format!("reason: r, owner: o, issued: 2026-11-01, until: {until}");
        let by_file = |count: usize, until: &str| {
            let entry = |n: usize| {
                let file = format!("{{ file: '*{}.yaml' }}", "?".repeat(n % 2) + &n.to_string());
                format!(
                    "  - {{ rule: own/rule, where: {file}, {} }}\n",
                    dates(until)
                )
            };
            let fits = "  - { rule: own/rule, where: { file: '*.yaml' }, ";
            let head = "apiVersion: spokeslint/v1\nkind: Waivers\nwaivers:\n";
            let text = format!("{head}{}{fits}{} }}\n", lines(count, entry), dates(until));
            vec![Waivers::read(&source(&text), Path::new("."))]
        };
        of("waivers of other files", &|count| Leniency {
            waivers: by_file(count, "2026-12-01"),
            baseline: None,
        });
        of("waivers of no rule", &|count| Leniency {
            waivers: waivers(count, &|n| format!("own/none{n}")),
            baseline: None,
        });
        of("a baseline of no rule", &|count| {
            let entry = |n: usize| {
                format!("  - {{ rule: own/none{n}, document: Agency/w, path: a, digest: a{n} }}\n")
            };
            let head = "apiVersion: spokeslint/v1\nkind: Baseline\nfindings:\n";
            let text = format!("{head}{}", lines(count, entry));
            Leniency {
                waivers: Vec::new(),
                baseline: Some(Baseline::read(&source(&text)).unwrap()),
            }
        });
        grows_evenly("comments that have run out", |count| {
            let mut text = String::new();
            for _ in 0..count {
                let _ = writeln!(text, "# spokeslint: ignore own/rule until 2026-01-01 -- x");
            }
            let source = source(&format!("{text}{}", agency(&accounts(count)).text()));
            work(|| checked(&engine, &source))
        });
    }

    #[test]
    fn what_sets_findings_aside_in_many_files() {
        let engine = engine(&pack("assert: agency.id == 'none'"));
        grows_evenly("files and entries", |count| {
            let entry = |n: usize| {
                format!("  - {{ rule: own/rule, document: Agency/v{n}, path: a, digest: a{n} }}\n")
            };
            let head = "apiVersion: spokeslint/v1\nkind: Baseline\nfindings:\n";
            let text = format!("{head}{}", lines(count, entry));
            let leniency = Leniency {
                waivers: waivers(count, &|_| "own/rule".to_owned()),
                baseline: Some(Baseline::read(&source(&text)).unwrap()),
            };
            let source = agency("");
            work(|| {
                let ready = leniency.ready(&engine);
                for _ in 0..count {
                    let mut report = checked(&engine, &source);
                    ready.set_aside(&mut report);
                    assert_eq!(report.diagnostics.len(), 1);
                }
            })
        });
    }
}
