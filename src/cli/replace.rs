//! Puts a new text in a file's place: all of it or nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use spokeslint::{Error, text};

/// Replaces a file that holds `before` by one that holds `after`.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> Result<(), Error> {
    let failed = |source| Error::Update {
        path: path.display().to_string(),
        source,
    };
    // A link stays a link: what it leads to is replaced.
    let path = path.canonicalize().map_err(failed)?;
    if fs::read(&path).map_err(failed)? != before.as_bytes() {
        return Err(Error::Untouchable {
            path: path.display().to_string(),
            reason: text!(
                "it has changed meanwhile, or is not UTF-8 without a byte-order mark",
                "تغيّر الملف في هذه الأثناء، أو أنه ليس بترميز UTF-8 دون علامة ترتيب البايتات",
            ),
        });
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = write(&path, &beside, after);
    if written.is_err() {
        // What is left of a failed attempt is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written.map_err(failed)
}

/// Writes a file that is not there yet.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    written().map_err(|source| Error::Update {
        path: path.display().to_string(),
        source,
    })
}

fn write(path: &Path, beside: &Path, text: &str) -> io::Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    let mut file: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(beside)?;
    file.set_permissions(permissions)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(beside, path)
}
