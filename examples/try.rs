use spokeslint::*;
fn main() {
    let t = std::time::Instant::now();
    let packs = pack::Packs::builtin();
    let packs = match packs {
        Ok(p) => p,
        Err(Error::Packs(d)) => {
            for d in d {
                let l = &d.labels[0];
                let p = l.position();
                println!(
                    "{}:{}:{} {} [{}] help {:?}",
                    l.source.name(),
                    p.line,
                    p.column,
                    d.message.plain(Lang::En),
                    l.source.slice(l.span),
                    d.help.map(|h| h.plain(Lang::En).into_owned())
                );
            }
            return;
        }
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    println!("{} rules in {:?}", packs.rules.len(), t.elapsed());
    let r = engine::check_examples(&packs, &packs.rules);
    for d in r.diagnostics {
        let l = &d.labels[0];
        let p = l.position();
        println!(
            "{}:{}:{} {}",
            l.source.name(),
            p.line,
            p.column,
            d.message.plain(Lang::En)
        );
    }
    println!("{} rules {} examples", r.rules, r.examples);
}
