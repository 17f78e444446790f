//! A wall round the library that reads workbooks: where a damaged file makes it panic, the file is refused and nothing else
//! happens. Our own code is outside the wall.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Arc;

use super::read::ReadError;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// The report of a panic, as the program set it.
type Hook = Box<dyn Fn(&std::panic::PanicHookInfo<'_>) + Sync + Send + 'static>;

/// While it lives, a panic inside the wall is reported nowhere; all others are reported as before.
pub(super) struct Wall {
    before: Arc<Hook>,
}

impl Wall {
    pub(super) fn build() -> Self {
        let before = Arc::new(take_hook());
        let report = before.clone();
        set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                report(panic);
            }
        }));
        Self { before }
    }

    /// What the library gives; a panic of it is a damaged workbook.
    #[allow(clippy::unused_self)] // that there is a wall
    pub(super) fn inside<T>(&self, read: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
        INSIDE.set(true);
        let result = catch_unwind(AssertUnwindSafe(read));
        INSIDE.set(false);
        result.unwrap_or_else(|_| Err(ReadError::DamagedWorkbook("not readable".to_owned())))
    }
}

impl Drop for Wall {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let before = self.before.clone();
            drop(take_hook());
            set_hook(Box::new(move |panic| before(panic)));
        }
    }
}
