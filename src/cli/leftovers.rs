//! New files beside those that they are to replace, and what is left of them where a run was killed.
//!
//! Whoever writes such a file holds a lock on it until it has its name. So the next run can tell what a running neighbour
//! works on from what nobody will finish, and takes only that away.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile};

/// Between these, a new file's name has a few random characters.
const PREFIX: &str = ".spokeslint-";
const SUFFIX: &str = ".new";
const RANDOM: usize = 12;

/// The number of attempts to create a new file: another run may remove it as a leftover before it is locked.
const ATTEMPTS: usize = 16;

/// The folders in which this run has looked for leftovers.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Files that earlier versions may have left, by the file that they were to replace.
static EARLIER: Mutex<BTreeMap<PathBuf, Vec<PathBuf>>> = Mutex::new(BTreeMap::new());

/// A new file in a folder, which is locked. It is readable for others only as far as new files are, or not at all where it
/// is to replace one.
pub(super) fn begin(folder: &Path, replaced: Option<&Metadata>) -> io::Result<NamedTempFile> {
    for _ in 0..ATTEMPTS {
        let file = create(folder, replaced)?;
        let is_ours = match file.as_file().try_lock() {
            Ok(()) => is_there(&file)?,
            Err(TryLockError::WouldBlock) => false,
            // A file system without locks: nothing is swept there either.
            Err(TryLockError::Error(_)) => true,
        };
        if is_ours {
            sweep(folder, &[Some(&file.as_file().metadata()?), replaced]);
            return Ok(file);
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

fn create(folder: &Path, replaced: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    if replaced.is_none() {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Returns whether the file is still in its folder.
fn is_there(file: &NamedTempFile) -> io::Result<bool> {
    match file.path().symlink_metadata() {
        Ok(found) => Ok(is_same(&found, &file.as_file().metadata()?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Returns whether two looks were at one file.
#[cfg(unix)]
pub(super) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Takes away what killed runs have left in a folder, once in a run. What cannot be taken away stays.
fn sweep(folder: &Path, owners: &[Option<&Metadata>]) {
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if !swept.insert(folder.to_owned()) {
        return;
    }
    drop(swept);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        if is_ours(&name) {
            remove(&path, owners, |_| true);
        } else if let Some(target) = replaced_by(&name) {
            let mut earlier = EARLIER.lock().unwrap_or_else(PoisonError::into_inner);
            earlier.entry(folder.join(target)).or_default().push(path);
        }
    }
}

/// Returns whether a name is that of a new file.
fn is_ours(name: &OsStr) -> bool {
    let middle = name
        .to_str()
        .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| {
        middle.len() == RANDOM && middle.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// The name in `NAME.PID.new`, as earlier versions called new files.
fn replaced_by(name: &OsStr) -> Option<&str> {
    let (target, process) = name.to_str()?.strip_suffix(SUFFIX)?.rsplit_once('.')?;
    let is_number = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !target.is_empty()).then_some(target)
}

/// Takes away what an earlier version has left of its attempt to replace a file, now that it has this content. Only
/// what is the beginning of that is certainly such a leftover.
pub(super) fn forget_earlier(target: &Path, owner: &Metadata, content: &[u8]) {
    let mut earlier = EARLIER.lock().unwrap_or_else(PoisonError::into_inner);
    let left = earlier.remove(target).unwrap_or_default();
    drop(earlier);
    for path in left {
        remove(&path, &[Some(owner)], |path| {
            let is_short = path
                .metadata()
                .is_ok_and(|found| found.len() <= content.len() as u64);
            is_short && fs::read(path).is_ok_and(|left| content.starts_with(&left))
        });
    }
}

/// Takes a file away that nobody holds and that belongs to one of these owners.
fn remove(path: &Path, owners: &[Option<&Metadata>], is_left: impl Fn(&Path) -> bool) {
    let Ok(found) = path.symlink_metadata() else {
        return;
    };
    let mut owners = owners.iter().flatten();
    if !found.is_file() || !owners.any(|owner| is_owned_alike(owner, &found)) {
        return;
    }
    let Ok(file) = File::open(path) else {
        return;
    };
    let is_what_was_seen = file.metadata().is_ok_and(|open| is_same(&open, &found));
    if is_what_was_seen && file.try_lock().is_ok() && is_left(path) {
        let _ = fs::remove_file(path);
    }
}

#[cfg(unix)]
fn is_owned_alike(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn is_owned_alike(_: &Metadata, _: &Metadata) -> bool {
    true
}
