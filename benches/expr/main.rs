//! One condition on the same data, here and by the `cel` crate, in rounds that take turns, so that a noisy machine
//! disturbs both alike. Prints the medians of nanoseconds an evaluation, and their ratio.
//!
//! `cargo bench --bench expr` (21 rounds); `-- ROUNDS` for others. `-- --once PLACE TIMES` runs the condition at
//! that place of the list so many times, here only, for counting instructions.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use cel::{Context, Env};
use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::engine::Evaluator;
use spokeslint::pack::Packs;

/// Conditions, each with the ratio that is aimed at. `account` is the first account, as for a rule with `each: account
/// in agency.accounts`, and `owner` is the agency: under a name of its own, so that nothing is remembered from one
/// evaluation to the next as it would be of a loop over `agency.accounts`.
const CONDITIONS: [(&str, f64); 4] = [
    (
        r#"account.kind == "personal" && "replies" in account.uses"#,
        4.0,
    ),
    (
        r#"owner.accounts.exists(a, a.id == "fourth" && a.kind == "personal")"#,
        10.0,
    ),
    (
        "owner.accounts.all(a, has(a.handle) && a.handle.matches('^[a-z0-9_]{3,30}$'))",
        10.0,
    ),
    ("owner.accounts.exists(a, a.handle.matches('_mine$'))", 10.0),
];

const DOCUMENT: &str = "\
apiVersion: spokeslint/v1
kind: Agency
id: water
name: { en: Water Agency, ar: هيئة المياه }
accounts:
  - { id: first, platform: x, handle: example_own, kind: personal, uses: [announcements, replies] }
  - { id: second, platform: x, handle: example_water, kind: agency, uses: [announcements, replies] }
  - { id: third, platform: x, handle: example_role, kind: role, uses: [media] }
  - { id: fourth, platform: x, handle: example_mine, kind: personal, uses: [personal, replies] }
";

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    let number = |place: usize, default: usize| {
        args.get(place)
            .and_then(|arg| arg.parse().ok())
            .unwrap_or(default)
    };
    let day = Date::parse("2026-01-01").expect("a day");
    let evaluator = Evaluator::new(&Packs::empty(), day);
    let source = Arc::new(Source::new("water.yaml", DOCUMENT));
    if args.first().is_some_and(|arg| arg == "--once") {
        ours(
            &evaluator,
            CONDITIONS[number(1, 0)].0,
            &source,
            number(2, 1_000),
        );
        return;
    }
    for (text, goal) in CONDITIONS {
        let theirs = Theirs::new(text);
        let (mut here, mut there, mut converted) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..number(0, 21) {
            here.push(ours(&evaluator, text, &source, 50_000));
            there.push(theirs.evaluate(5_000));
            converted.push(theirs.convert_and_evaluate(500));
        }
        let (here, there) = (median(&mut here), median(&mut there));
        say(&format!(
            "{here:8.0} ns  {there:8.0} ns  {:5.1} x (goal {goal} x)  {:8.0} ns with conversion  {text}",
            there / here,
            median(&mut converted),
        ));
    }
}

fn document() -> serde_json::Value {
    serde_yaml::from_str(DOCUMENT).expect("the document is YAML")
}

fn account() -> serde_json::Value {
    document()["accounts"][0].take()
}

/// Nanoseconds for one evaluation here, once the document has been read.
fn ours(evaluator: &Evaluator, text: &str, source: &Arc<Source>, times: usize) -> f64 {
    let each = if text.starts_with("owner") {
        ("owner", "[agency]")
    } else {
        ("account", "agency.accounts")
    };
    let time = evaluator.on_first(source, Some(each), text, |ready| {
        assert_eq!(ready.holds(), Some(true), "the condition holds");
        timed(times, || {
            black_box(ready.holds());
        })
    });
    time.unwrap_or_else(|mistakes| {
        let words: Vec<_> = mistakes.iter().map(|one| one.message.en.as_str()).collect();
        unreachable!("{text}: {words:?}")
    })
}

/// A condition in the `cel` crate; its values are converted once, outside of what is measured.
struct Theirs {
    program: cel::Program,
    context: Context<'static, 'static>,
    document: serde_json::Value,
}

impl Theirs {
    fn new(text: &str) -> Self {
        let env = Arc::new(Env::stdlib());
        let program = env.compile(text).expect("the crate reads it as well");
        let mut context = Context::with_env(env);
        context
            .add_variable("owner", document())
            .expect("values convert");
        context
            .add_variable("account", account())
            .expect("values convert");
        Self {
            program,
            context,
            document: document(),
        }
    }

    fn evaluate(&self, times: usize) -> f64 {
        let run = || self.program.execute(black_box(&self.context));
        assert_eq!(run(), Ok(cel::Value::Bool(true)), "the condition holds");
        timed(times, || {
            black_box(run()).ok();
        })
    }

    fn convert_and_evaluate(&self, times: usize) -> f64 {
        timed(times, || {
            let mut inner = self.context.new_inner_scope();
            let value = &self.document;
            inner.add_variable("owner", value).expect("values convert");
            black_box(self.program.execute(&inner)).ok();
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody evaluates more often than a double counts"
)]
fn timed(times: usize, mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        run();
    }
    start.elapsed().as_nanos() as f64 / times as f64
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a bench reports on standard output")]
fn say(line: &str) {
    println!("{line}");
}
