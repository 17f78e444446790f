//! The backup that a desk makes by itself: on every day on which it is open, and when it ends.
//!
//! Another process of the same program makes it, so that nobody at the desk waits for it, and whatever becomes of it the desk goes
//! on. What it could not do it says in one sentence, which the desk shows; it is tried again on the next day, and at the end.

use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

/// So long after the start, or after midnight, nobody is disturbed.
const QUIET: Duration = Duration::from_secs(30);

/// The backups of a desk.
#[derive(Debug)]
pub struct ByItself {
    program: OsString,
    arguments: Vec<OsString>,
    /// The day of which one was begun.
    begun: Option<NaiveDate>,
    /// The day that is today, and since when.
    day: Option<(NaiveDate, Instant)>,
    running: Option<Child>,
}

impl ByItself {
    /// For the store in a folder; `configuration` is the file that this desk was started with.
    #[must_use]
    pub fn new(data: &Path, configuration: Option<&Path>, lang: &str) -> Self {
        let program = std::env::current_exe().map_or_else(|_| "caredesk".into(), Into::into);
        Self::of(program, data, configuration, lang)
    }

    fn of(program: OsString, data: &Path, configuration: Option<&Path>, lang: &str) -> Self {
        let mut arguments: Vec<OsString> = vec!["--data".into(), data.into(), "--lang".into(), lang.into()];
        if let Some(file) = configuration {
            arguments.extend(["--config".into(), file.into()]);
        }
        arguments.extend(["backup".into(), "--by-itself".into()]);
        Self { program, arguments, begun: None, day: None, running: None }
    }

    /// Begins the one of today when it is time, and says what became of the last: why it failed, if it did. Never waits.
    pub fn look(&mut self, today: NaiveDate, at: Instant) -> Option<String> {
        if let Some(child) = &mut self.running {
            return match child.try_wait() {
                Ok(None) => None,
                Ok(Some(_)) | Err(_) => self.running.take().and_then(outcome),
            };
        }
        let since = match self.day {
            Some((day, since)) if day == today => since,
            Some(_) | None => self.day.insert((today, at)).1,
        };
        if self.begun == Some(today) || at.saturating_duration_since(since) < QUIET {
            return None;
        }
        self.begun = Some(today);
        match self.begin() {
            Ok(child) => {
                self.running = Some(child);
                None
            }
            Err(e) => Some(e.to_string()),
        }
    }

    /// After how long there is something to look for; `None` where there is nothing today.
    #[must_use]
    pub fn patience(&self, today: NaiveDate, at: Instant) -> Option<Duration> {
        if self.running.is_some() {
            return Some(Duration::from_secs(1));
        }
        let since = self.day.filter(|(day, _)| *day == today).map_or(at, |(_, since)| since);
        (self.begun != Some(today)).then(|| QUIET.saturating_sub(at.saturating_duration_since(since)))
    }

    /// The one at the end, which is waited for. Why it failed, if it did.
    pub fn at_the_end(mut self) -> Option<String> {
        if let Some(child) = self.running.take() {
            let _ = outcome(child);
        }
        self.begin().map_or_else(|e| Some(e.to_string()), outcome)
    }

    fn begin(&self) -> std::io::Result<Child> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn()
    }
}

/// Waits for the end; what was said where it failed, an empty text where nothing was.
fn outcome(mut child: Child) -> Option<String> {
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        let _ = stderr.read_to_string(&mut said);
    }
    let is_done = child.wait().is_ok_and(|status| status.success());
    (!is_done).then(|| said.trim().trim_start_matches("caredesk: ").lines().next().unwrap_or_default().to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn by(program: &Path) -> ByItself {
        ByItself::of(program.into(), Path::new("/nowhere"), None, "zh")
    }

    fn script(dir: &Path, text: &str) -> std::path::PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let file = dir.join("program");
        std::fs::write(&file, format!("#!/bin/sh\necho run >> {}\n{text}\n", dir.join("runs").display())).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
        file
    }

    fn runs(dir: &Path) -> usize {
        std::fs::read_to_string(dir.join("runs")).unwrap_or_default().lines().count()
    }

    /// Looks until the one that was begun is over.
    fn until_over(backups: &mut ByItself, today: NaiveDate, at: Instant) -> Option<String> {
        loop {
            let said = backups.look(today, at);
            if said.is_some() || backups.running.is_none() {
                return said;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn one_a_day_and_one_at_the_end_and_a_failure_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let (start, first) = (Instant::now(), NaiveDate::from_ymd_opt(2026, 9, 7).unwrap());
        let mut good = by(&script(dir.path(), "exit 0"));
        assert_eq!(good.look(first, start), None);
        assert_eq!(runs(dir.path()), 0, "the start is left alone");
        assert_eq!(good.patience(first, start + Duration::from_secs(10)), Some(QUIET.saturating_sub(Duration::from_secs(10))));
        for (day, minutes, count) in [(0, 1, 1), (0, 2, 1), (0, 600, 1), (1, 601, 1), (1, 602, 2), (1, 700, 2)] {
            let today = first + chrono::Duration::days(day);
            assert_eq!(until_over(&mut good, today, start + Duration::from_mins(minutes)), None);
            assert_eq!(runs(dir.path()), count, "day {day}, minute {minutes}");
            assert_eq!(good.patience(today, start + Duration::from_mins(minutes)).is_none(), good.begun == Some(today));
        }
        assert_eq!((good.at_the_end(), runs(dir.path())), (None, 3));

        let mut bad = by(&script(dir.path(), "echo 'caredesk: no disk' >&2; exit 1"));
        bad.look(first, start);
        assert_eq!(until_over(&mut bad, first, start + QUIET).as_deref(), Some("no disk"));
        assert_eq!(until_over(&mut bad, first, start + QUIET * 3), None, "tried again tomorrow, said once");
        assert_eq!(bad.at_the_end().as_deref(), Some("no disk"));
        assert!(by(Path::new("/nowhere/at/all")).at_the_end().is_some());
    }
}
