//! The caredesk command.
fn main() {}
