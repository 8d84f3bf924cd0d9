//! Functions that read a literal when the rule is loaded: patterns, dates, lengths of time.

use globset::GlobBuilder;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use regex::bytes::RegexBuilder as BytesRegexBuilder;
use regex::{Regex, RegexBuilder};

use crate::date::{midnight, parse_civil};
use crate::expr::ast::{Expr, Kind, Name};
use crate::expr::check::{Checker, Strictness};
use crate::expr::program::{Constant, Glob, Op, OpId};
use crate::expr::{Mistake, Type};
use crate::source::Span;
use crate::text;
use crate::text::Text;

/// How large a compiled pattern may become, in bytes.
const PATTERN_BYTES: usize = 1 << 20;
/// How many braces a path pattern may have; they are read by recursion.
const MAX_BRACES: usize = 64;

impl Checker<'_> {
    /// Functions whose last argument is a literal that is read once, when the rule is loaded.
    pub(super) fn with_literal(&mut self, name: &Name, args: &[&Expr], span: Span) -> (OpId, Type) {
        let takes_text = matches!(&*name.text, "matches" | "glob");
        if args.len() != 1 + usize::from(takes_text) {
            self.wrong_count(name, 1 + usize::from(takes_text), args.len());
            return self.unknown();
        }
        let literal = args[args.len() - 1];
        let Kind::Str(value) = &literal.kind else {
            self.must_be_literal(name, literal);
            return self.unknown();
        };
        let op = if takes_text {
            let (text, ty) = self.strictly(args[0]);
            if self.is_known_as("string", (args[0], text), &ty) && !ty.is_text() {
                self.expected(args[0].span, &text!("text", "نص"), &ty);
            }
            if &*name.text == "matches" {
                pattern(value, literal.span).map(|regex| (Op::Matches(text, regex), Type::Bool))
            } else {
                glob(value, literal.span).map(|glob| (Op::Glob(text, glob), Type::Bool))
            }
        } else if &*name.text == "timestamp" {
            timestamp(value)
                .map(|value| (Op::Const(Constant::Timestamp(value)), Type::Timestamp))
                .map_err(|message| Mistake::new(span, message))
        } else {
            duration(value)
                .map(|value| (Op::Const(Constant::Duration(value)), Type::Duration))
                .map_err(|message| Mistake::new(span, message))
        };
        match op {
            Ok((op, ty)) => (self.push(op), ty),
            Err(mistake) => {
                self.mistake(mistake);
                self.unknown()
            }
        }
    }

    /// Refuses a time zone that is not written out, in rules, and one that does not exist.
    pub(super) fn check_zone(&mut self, name: &Name, arg: &Expr) {
        match &arg.kind {
            Kind::Str(found) if zone(found).is_none() => {
                let mistake = Mistake::new(
                    arg.span,
                    text!(
                        "there is no time zone `{zone}`",
                        "لا توجد منطقة زمنية باسم `{zone}`",
                        zone = found
                    ),
                );
                self.mistake(mistake.with_help(text!(
                    "write a name such as `'Asia/Riyadh'`, or a distance such as `'+03:00'`",
                    "اكتب اسمًا مثل `'Asia/Riyadh'` أو فارقًا مثل `'+03:00'`",
                )));
            }
            Kind::Str(_) => {}
            _ if self.scope.strictness == Strictness::Rule => self.must_be_literal(name, arg),
            _ => {}
        }
    }

    pub(super) fn must_be_literal(&mut self, name: &Name, arg: &Expr) {
        self.mistake(Mistake::new(
            arg.span,
            text!(
                "`{name}` takes text that is written out here, so that it is read once",
                "تأخذ `{name}` نصًا مكتوبًا هنا مباشرة ليُقرأ مرة واحدة",
                name = name.text,
            ),
        ));
    }
}

fn pattern(value: &str, span: Span) -> Result<Regex, Mistake> {
    let built = RegexBuilder::new(value).size_limit(PATTERN_BYTES).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => too_large(span),
        error => {
            let words = error.to_string();
            let last = words.lines().last().unwrap_or_default();
            let reason = last.trim_start_matches("error: ");
            if reason.starts_with("exceed the maximum number of nested") {
                return too_nested(span);
            }
            Mistake::new(
                span,
                text!(
                    "this is not a regular expression: {reason}",
                    "هذا ليس تعبيرًا نمطيًا صحيحًا: {reason}",
                    reason = reason,
                ),
            )
        }
    })
}

