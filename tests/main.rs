//! The integration tests, as one binary.

#[cfg(test)]
mod allocations;
#[cfg(test)]
mod check;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod date;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod fix;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod start;
#[cfg(test)]
mod suppress;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod yaml;
