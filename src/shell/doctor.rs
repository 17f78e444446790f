//! What of the computer round the desk is as it should be, for `caredesk doctor`.
//!
//! It only looks, and never guesses: what it cannot see is said to be unseen, for a person to check. Files of the system are read
//! below a root, which in the tests is a folder. Absent: the words (`texts::doctor`).

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

/// One thing that is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Check {
    /// The record is what was entered: pages, schema, chain and tables.
    Record,
    /// There is a key that seals the record, for this user's eyes (S17).
    Sealed,
    /// Nobody but the desk's user reads the store.
    Private,
    /// The desk is not run by the system's administrator.
    OwnUser,
    /// The store lies on a disk of this computer: over a network two desks could not lock it (S18).
    LocalDisk,
    /// That disk cannot be pulled out (S21).
    FixedDisk,
    /// That disk is encrypted (H5).
    Encrypted,
    /// There is a passphrase for backups, for this user's eyes.
    Passphrase,
    /// The newest backup is no older than two days.
    Backups,
    /// Backups lie on another disk than the store.
    OtherDisk,
    /// No day is kept for longer than the school wants (F172).
    Kept,
    /// A desk that dies leaves no image of its memory (H8).
    NoDumps,
    /// No key reaches the kernel.
    NoSysrq,
    /// Ctrl-Alt-Del does not start the computer anew.
    NoCtrlAltDel,
    /// There is no other console to change to.
    NoConsoles,
    /// Something starts the desk, and starts it again.
    Started,
    /// The terminal of the kiosk has no keys of its own and nothing to scroll back to (H9).
    FootKeys,
    /// The language of the system is one in UTF-8.
    Utf8,
    /// The clock is kept right over the network (K1).
    Clock,
    /// The reader is set to digits and Enter, and reads no codes that set it up.
    Scanner,
}

impl Check {
    /// All, in the order in which they are said.
    pub const ALL: [Self; 20] = [
        Self::Record,
        Self::Sealed,
        Self::Private,
        Self::OwnUser,
        Self::LocalDisk,
        Self::FixedDisk,
        Self::Encrypted,
        Self::Passphrase,
        Self::Backups,
        Self::OtherDisk,
        Self::Kept,
        Self::NoDumps,
        Self::NoSysrq,
        Self::NoCtrlAltDel,
        Self::NoConsoles,
        Self::Started,
        Self::FootKeys,
        Self::Utf8,
        Self::Clock,
        Self::Scanner,
    ];
}

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It is as it should be.
    Good,
    /// It is not.
    Bad,
    /// It cannot be seen from here.
    Unseen,
}

/// Where to look.
#[derive(Debug)]
pub struct Round<'r> {
    /// The root of the system's files.
    pub root: &'r Path,
    /// Whether the record is what was entered; `None` where there is none that can be opened.
    pub record: Option<bool>,
    /// The folder of the store.
    pub data: &'r Path,
    /// The folder of the backups.
    pub backups: &'r Path,
    /// The file of the key of the seal.
    pub key: Option<&'r Path>,
    /// Whether that file can be read.
    pub key_is_read: bool,
    /// The file of the passphrase.
    pub passphrase: Option<&'r Path>,
    /// The day of the newest backup.
    pub newest: Option<NaiveDate>,
    /// Whether days are kept that the school wants to keep no more; `None` where there is no store that can be opened.
    pub days_due: Option<bool>,
    /// Today.
    pub today: NaiveDate,
    /// The user's number; `None` where there are none.
    pub user: Option<u32>,
    /// The language of the system, as the environment has it.
    pub language: Option<String>,
}

/// The unit and the drop-in of `assets/kiosk`.
const UNITS: [&str; 2] = ["etc/systemd/system/caredesk-kiosk.service", "etc/systemd/system/getty@tty1.service.d/caredesk.conf"];
/// File systems that reach over a network.
const NETWORK: [&str; 12] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "fuse.glusterfs", "davfs", "fuse.rclone"];