/// A path pattern becomes a regular expression, whose size is bounded like that of any other.
fn glob(value: &str, span: Span) -> Result<Glob, Mistake> {
    let refused = |error: &globset::Error| {
        Mistake::new(
            span,
            text!(
                "this is not a glob pattern: {reason}",
                "هذا ليس نمط مسارات صحيحًا: {reason}",
                reason = error.kind(),
            ),
        )
    };
    if value.matches('{').count() > MAX_BRACES {
        return Err(too_large(span));
    }
    let glob = GlobBuilder::new(value)
        .literal_separator(true)
        .build()
        .map_err(|error| refused(&error))?;
    let regex = BytesRegexBuilder::new(glob.regex())
        .size_limit(PATTERN_BYTES)
        .build()
        .map_err(|_| too_large(span))?;
    Ok(Glob {
        written: value.into(),
        regex,
    })
}

fn too_large(span: Span) -> Mistake {
    let mistake = Mistake::new(
        span,
        text!(
            "this pattern is too large: it would take more than {limit} KiB once it is compiled",
            "هذا النمط كبير جدًا: حجمه بعد الترجمة يتجاوز {limit} كيبيبايت",
            limit = PATTERN_BYTES / 1024,
        ),
    );
    mistake.with_help(text!(
        "use fewer alternatives and smaller repetitions, or compare with `in [...]`",
        "قلّل البدائل وعدد التكرارات، أو قارن باستعمال `in [...]`",
    ))
}

fn too_nested(span: Span) -> Mistake {
    let mistake = Mistake::new(
        span,
        text!(
            "the brackets of this pattern are nested too deep",
            "تداخل الأقواس في هذا النمط أعمق من الحد المسموح",
        ),
    );
    mistake.with_help(text!(
        "take out brackets that group nothing",
        "احذف الأقواس التي لا تجمع شيئًا",
    ))
}

/// A day, or a time as RFC 3339 writes it.
pub(in crate::expr) fn timestamp(value: &str) -> Result<Timestamp, Text> {
    if let Some(day) = parse_civil(value) {
        return Ok(midnight(day));
    }
    let moment: Option<Timestamp> = value.parse().ok();
    moment.filter(is_moment).ok_or_else(|| {
        text!(
            "`{value}` is not a date such as `{day}` or `{moment}`",
            "`{value}` ليس تاريخًا مثل `{day}` أو `{moment}`",
            value = value,
            day = "2018-07-10",
            moment = "2018-07-10T00:00:00Z",
        )
    })
}

/// A zone by its IANA name, or by its distance from UTC, such as `+03:00`.
pub(in crate::expr) fn zone(name: &str) -> Option<TimeZone> {
    if let Some((hours, minutes)) = name.split_once(':') {
        let west = hours.starts_with('-');
        let hours: i32 = hours.trim_start_matches(['+', '-']).parse().ok()?;
        let minutes: i32 = minutes.parse().ok()?;
        if !(0..24).contains(&hours) || !(0..60).contains(&minutes) {
            return None;
        }
        let seconds = (hours * 60 + minutes) * 60;
        let offset = Offset::from_seconds(if west { -seconds } else { seconds }).ok()?;
        return Some(TimeZone::fixed(offset));
    }
    TimeZone::get(name).ok()
}

/// Whether a moment is one that CEL knows: not before the year 1.
pub(in crate::expr) fn is_moment(moment: &Timestamp) -> bool {
    moment.as_nanosecond() >= -62_135_596_800_000_000_000
}

/// Whether a length of time is one that CEL knows: its nanoseconds fit into 64 bits.
pub(in crate::expr) fn is_length(length: &SignedDuration) -> bool {
    i64::try_from(length.as_nanos()).is_ok()
}

/// A length of time as CEL writes it (`1h30m`, `90s`), or as documents do (`7d`, `2 weeks`).
pub(in crate::expr) fn duration(value: &str) -> Result<SignedDuration, Text> {
    let parsed = crate::date::parse_duration(value).or_else(|error| {
        let compact = !value.contains(' ');
        let parsed = if compact {
            value.parse::<SignedDuration>().ok()
        } else {
            None
        };
        parsed.ok_or_else(|| error.text())
    })?;
    if is_length(&parsed) {
        return Ok(parsed);
    }
    Err(text!(
        "`{value}` is longer than a length of time can be",
        "`{value}` أطول من أي مدة ممكنة",
        value = value,
    ))
}
