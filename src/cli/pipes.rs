//! Pipes that a shell hands over by name, such as `<(…)`: they can be read only once, and a run looks at an input
//! several times.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use spokeslint::read::{MAX_BYTES, is_passed_pipe};
use spokeslint::source::display_name;
use spokeslint::{Error, Source};

/// The bytes that were read from each pipe.
static PIPES: Mutex<BTreeMap<PathBuf, Vec<u8>>> = Mutex::new(BTreeMap::new());

/// Reads a file that was named as an input.
pub(super) fn read(path: &Path) -> Result<super::Read, Error> {
    if !is_passed_pipe(path) {
        return Source::read(path);
    }
    let name = display_name(path);
    let mut pipes = PIPES.lock().unwrap_or_else(PoisonError::into_inner);
    if !pipes.contains_key(path) {
        let bytes = drain(path).map_err(|source| Error::Read {
            path: name.clone(),
            source,
        })?;
        pipes.insert(path.to_owned(), bytes);
    }
    let bytes = pipes.get(path).cloned().unwrap_or_default();
    Ok(Source::from_bytes(name, bytes))
}

fn drain(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
