//! What stops a run. What is wrong inside a user's file is a [`crate::Diagnostic`] instead.

use std::io;

use crate::diagnostic::Diagnostic;
use crate::text;
use crate::text::{Lang, Text, isolate};

/// A reason why the tool cannot do its job; the command line answers with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text().plain(Lang::En))]
pub enum Error {
    /// A file or folder that was named cannot be read. The file system's fault, or a wrong path.
    Read {
        /// The path as it was named.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A pipe in a folder, by its path as it was named. The caller's fault: whoever opens it may wait without end.
    NamedPipe(String),
    /// The output cannot be written. The fault of what it is piped into, or of a full disk.
    Write(#[from] io::Error),
    /// A file that was to be changed and cannot be. The file system's fault, or a wrong path.
    Update {
        /// The path as it was named.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file that must not be changed. The caller's fault, or that of who changed it meanwhile.
    Untouchable {
        /// The path as it was named.
        path: String,
        /// Why not.
        reason: Text,
    },
    /// A file for the report that cannot be written, or must not be. The caller's fault, or the system's.
    Output {
        /// The path as it was named.
        path: String,
        /// Why not.
        reason: Text,
    },
    /// A file that is not what it was when the run began. The fault of who changed it meanwhile.
    Changed {
        /// The path as it was named.
        path: String,
    },
    /// The threads that were asked for cannot be had. The system's fault, or too many of them.
    Threads(io::Error),
    /// A table that cannot be read as an inventory of accounts. The fault of who made it.
    Table {
        /// The path as it was named.
        path: String,
        /// Why not.
        reason: Text,
    },
    /// A glob pattern that does not parse. The caller's fault.
    Glob {
        /// The pattern as it was given.
        pattern: String,
        /// What is wrong with it.
        reason: Text,
    },
    /// A path or a glob that leads to no document. The caller's fault: a gate that checks nothing
    /// must not pass.
    NothingFound(Text),
    /// A rule pack that does not load. The fault of the pack's author; each diagnostic has its span.
    Packs(Vec<Diagnostic>),
    /// A project's settings that are not sound. The fault of who wrote `spokeslint.yaml`; each diagnostic
    /// has its span.
    Config(Vec<Diagnostic>),
    /// A baseline that is not sound. The fault of who edited it; each diagnostic has its span.
    Baseline(Vec<Diagnostic>),
    /// A baseline that is there already, by its path. The caller's fault.
    BaselineExists(String),
    /// Findings that a baseline would have to take in, by its path and their number. The caller's decision.
    BaselineGrows(String, usize),
    /// An expression that does not check. The caller's fault; each diagnostic has its span.
    Expression(Vec<Diagnostic>),
    /// Rules that are on and demand the opposite of each other, by their ids. The fault of who chose them.
    Contradiction(Vec<[String; 2]>),
    /// A name given to an option that nothing bears, with the nearest one that exists.
    Unknown {
        /// What was looked for: a rule, a profile, a pack, …
        what: Text,
        /// The name as it was given.
        name: String,
        /// The nearest name that exists.
        suggestion: Option<String>,
    },
}

impl Error {
    /// That the system does not let a file for the report be written.
    pub fn unwritable(path: &str, error: &io::Error) -> Self {
        Self::Output {
            path: path.to_owned(),
            reason: reason(error),
        }
    }

    /// What stopped the run, in both languages; names and paths stand there in full.
    pub fn text(&self) -> Text {
        match self {
            Self::Read { path, source } => {
                on_file(["cannot read", "تعذّرت قراءة"], path, &reason(source))
            }
            Self::NamedPipe(path) => on_file(
                ["cannot read", "تعذّرت قراءة"],
                path,
                &text!(
                    "it is a named pipe; pipe its content to standard input and pass `-`",
                    "هذا أنبوب مسمّى؛ مرِّر محتواه إلى المدخل القياسي واكتب `-`",
                ),
            ),
            Self::Write(source) => concerning(
                "cannot write the output",
                "تعذّرت كتابة المخرجات",
                &reason(source),
            ),
            Self::Update { path, source } => not_updated(path, &reason(source)),
            Self::Untouchable { path, reason } => not_updated(path, reason),
            Self::Output { path, reason } => on_file(["cannot write", "تعذّرت كتابة"], path, reason),
            Self::Changed { path } => {
                let path = isolate(path);
                Text::new(
                    format!("`{path}` changed while it was checked; check again"),
                    format!("تغيّر `{path}` أثناء فحصه؛ أعد الفحص"),
                )
            }
            Self::Threads(source) => no_threads(source),
            Self::Table { path, reason } => {
                on_file(["cannot import", "تعذّر استيراد"], path, reason)
            }
            Self::Glob { pattern, reason } => not_a_glob(pattern, reason),
            Self::NothingFound(place) => Text::new(
                format!("no document found in {}", place.en),
                format!("لا مستند في {}", place.ar),
            ),
            Self::Packs(found) => counted(
                "the rule packs do not load",
                "تعذّر تحميل حزم القواعد",
                found,
            ),
            Self::Config(found) => {
                counted("the settings are not sound", "الإعدادات غير سليمة", found)
            }
            Self::Baseline(found) => {
                counted("the baseline is not sound", "خط الأساس غير سليم", found)
            }
            Self::BaselineExists(path) => baseline_exists(path),
            Self::BaselineGrows(path, count) => baseline_grows(path, *count),
            Self::Expression(found) => {
                counted("the expression is not sound", "التعبير غير سليم", found)
            }
            Self::Contradiction(pairs) => contradiction(pairs),
            Self::Unknown {
                what,
                name,
                suggestion,
            } => unknown(what, name, suggestion.as_deref()),
        }
    }
}

fn concerning(en: &str, ar: &str, reason: &Text) -> Text {
    Text::new(
        format!("{en}: {}", reason.en),
        format!("{ar}: {}", reason.ar),
    )
}

fn not_a_glob(pattern: &str, reason: &Text) -> Text {
    let pattern = isolate(pattern);
    concerning(
        &format!("`{pattern}` is not a glob pattern"),
        &format!("`{pattern}` ليس نمط مسارات صحيحًا"),
        reason,
    )
}

fn not_updated(path: &str, reason: &Text) -> Text {
    on_file(["cannot update", "تعذّر تحديث"], path, reason)
}

/// What could not be done to a file, and why not.
fn on_file([en, ar]: [&str; 2], path: &str, reason: &Text) -> Text {
    let path = isolate(path);
    concerning(&format!("{en} `{path}`"), &format!("{ar} `{path}`"), reason)
}

fn counted(en: &str, ar: &str, found: &[Diagnostic]) -> Text {
    let count = found.len();
    let noun = if count == 1 { "problem" } else { "problems" };
    Text::new(
        format!("{en} ({count} {noun} found)"),
        format!("{ar} (عدد الأخطاء: {count})"),
    )
}

fn no_threads(source: &io::Error) -> Text {
    concerning(
        "cannot start so many threads",
        "تعذّر تشغيل هذا العدد من خيوط المعالجة",
        &reason(source),
    )
}

fn baseline_exists(path: &str) -> Text {
    let path = isolate(path);
    Text::new(
        format!(
            "`{path}` is there already; `--update` takes out what has been mended, and with `--accept-new` it \
             takes in what is new"
        ),
        format!(
            "الملف `{path}` موجود؛ يحذف `--update` منه ما صُحِّح، ويضيف إليه مع `--accept-new` ما استجد"
        ),
    )
}

fn baseline_grows(path: &str, count: usize) -> Text {
    let path = isolate(path);
    Text::new(
        format!(
            "`{path}` may only shrink, and new findings are not in it ({count}): mend them, or take them in \
             with `--accept-new`"
        ),
        format!(
            "لا يجوز إلا تقليص `{path}`، وعدد المخالفات الجديدة التي ليست فيه {count}: أصلحها، أو أضفها \
             بالخيار `--accept-new`"
        ),
    )
}

fn contradiction(pairs: &[[String; 2]]) -> Text {
    let both = |and: &str, comma: &str| {
        let pairs = pairs.iter().map(|[one, other]| {
            let (one, other) = (isolate(one), isolate(other));
            format!("`{one}` {and}`{other}`")
        });
        pairs.collect::<Vec<_>>().join(comma)
    };
    let (one, other) = pairs.first().map_or(("", ""), |[one, other]| (one, other));
    let (one, other) = (isolate(one), isolate(other));
    let (en, ar) = (both("and ", "; "), both("و", "؛ "));
    Text::new(
        format!(
            "these rules demand the opposite of each other and cannot be on together: {en}; choose a profile \
             that holds one of them, or leave one out, such as with `--ignore {one}` or `--ignore {other}`"
        ),
        format!(
            "تشترط القواعد الآتية أمرين متناقضين، فلا يجوز تفعيلها معًا: {ar}؛ اختر مجموعة قواعد لا تضم إلا إحداها، أو \
             استبعد إحداها، مثل `--ignore {one}` أو `--ignore {other}`"
        ),
    )
}

fn unknown(what: &Text, name: &str, suggestion: Option<&str>) -> Text {
    let name = isolate(name);
    let (en, ar) = (
        format!("no {} is called `{name}`", what.en),
        format!("لا وجود ل{} باسم `{name}`", what.ar),
    );
    match suggestion.map(isolate) {
        Some(near) => Text::new(
            format!("{en}; did you mean `{near}`?"),
            format!("{ar}؛ هل تقصد `{near}`؟"),
        ),
        None => Text::new(en, ar),
    }
}

/// What the system said; in Arabic only where it is one of the reasons that people meet.
fn reason(error: &io::Error) -> Text {
    let en = error.to_string();
    let ar = match error.kind() {
        io::ErrorKind::NotFound => "لا يوجد ملف أو مجلد بهذا الاسم",
        io::ErrorKind::PermissionDenied => "لا صلاحية للوصول إليه",
        io::ErrorKind::AlreadyExists => "يوجد ملف بهذا الاسم",
        io::ErrorKind::IsADirectory => "هذا مجلد لا ملف",
        io::ErrorKind::NotADirectory => "جزء من المسار ليس مجلدًا",
        io::ErrorKind::StorageFull => "لا مساحة كافية على القرص",
        io::ErrorKind::ReadOnlyFilesystem => "نظام الملفات للقراءة فقط",
        _ => return Text::new(isolate(&en), isolate(&en)),
    };
    Text::new(isolate(&en), ar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_a_long_path_whole_and_shows_what_would_act() {
        let path = format!("{}\u{1b}[2J\u{2069}.yaml", "a/".repeat(100));
        let error = Error::Read {
            path,
            source: io::ErrorKind::NotFound.into(),
        };
        let shown = format!("{}\\u{{1b}}[2J\\u{{2069}}.yaml", "a/".repeat(100));
        assert_eq!(
            error.text().plain(Lang::Ar),
            format!("تعذّرت قراءة `{shown}`: لا يوجد ملف أو مجلد بهذا الاسم")
        );
        assert!(
            error
                .to_string()
                .starts_with(&format!("cannot read `{shown}`: "))
        );
    }
}