impl Round<'_> {
    /// Looks at one thing.
    #[must_use]
    pub fn look(&self, check: Check) -> State {
        let good = |is: Option<bool>| is.map_or(State::Unseen, |is| if is { State::Good } else { State::Bad });
        good(match check {
            Check::Record => self.record,
            Check::Sealed => self.key.map(|file| self.key_is_read && file.is_file() && is_for_one(file) != Some(false)),
            Check::Private => self.is_private(),
            Check::OwnUser => self.user.map(|user| user != 0),
            Check::LocalDisk => self.mount().map(|mount| !NETWORK.contains(&mount.kind.as_str())),
            Check::FixedDisk => self.mount().and_then(|mount| self.of_disk(&mount, "removable")).map(|text| text != "1"),
            Check::Encrypted => self.is_encrypted(),
            Check::Passphrase => self.passphrase.map(|file| has_words(file) && is_for_one(file) != Some(false)),
            Check::Backups => Some(self.newest.is_some_and(|day| (self.today - day).num_days() <= 2)),
            Check::OtherDisk => self.is_apart(),
            Check::Kept => self.days_due.map(|due| !due),
            Check::NoDumps => self.dumps_nothing(),
            Check::NoSysrq => self.text("proc/sys/kernel/sysrq").map(|text| text.trim() == "0"),
            Check::NoCtrlAltDel => self.has_systemd().then(|| self.is_masked("etc/systemd/system/ctrl-alt-del.target")),
            Check::NoConsoles => self.has_systemd().then(|| ["NAutoVTs", "ReserveVT"].iter().all(|key| self.logind(key).as_deref() == Some("0"))),
            Check::Started => self.has_systemd().then(|| UNITS.iter().any(|unit| self.root.join(unit).exists())),
            Check::FootKeys => self.foot_has_no_keys(),
            Check::Utf8 => self.language.as_ref().map(|l| l.to_ascii_lowercase().replace('-', "").contains("utf8")),
            Check::Clock => self.has_systemd().then(|| self.root.join("run/systemd/timesync/synchronized").exists()),
            Check::Scanner => None,
        })
    }

    fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.root.join(file)).ok()
    }

    fn has_systemd(&self) -> bool {
        self.root.join("etc/systemd/system").is_dir()
    }

    fn is_masked(&self, unit: &str) -> bool {
        fs::read_link(self.root.join(unit)).is_ok_and(|to| to == Path::new("/dev/null"))
    }

    fn is_private(&self) -> Option<bool> {
        let inside = fs::read_dir(self.data).ok()?.flatten().map(|entry| entry.path());
        let files = inside.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("caredesk.db")));
        files.chain([self.data.to_owned()]).map(|path| is_for_one(&path)).try_fold(true, |all, one| Some(all && one?))
    }

    /// The mount on which the store lies: the one with the longest path above it, the last of several.
    fn mount(&self) -> Option<Mount> {
        let data = fs::canonicalize(self.data).ok()?;
        let table = self.text("proc/self/mountinfo")?;
        let above = table.lines().filter_map(Mount::read).filter(|mount| data.starts_with(&mount.at));
        above.max_by_key(|mount| mount.at.components().count())
    }

    /// What the system says of the disk of a mount, or of the disk whose part it is.
    fn of_disk(&self, mount: &Mount, file: &str) -> Option<String> {
        let device = fs::canonicalize(self.root.join("sys/dev/block").join(&mount.device)).ok()?;
        let places = [device.join(file), device.parent()?.join(file)];
        places.iter().find_map(|place| fs::read_to_string(place).ok()).map(|text| text.trim().to_owned())
    }

    /// Whether the disk is one that `cryptsetup` opened; what lies under a volume of several disks is not seen.
    fn is_encrypted(&self) -> Option<bool> {
        let mount = self.mount()?;
        let device = fs::canonicalize(self.root.join("sys/dev/block").join(&mount.device)).ok()?;
        match fs::read_to_string(device.join("dm/uuid")) {
            Ok(uuid) if uuid.starts_with("CRYPT-") => Some(true),
            Ok(_) => None,
            Err(_) => Some(false),
        }
    }

    fn is_apart(&self) -> Option<bool> {
        let store = device(self.data)?;
        Some(device(self.backups).is_some_and(|backups| backups != store))
    }

    fn dumps_nothing(&self) -> Option<bool> {
        let by_unit = self.text(UNITS.first()?).is_some_and(|text| text.lines().any(|line| line.trim() == "LimitCORE=0"));
        let limits = self.text("proc/self/limits");
        let own = limits
            .map(|text| text.lines().any(|line| line.strip_prefix("Max core file size").is_some_and(|l| l.split_whitespace().next() == Some("0"))));
        if by_unit { Some(true) } else { own }
    }

    /// The last value of a key in the configuration of `logind`.
    fn logind(&self, key: &str) -> Option<String> {
        let mut files = vec![self.root.join("etc/systemd/logind.conf")];
        let mut more: Vec<PathBuf> =
            fs::read_dir(self.root.join("etc/systemd/logind.conf.d")).into_iter().flatten().flatten().map(|e| e.path()).collect();
        more.sort();
        files.extend(more.into_iter().filter(|file| file.extension().is_some_and(|e| e == "conf")));
        let lines: Vec<String> =
            files.iter().filter_map(|file| fs::read_to_string(file).ok()).flat_map(|t| t.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.iter().filter_map(|line| line.trim().strip_prefix(key)?.trim_start().strip_prefix('=')).next_back().map(|value| value.trim().to_owned())
    }

    fn foot_has_no_keys(&self) -> Option<bool> {
        self.text(UNITS.first()?)?;
        let text = self.text("etc/caredesk/foot.ini").unwrap_or_default();
        let has = |wanted: &str| text.lines().any(|line| line.trim() == wanted);
        Some(["lines=0", "spawn-terminal=none", "clipboard-paste=none", "search-start=none"].into_iter().all(has))
    }
}

