//! Fixes: the edits they make, the rules that declare them, and the loop that makes them.

mod edit;
mod format;
mod refused;
mod rounds;
mod rules;
