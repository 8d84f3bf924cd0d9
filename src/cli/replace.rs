//! Puts a new text in a file's place: all of it or nothing.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use spokeslint::read::encode_like;
use spokeslint::source::display_name;
use spokeslint::{Error, text};

/// Replaces a file that holds `before` by one that holds `after`.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> Result<(), Error> {
    let failed = |source| Error::Update {
        path: path.display().to_string(),
        source,
    };
    // A link stays a link: what it leads to is replaced.
    let path = path.canonicalize().map_err(failed)?;
    let bytes = fs::read(&path).map_err(failed)?;
    // Whatever encoding it is in, it stays in that.
    if bytes != encode_like(&bytes, before) {
        return Err(Error::Untouchable {
            path: path.display().to_string(),
            reason: text!("it has changed meanwhile", "تغيّر الملف في هذه الأثناء"),
        });
    }
    put(&path, |out| out.write_all(&encode_like(&bytes, after))).map_err(failed)
}

/// Puts what is written in a file's place, or into a new file; the permissions of a file stay what they are. The
/// path must not be a link, or the link gives way.
pub(super) fn put(
    path: &Path,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = write(path, &beside, render);
    if written.is_err() {
        // What is left of a failed attempt is of no use to anybody.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Writes a file that is not there yet.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let written = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all());
        if written.is_err() {
            // What is left of a failed attempt is of no use to anybody.
            let _ = fs::remove_file(path);
        }
        written
    };
    written().map_err(|source| Error::Update {
        path: display_name(path),
        source,
    })
}

fn write(
    path: &Path,
    beside: &Path,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(beside)?;
    if let Ok(known) = fs::metadata(path) {
        file.set_permissions(known.permissions())?;
    }
    let mut out = BufWriter::new(file);
    render(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    fs::rename(beside, path)
}
