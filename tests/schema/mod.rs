//! The document kinds, their JSON Schemas, and what is said of a document that does not fit.

mod compile;
mod generated;
