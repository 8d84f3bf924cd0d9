//! The integration tests, as one binary.

#[cfg(test)]
mod date;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod yaml;
