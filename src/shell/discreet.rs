//! What a process that knows children must not leave behind: a dump of its memory, and a panic that quotes what it was about (H8).

use std::io::Write;

use crate::texts::{Lang, faults};

/// No dump of this process is ever written, and no other program of the same user reads its memory. What a system does not know
/// it refuses, and nobody can be helped by an error then.
pub fn leave_no_dump() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// A panic says where in the program it was, and nothing else: its own text may quote a name.
pub fn panic_without_names(lang: Lang) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(|| "?".to_owned(), ToString::to_string);
        let _ = writeln!(std::io::stderr(), "caredesk: {}", faults::panicked(lang, place));
    }));
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn nothing_dumps_this_process() {
        leave_no_dump();
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
    }
}
