//! Disks that are full, and files that must survive.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{data, done, err, files, folder, inside, qise, shell, skipped};

/// A small file system in memory, gone at the end.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Nothing where this user may not have one.
    fn new(at: &Path) -> Option<Self> {
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(at).output();
        mount.is_ok_and(|output| output.status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Every command that writes files, with those files in a folder, none of which fits in 64 kB beside what stands there.
fn writers(scenario: &str, plan: &str, folder: &Path) -> Vec<Vec<String>> {
    let commands = [
        "generate --needs 2000 --out OUT/scenario.json",
        "solve SCENARIO --iterations 1 --out OUT/plan.json",
        "solve SCENARIO --iterations 1 --geojson OUT/plan.geojson",
        "fairness SCENARIO PLAN --book OUT/booked.json",
        "coverage SCENARIO --region alxa --cell 10000 --geojson OUT/coverage.geojson",
        "frontier SCENARIO --weights 0,5 --iterations 1 --plans OUT/plans",
    ];
    let folder = folder.to_str().expect("the path of the repository is text");
    let filled = |word: &str| word.replace("OUT", folder).replace("SCENARIO", scenario).replace("PLAN", plan);
    commands.iter().map(|words| words.split(' ').map(filled).collect()).collect()
}

#[test]
fn a_full_disk_leaves_the_old_files_whole() {
    let room = folder();
    let (scenario, plan) = (inside(room.path(), "day.json"), inside(room.path(), "day-plan.json"));
    done(&["generate", "--needs", "400", "--volunteers", "300", "--out", &scenario]);
    done(&["solve", &scenario, "--iterations", "1", "--quiet", "--out", &plan]);
    let small = room.path().join("small");
    std::fs::create_dir(&small).expect("writable");
    let Some(_disk) = SmallDisk::new(&small) else {
        return skipped("no file system in memory may be mounted");
    };
    for name in ["scenario.json", "plan.json", "plan.geojson", "booked.json", "coverage.geojson"] {
        std::fs::write(small.join(name), format!("the old {name}")).expect("room for a little");
    }
    std::fs::create_dir(small.join("plans")).expect("writable");
    std::fs::write(small.join("plans/load-0.json"), "the old plan").expect("room for a little");
    let before = files(&small);
    for words in writers(&scenario, &plan, &small) {
        let output = qise(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(4), "{words:?}: {}", err(&output));
        assert!(err(&output).contains("cannot write"), "{words:?}: {}", err(&output));
        assert_eq!(files(&small), before, "{words:?}");
    }
}

#[test]
fn a_limit_of_the_size_of_files_is_no_end_of_the_old_file() {
    let room = folder();
    let out = inside(room.path(), "scenario.json");
    std::fs::write(&out, "the old scenario").expect("writable");
    // Where the signal is ignored, writing beyond the limit (of blocks of 512 bytes) is an error as any other.
    let output =
        shell(&format!("trap '' XFSZ; ulimit -f 16; exec \"$QISE\" generate --needs 500 --out '{out}'"));
    assert_eq!(output.status.code(), Some(4), "{}", err(&output));
    assert_eq!(files(room.path()).into_values().collect::<Vec<_>>(), [b"the old scenario"]);
}

#[test]
fn what_is_replaced_keeps_its_permissions_and_its_links() {
    let room = folder();
    let (kept, link) = (room.path().join("kept.json"), room.path().join("link.json"));
    std::fs::write(&kept, "old").expect("writable");
    std::fs::set_permissions(&kept, PermissionsExt::from_mode(0o640)).expect("mine");
    symlink("kept.json", &link).expect("writable");
    done(&["generate", "--needs", "3", "--out", link.to_str().expect("text")]);
    assert!(std::fs::symlink_metadata(&link).expect("there").is_symlink());
    let found = std::fs::metadata(&kept).expect("there");
    assert_eq!(found.mode() & 0o777, 0o640);
    assert!(found.len() > 1000);

    // A link to what is not there yet.
    symlink("new.json", room.path().join("dangling.json")).expect("writable");
    done(&["generate", "--needs", "3", "--out", &inside(room.path(), "dangling.json")]);
    assert_eq!(std::fs::read(room.path().join("new.json")).ok(), std::fs::read(&kept).ok());
    assert_eq!(files(room.path()).len(), 4, "no temporary file is left");

    // A new file is as any other that is made by this user.
    let mine = shell(&format!(
        "umask 027; exec \"$QISE\" generate --needs 3 --out '{}/mine.json'",
        room.path().display()
    ));
    assert_eq!(mine.status.code(), Some(0), "{}", err(&mine));
    assert_eq!(std::fs::metadata(room.path().join("mine.json")).expect("there").mode() & 0o777, 0o640);
}

#[test]
fn no_output_is_an_input() {
    let room = folder();
    let scenario = inside(room.path(), "s.json");
    std::fs::copy(data("alxa/tiny.json"), &scenario).expect("writable");
    symlink("s.json", room.path().join("soft.json")).expect("writable");
    std::fs::hard_link(&scenario, room.path().join("hard.json")).expect("writable");
    symlink(".", room.path().join("folder")).expect("writable");
    let plan = inside(room.path(), "p.json");
    done(&["solve", &scenario, "--iterations", "1", "--quiet", "--out", &plan]);
    let before = files(room.path());
    let refused = |args: &[&str]| {
        let output = qise(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(err(&output).contains("same file"), "{}", err(&output));
        assert_eq!(files(room.path()), before, "{args:?}");
    };
    for name in ["s.json", "./s.json", "soft.json", "hard.json", "folder/s.json", "folder/./s.json"] {
        let out = inside(room.path(), name);
        refused(&["solve", &scenario, "--time-limit", "3600", "--out", &out]);
        refused(&["solve", &out, "--time-limit", "3600", "--geojson", &scenario]);
        refused(&["fairness", &scenario, &plan, "--book", &out]);
    }
    let (new, also_new) = (inside(room.path(), "new.json"), inside(room.path(), "folder/./new.json"));
    refused(&["solve", &scenario, "--time-limit", "3600", "--out", &new, "--geojson", &also_new]);
    refused(&["solve", &scenario, "--time-limit", "3600", "--warm", &plan, "--out", &plan]);
    refused(&["solve", &scenario, "--time-limit", "3600", "--previous", &plan, "--out", &plan]);
    refused(&["frontier", &scenario, "--time-limit", "3600", "--plot", &scenario]);
    refused(&["coverage", &scenario, "--out", &new, "--geojson", &new]);
    // What is no file may be written twice.
    done(&["solve", &scenario, "--iterations", "1", "--out", "/dev/null", "--geojson", "/dev/null"]);
}

#[test]
fn a_folder_of_plans_is_not_written_over_what_is_read() {
    let room = folder();
    let scenario = inside(room.path(), "plan-1-scenario.json");
    std::fs::copy(data("alxa/tiny.json"), &scenario).expect("writable");
    let plan = inside(room.path(), "p.json");
    done(&["solve", &scenario, "--iterations", "1", "--quiet", "--out", &plan]);
    let before = files(room.path());
    let plans = room.path().to_str().expect("text");
    let output = qise(&["improve", &scenario, "--plan", &plan, "--plans", plans]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
    assert_eq!(files(room.path()), before);
}