/// One line of the table of mounts.
struct Mount {
    at: PathBuf,
    kind: String,
    /// Major and minor number, as the system writes them: `253:0`.
    device: String,
}

impl Mount {
    fn read(line: &str) -> Option<Self> {
        let (left, right) = line.split_once(" - ")?;
        let mut fields = left.split(' ').skip(2);
        let (device, at) = (fields.next()?, fields.nth(1)?);
        Some(Self { at: PathBuf::from(at.replace("\\040", " ")), kind: right.split(' ').next()?.to_owned(), device: device.to_owned() })
    }
}

/// Whether nobody but its owner can read or write a file or folder; `None` where that is not said so.
#[cfg(unix)]
fn is_for_one(path: &Path) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt;
    let for_others = fs::metadata(path).ok()?.permissions().mode() & 0o077;
    Some(for_others == 0)
}

#[cfg(not(unix))]
fn is_for_one(_: &Path) -> Option<bool> {
    None
}

/// Whether a file can be read and says something.
fn has_words(file: &Path) -> bool {
    fs::read_to_string(file).is_ok_and(|text| !text.trim().is_empty())
}

/// The number of the file system on which something lies.
#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::dev(&fs::metadata(path).ok()?))
}

#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    /// What is not as it should be: its name, the check that sees it, and how it comes about.
    type Slip = (&'static str, Check, fn(&mut System));

    /// A system in a folder, and a store in it.
    struct System {
        dir: tempfile::TempDir,
        newest: Option<NaiveDate>,
        record: bool,
        key_is_read: bool,
        days_due: bool,
        user: u32,
        language: &'static str,
    }

    const TODAY: &str = "2026-09-07";

    impl System {
        fn path(&self, name: &str) -> PathBuf {
            self.dir.path().canonicalize().unwrap().join(name)
        }

        fn write(&self, name: &str, text: &str) {
            let file = self.path(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
        }

        fn mounted(&self, kind: &str) {
            let data = self.path("data");
            self.write(
                "proc/self/mountinfo",
                &format!("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 8:2 / {} rw,noatime shared:1 - {kind} /dev/x rw\n", data.display()),
            );
        }

        /// Everything is as it should be.
        fn good() -> Self {
            let system = Self {
                dir: tempfile::tempdir().unwrap(),
                newest: Some("2026-09-06".parse().unwrap()),
                record: true,
                key_is_read: true,
                days_due: false,
                user: 1000,
                language: "zh_CN.UTF-8",
            };
            system.write("data/caredesk.db", "");
            system.write("home/backup-passphrase", "words");
            system.write("home/record-key-1", "key");
            for (name, mode) in [("data", 0o700), ("data/caredesk.db", 0o600), ("home/backup-passphrase", 0o600), ("home/record-key-1", 0o600)] {
                fs::set_permissions(system.path(name), fs::Permissions::from_mode(mode)).unwrap();
            }
            system.mounted("ext4");
            system.write("sys/block/sda/removable", "0\n");
            system.write("sys/block/sda/sda2/dm/uuid", "CRYPT-LUKS2-1\n");
            fs::create_dir_all(system.path("sys/dev/block")).unwrap();
            symlink("../../block/sda/sda2", system.path("sys/dev/block/8:2")).unwrap();
            system.write("proc/self/limits", "Limit  Soft  Hard\nMax core file size        0                    unlimited            bytes\n");
            system.write("proc/sys/kernel/sysrq", "0\n");
            fs::create_dir_all(system.path("etc/systemd/system")).unwrap();
            symlink("/dev/null", system.path("etc/systemd/system/ctrl-alt-del.target")).unwrap();
            system.write("etc/systemd/logind.conf", "[Login]\n#NAutoVTs=6\n#ReserveVT=6\n");
            system.write("etc/systemd/logind.conf.d/desk.conf", "[Login]\nNAutoVTs=0\nReserveVT = 0\n");
            system.write("etc/systemd/system/caredesk-kiosk.service", include_str!("../../assets/kiosk/caredesk-kiosk.service"));
            system.write("etc/caredesk/foot.ini", include_str!("../../assets/kiosk/foot.ini"));
            system.write("run/systemd/timesync/synchronized", "");
            system
        }

        fn look(&self, check: Check) -> State {
            let (root, data, passphrase) = (self.path(""), self.path("data"), self.path("home/backup-passphrase"));
            let key = self.path("home/record-key-1");
            // Another file system than the folder's, wherever the tests run.
            let backups = Path::new("/proc");
            let round = Round {
                root: &root,
                record: Some(self.record),
                data: &data,
                backups,
                key: Some(&key),
                key_is_read: self.key_is_read,
                passphrase: Some(&passphrase),
                newest: self.newest,
                days_due: Some(self.days_due),
                today: TODAY.parse().unwrap(),
                user: Some(self.user),
                language: Some(self.language.to_owned()),
            };
            round.look(check)
        }
    }

    #[test]
    fn a_good_system_is_good_and_each_slip_is_seen_at_its_check_alone() {
        let slips: [Slip; 27] = [
            ("kept too long", Check::Kept, |s| s.days_due = true),
            ("unsealed", Check::Sealed, |s| fs::remove_file(s.path("home/record-key-1")).unwrap()),
            ("unread key", Check::Sealed, |s| s.key_is_read = false),
            ("open key", Check::Sealed, |s| fs::set_permissions(s.path("home/record-key-1"), fs::Permissions::from_mode(0o640)).unwrap()),
            ("changed", Check::Record, |s| s.record = false),
            ("folder", Check::Private, |s| fs::set_permissions(s.path("data"), fs::Permissions::from_mode(0o750)).unwrap()),
            ("file", Check::Private, |s| fs::set_permissions(s.path("data/caredesk.db"), fs::Permissions::from_mode(0o604)).unwrap()),
            ("root", Check::OwnUser, |s| s.user = 0),
            ("nfs", Check::LocalDisk, |s| s.mounted("nfs4")),
            ("sshfs", Check::LocalDisk, |s| s.mounted("fuse.sshfs")),
            ("stick", Check::FixedDisk, |s| s.write("sys/block/sda/removable", "1\n")),
            ("plain", Check::Encrypted, |s| fs::remove_dir_all(s.path("sys/block/sda/sda2/dm")).unwrap()),
            ("none", Check::Passphrase, |s| fs::remove_file(s.path("home/backup-passphrase")).unwrap()),
            ("no words", Check::Passphrase, |s| s.write("home/backup-passphrase", "\n")),
            ("a folder", Check::Passphrase, |s| {
                fs::remove_file(s.path("home/backup-passphrase")).unwrap();
                s.write("home/backup-passphrase/x", "words");
                fs::set_permissions(s.path("home/backup-passphrase"), fs::Permissions::from_mode(0o700)).unwrap();
            }),
            ("open", Check::Passphrase, |s| fs::set_permissions(s.path("home/backup-passphrase"), fs::Permissions::from_mode(0o644)).unwrap()),
            ("old", Check::Backups, |s| s.newest = Some("2026-09-04".parse().unwrap())),
            ("never", Check::Backups, |s| s.newest = None),
            ("keys", Check::NoSysrq, |s| s.write("proc/sys/kernel/sysrq", "438\n")),
            ("reboot", Check::NoCtrlAltDel, |s| fs::remove_file(s.path("etc/systemd/system/ctrl-alt-del.target")).unwrap()),
            ("consoles", Check::NoConsoles, |s| s.write("etc/systemd/logind.conf.d/desk.conf", "[Login]\nNAutoVTs=0\n")),
            ("overruled", Check::NoConsoles, |s| s.write("etc/systemd/logind.conf.d/z.conf", "[Login]\nReserveVT=6\n")),
            ("scrolls", Check::FootKeys, |s| s.write("etc/caredesk/foot.ini", "[scrollback]\nlines=1000\n")),
            ("no file", Check::FootKeys, |s| fs::remove_file(s.path("etc/caredesk/foot.ini")).unwrap()),
            ("ascii", Check::Utf8, |s| s.language = "C"),
            ("clock", Check::Clock, |s| fs::remove_file(s.path("run/systemd/timesync/synchronized")).unwrap()),
            ("dumps", Check::NoDumps, |s| {
                s.write("proc/self/limits", "Max core file size        unlimited            unlimited            bytes\n");
                s.write("etc/systemd/system/caredesk-kiosk.service", "[Service]\n#LimitCORE=0\n");
            }),
        ];
        let good = System::good();
        for check in Check::ALL {
            let want = if check == Check::Scanner { State::Unseen } else { State::Good };
            assert_eq!(good.look(check), want, "{check:?}");
        }
        for (what, check, slip) in slips {
            let mut system = System::good();
            slip(&mut system);
            for other in Check::ALL.into_iter().filter(|c| *c != Check::Scanner) {
                let want = if other == check { State::Bad } else { State::Good };
                assert_eq!(system.look(other), want, "{what}: {other:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_called_good() {
        let empty = tempfile::tempdir().unwrap();
        let round = Round {
            root: empty.path(),
            record: None,
            data: Path::new("/nowhere/at/all"),
            backups: Path::new("/nowhere/else"),
            key: None,
            key_is_read: true,
            passphrase: None,
            newest: None,
            days_due: None,
            today: TODAY.parse().unwrap(),
            user: None,
            language: None,
        };
        for check in Check::ALL {
            let want = if check == Check::Backups { State::Bad } else { State::Unseen };
            assert_eq!(round.look(check), want, "{check:?}");
        }
        let system = System::good();
        fs::remove_dir_all(system.path("etc/systemd/system")).unwrap();
        for check in [Check::NoCtrlAltDel, Check::NoConsoles, Check::Started, Check::Clock, Check::FootKeys] {
            assert_eq!(system.look(check), State::Unseen, "{check:?}");
        }
    }
}
