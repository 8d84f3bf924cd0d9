//! Checking against parsing: the same generated agencies, in rounds that take turns, so that a noisy
//! machine disturbs both alike. Prints files a second and the ratio of the medians.
//!
//! `cargo bench --bench check` (5,000 files, 7 rounds); `-- FILES ROUNDS` for others. `-- --once parse`
//! and `-- --once check` run one pass on one thread, for counting instructions; `-- --once join N` and
//! `-- --once shape N` check one file of N accounts and N people, with and without rules that join them.

mod generate;
mod join;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use spokeslint::Source;
use spokeslint::date::Date;
use spokeslint::engine::{Engine, Settings};
use spokeslint::yaml;

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
    if let [once, what, ..] = args.as_slice()
        && once == "--once"
    {
        return run_once(what, number(2, 200));
    }
    let engine = engine();
    let (files, rounds) = (number(0, 5_000), number(1, 7));
    let sources = sources(files);
    let bytes: usize = sources.iter().map(|source| source.text().len()).sum();
    let findings: usize = sources
        .iter()
        .map(|s| engine.check(s, true).diagnostics.len())
        .sum();
    say(&format!(
        "{files} files, {} bytes on average, {findings} findings",
        bytes / files
    ));
    say(&format!(
        "{} rules, start-up {:.2} ms",
        engine.rule_count(),
        start_up(rounds)
    ));
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let Ok(pool) = pool else { continue };
        let (mut parsed, mut checked) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            parsed.push(pool.install(|| timed(|| parse(&sources))));
            checked.push(pool.install(|| timed(|| check(&engine, &sources))));
        }
        let (parsed, checked) = (median(&mut parsed), median(&mut checked));
        #[expect(
            clippy::cast_precision_loss,
            reason = "nobody makes more files than a double counts"
        )]
        let rate = |time: f64| files as f64 / time;
        say(&format!(
            "{threads} thread(s): parse {:.0} files/s, check {:.0} files/s, ratio {:.2}",
            rate(parsed),
            rate(checked),
            checked / parsed
        ));
    }
}

/// One pass without a clock.
fn run_once(what: &str, count: usize) {
    match what {
        "join" => check(&join::engine(true), &[join::source(count)]),
        "shape" => check(&join::engine(false), &[join::source(count)]),
        "check" => check(&engine(), &sources(count)),
        _ => {
            black_box(engine());
            parse(&sources(count));
        }
    }
}

fn engine() -> Engine {
    let settings = Settings::new(day());
    let packs = settings.builtin().expect("the built-in packs load");
    Engine::new(&packs, &settings).expect("the default profile exists")
}

fn day() -> Date {
    Date::parse("2026-01-01").expect("a day")
}

fn sources(files: usize) -> Vec<Arc<Source>> {
    (0..files)
        .map(|seed| {
            Arc::new(Source::new(
                format!("agency-{seed}.yaml"),
                generate::agency(seed),
            ))
        })
        .collect()
}

fn parse(sources: &[Arc<Source>]) {
    sources.par_iter().for_each(|source| {
        black_box(yaml::parse(source));
    });
}

fn check(engine: &Engine, sources: &[Arc<Source>]) {
    sources.par_iter().for_each(|source| {
        black_box(engine.check(source, true));
    });
}

fn start_up(rounds: usize) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| timed(|| drop(black_box(engine()))))
        .collect();
    median(&mut times) * 1_000.0
}

fn timed(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    Duration::as_secs_f64(&start.elapsed())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a bench reports on standard output")]
fn say(line: &str) {
    println!("{line}");
}
