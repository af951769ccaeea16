//! Standard input and output: full, closed, endless, or in the place of a file.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{QISE, data, done, err, folder, inside, qise, shell, skipped};

/// A command for each way of speaking, with its scenario and its plan.
fn speakers(scenario: &str, plan: &str) -> Vec<String> {
    [
        "--help",
        "schema plan",
        "generate --needs 2000",
        &format!("solve '{scenario}' --iterations 1"),
        &format!("solve '{scenario}' --iterations 1 --json"),
        &format!("solve '{scenario}' --iterations 1 --out -"),
        &format!("check '{scenario}' '{plan}'"),
        &format!("diff '{scenario}' '{plan}' '{plan}' --json"),
        &format!("fairness '{scenario}' '{plan}'"),
        &format!("rank '{scenario}' --plan '{plan}' --need n-lamp"),
        &format!("bound '{scenario}' --rounds 1"),
        &format!("coverage '{scenario}'"),
    ]
    .map(str::to_owned)
    .to_vec()
}

fn scenario_and_plan(room: &Path) -> (String, String) {
    let (scenario, plan) = (data("alxa/tiny.json"), inside(room, "plan.json"));
    done(&["solve", &scenario, "--iterations", "1", "--quiet", "--out", &plan]);
    (scenario, plan)
}

#[test]
fn output_that_is_lost_is_an_error() {
    let room = folder();
    let (scenario, plan) = scenario_and_plan(room.path());
    let mut ways = vec![];
    if Path::new("/dev/full").exists() {
        ways.push("> /dev/full");
    } else {
        skipped("there is no /dev/full");
    }
    if cfg!(target_os = "linux") {
        ways.push(">&-");
    } else {
        skipped("a closed output is known on Linux only");
    }
    for way in ways {
        for words in speakers(&scenario, &plan) {
            let output = shell(&format!("exec \"$QISE\" {words} {way}"));
            assert_eq!(output.status.code(), Some(4), "{words} {way}: {}", err(&output));
            assert!(
                err(&output).contains("cannot write to standard output"),
                "{words} {way}: {}",
                err(&output)
            );
        }
        // Who says nothing loses nothing.
        let output = shell(&format!("exec \"$QISE\" check '{scenario}' '{plan}' --quiet {way}"));
        assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()), "{way}");
        // A plan is not lost with the words about it.
        let kept = inside(room.path(), "kept.json");
        let output = shell(&format!("exec \"$QISE\" solve '{scenario}' --iterations 1 --out '{kept}' {way}"));
        assert_eq!(output.status.code(), Some(4), "{way}: {}", err(&output));
        done(&["check", &scenario, &kept]);
        std::fs::remove_file(&kept).expect("there");
    }
}

#[test]
fn a_reader_who_goes_away_is_none() {
    let mut program = Command::new(QISE);
    let program = program.args(["generate", "--needs", "2000"]);
    let program = program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = program.spawn().expect("the program runs");
    let mut begin = [0; 10];
    running.stdout.take().expect("piped").read_exact(&mut begin).expect("it begins");
    let output = running.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
}

#[test]
fn a_dash_is_standard_input_or_output() {
    let room = folder();
    let (scenario, plan) = scenario_and_plan(room.path());
    let piped = |words: &str| {
        let output = shell(words);
        assert_eq!(output.status.code(), Some(0), "{words}: {}", err(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let named = piped(&format!("\"$QISE\" solve '{scenario}' --iterations 5 --json"));
    assert_eq!(piped(&format!("\"$QISE\" solve - --iterations 5 --out - < '{scenario}'")), named);
    assert_eq!(
        piped(&format!(
            "\"$QISE\" solve '{scenario}' --iterations 5 --out - | \"$QISE\" check '{scenario}' -"
        )),
        piped(&format!(
            "\"$QISE\" solve '{scenario}' --iterations 5 --json > '{plan}'; \"$QISE\" check '{scenario}' '{plan}'"
        )),
    );
    // A table is told from a document.
    let told = piped(&format!(
        "printf 'need,volunteer\\nn-lamp,v-gao-feng\\n' | \"$QISE\" diff '{scenario}' - '{plan}'"
    ));
    assert!(told.contains("filled in as early as possible"), "{told}");
    assert!(
        piped("\"$QISE\" generate --needs 3 --out - | \"$QISE\" solve - --iterations 1")
            .contains("Key figures")
    );
    assert!(!Path::new("-").exists());
    for twice in [
        ["check", "-", "-"].as_slice(),
        &["solve", &scenario, "--out", "-", "--geojson", "-"],
        &["solve", &scenario, "--out", "-", "--json"],
        &["solve", "-", "--warm", "-"],
    ] {
        let output = qise(twice);
        assert_eq!(output.status.code(), Some(2), "{twice:?}: {}", err(&output));
    }
}

#[test]
fn what_never_ends_is_read_to_a_limit() {
    if !Path::new("/dev/zero").exists() {
        return skipped("there is no /dev/zero");
    }
    for words in ["solve /dev/zero", "solve - < /dev/zero"] {
        let output = shell(&format!("ulimit -v 3000000; exec \"$QISE\" {words}"));
        assert_eq!(output.status.code(), Some(4), "{words}: {}", err(&output));
        assert!(err(&output).contains("512 MiB"), "{}", err(&output));
    }
}

#[test]
fn documents_that_are_all_faults_are_left_early() {
    let room = folder();
    let (needs, empty) = (inside(room.path(), "needs.json"), "{},".repeat(1_000_000));
    let mut file = std::fs::File::create(&needs).expect("writable");
    let head =
        "{\"format\": \"qise/scenario\", \"version\": 1, \"name\": \"x\", \"volunteers\": [], \"needs\": [";
    write!(file, "{head}{empty}{{}}]}}").expect("writable");
    drop(file);
    for more in ["", "--json"] {
        let output = shell(&format!("ulimit -v 1000000; exec \"$QISE\" solve '{needs}' {more}"));
        assert_eq!(output.status.code(), Some(3), "{}", err(&output));
        let told = if more.is_empty() { &output.stderr } else { &output.stdout };
        assert!(String::from_utf8_lossy(told).contains("10000 faults or more"), "{more}");
        assert!(told.len() < 20 << 20, "{} bytes", told.len());
    }
}
