//! Puts a new text in a file's place: all of it or nothing.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use spokeslint::read::encode_like;
use spokeslint::source::display_name;
use spokeslint::{Error, Text, text};
use tempfile::NamedTempFile;

use super::leftovers::{begin, forget_earlier, is_same};

/// The reason why a file was not written.
pub(super) enum Fault {
    /// The error of the system.
    System(io::Error),
    /// It must not be.
    Refused(Text),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl Fault {
    /// As an error about a file that was to be changed.
    fn on(self, path: &Path) -> Error {
        let path = display_name(path);
        match self {
            Self::System(source) => Error::Update { path, source },
            Self::Refused(reason) => Error::Untouchable { path, reason },
        }
    }
}

/// Replaces a file that holds `before` by one that holds `after`.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> Result<(), Error> {
    let replaced = || {
        // A link stays a link: what it leads to is replaced.
        let path = path.canonicalize()?;
        let known = known(&path)?.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let _held = hold(&path)?;
        let bytes = fs::read(&path)?;
        // Whatever encoding it is in, it stays in that.
        let wanted = encode_like(&bytes, after);
        if bytes == wanted {
            return Ok(());
        }
        if bytes != encode_like(&bytes, before) {
            return Err(changed());
        }
        let new = write(&path, Some(&known), |out| out.write_all(&wanted))?;
        if !is_unchanged(&known, &path.symlink_metadata()?) {
            return Err(changed());
        }
        finish(new, &path)?;
        forget_earlier(&path, &known, &wanted);
        Ok(())
    };
    replaced().map_err(|fault: Fault| fault.on(path))
}

/// Puts what is written in a file's place, or into a new file; owner and permissions of a file stay what they are. The
/// path must not be a link, or the link gives way.
pub(super) fn put(
    path: &Path,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Fault> {
    let known = known(path)?;
    let new = write(path, known.as_ref(), render)?;
    Ok(finish(new, path)?)
}

/// Writes a file in the place of what is there, if anything is. A link stays a link.
pub(super) fn overwrite(path: &Path, text: &str) -> Result<(), Error> {
    let real = path.canonicalize();
    let target = real.as_deref().unwrap_or(path);
    put(target, |out| out.write_all(text.as_bytes())).map_err(|fault| fault.on(path))
}

/// Writes a file that is not there yet.
pub(super) fn create(path: &Path, text: &str) -> Result<(), Error> {
    let written = || {
        let new = write(path, None, |out| out.write_all(text.as_bytes()))?;
        new.persist_noclobber(path).map_err(|fault| fault.error)?;
        Ok(())
    };
    written().map_err(|fault: Fault| fault.on(path))
}

fn changed() -> Fault {
    Fault::Refused(text!(
        "it has changed meanwhile",
        "تغيّر الملف في هذه الأثناء"
    ))
}

/// The file that is to be replaced, if there is one and it may be.
fn known(path: &Path) -> Result<Option<Metadata>, Fault> {
    let known = match path.symlink_metadata() {
        Ok(known) => known,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if !known.is_file() && !known.is_symlink() {
        let reason = text!("it is no ordinary file", "ليس ملفًا عاديًا");
        return Err(Fault::Refused(reason));
    }
    if has_other_names(&known) {
        let reason = text!(
            "it has hard links, which would keep the old text; replace them with symbolic links",
            "للملف روابط صلبة سيبقى فيها النص القديم؛ استبدل بها روابط رمزية",
        );
        return Err(Fault::Refused(reason));
    }
    Ok(Some(known).filter(Metadata::is_file))
}

/// Keeps other runs from replacing a file at the same time.
#[cfg(unix)]
fn hold(path: &Path) -> Result<Option<File>, Fault> {
    use std::fs::TryLockError;
    let file = File::open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Fault::Refused(text!(
            "another process is changing it; run the command again",
            "تعدّله عملية أخرى الآن؛ أعد تشغيل الأمر",
        ))),
        // A file system without locks.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// A lock would keep the file from being replaced at all.
#[cfg(not(unix))]
fn hold(_: &Path) -> Result<Option<File>, Fault> {
    Ok(None)
}

fn is_unchanged(known: &Metadata, now: &Metadata) -> bool {
    let time = |found: &Metadata| found.modified().ok();
    is_same(known, now) && known.len() == now.len() && time(known) == time(now)
}

/// A new file beside another one with the same owner and permissions, whole and on the disk.
fn write(
    path: &Path,
    known: Option<&Metadata>,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<NamedTempFile, Fault> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let new = begin(folder.unwrap_or(Path::new(".")), known)?;
    let mut out = BufWriter::new(new.as_file());
    render(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(known) = known {
        keep_owner(new.as_file(), known)?;
        new.as_file().set_permissions(known.permissions())?;
    }
    new.as_file().sync_all()?;
    Ok(new)
}

fn finish(new: NamedTempFile, path: &Path) -> io::Result<()> {
    new.persist(path).map_err(|fault| fault.error)?;
    Ok(())
}

#[cfg(unix)]
fn has_other_names(known: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    known.is_file() && known.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

#[cfg(unix)]
fn keep_owner(new: &File, known: &Metadata) -> Result<(), Fault> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = new.metadata()?;
    let user = (own.uid() != known.uid()).then_some(known.uid());
    let group = (own.gid() != known.gid()).then_some(known.gid());
    if user.is_none() && group.is_none() {
        return Ok(());
    }
    fchown(new, user, group).map_err(|_| {
        Fault::Refused(text!(
            "its owner or group cannot be kept; run the command as the file's owner",
            "تعذّر الإبقاء على مالك الملف أو مجموعته؛ شغِّل الأمر بحساب المالك",
        ))
    })
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> Result<(), Fault> {
    Ok(())
}
