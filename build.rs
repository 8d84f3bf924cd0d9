//! Tells cargo that the built-in packs are part of the binary, so that a new rule file is seen.

fn main() {
    println!("cargo:rerun-if-changed=rules");
}
