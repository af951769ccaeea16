//! What the program finds when the system starts it, and the signals that it is sent.
//!
//! The only place that asks the system by calls that Rust takes on trust: neither the standard library nor `ctrlc` tells which
//! signals are ignored, or that there was no standard output before `/dev/null` was put in its place.
#![allow(unsafe_code)]

use std::sync::Arc;

use qise_cli::Signals;

/// The exit code of a program that a signal ended, as shells count it: 128 and the number of an interrupt.
const INTERRUPTED: i32 = 130;

/// Has `signals` hear of every signal that asks the program to end. Those that are ignored when it starts, as under `nohup` or
/// in the background, stay so.
pub(crate) fn listen(signals: &Arc<Signals>) {
    #[cfg(unix)]
    let ignored = unix::ignored();
    let signals = Arc::clone(signals);
    // Without the handler signals end the program at once, which is no reason not to start.
    let _ = ctrlc::set_handler(move || {
        if signals.end() {
            std::process::exit(INTERRUPTED);
        }
    });
    #[cfg(unix)]
    unix::ignore(&ignored);
}

#[cfg(target_os = "linux")]
pub(crate) use linux::has_no_output;

/// Whether the program was started without a standard output: known on Linux only.
#[cfg(not(target_os = "linux"))]
pub(crate) fn has_no_output() -> bool {
    false
}

#[cfg(unix)]
mod unix {
    use std::mem::MaybeUninit;

    /// The signals that `ctrlc` handles.
    const ENDING: [libc::c_int; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];

    pub(super) fn ignored() -> Vec<libc::c_int> {
        let is_ignored = |&signal: &libc::c_int| {
            let mut found = MaybeUninit::<libc::sigaction>::zeroed();
            // SAFETY: without a new action nothing changes; `found` has room for the one that is set, and is read only
            // where it was filled in.
            unsafe {
                libc::sigaction(signal, std::ptr::null(), found.as_mut_ptr()) == 0
                    && found.assume_init().sa_sigaction == libc::SIG_IGN
            }
        };
        ENDING.into_iter().filter(is_ignored).collect()
    }

    pub(super) fn ignore(signals: &[libc::c_int]) {
        for &signal in signals {
            // SAFETY: no code of ours runs for a signal that is ignored.
            unsafe { libc::signal(signal, libc::SIG_IGN) };
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::atomic::{AtomicBool, Ordering};

    static MISSING: AtomicBool = AtomicBool::new(false);

    /// Called before `main`, and so before the standard library opens `/dev/null` for whatever is closed.
    extern "C" fn look() {
        // SAFETY: asks for the flags of a descriptor, which need not be open.
        let flags = unsafe { libc::fcntl(libc::STDOUT_FILENO, libc::F_GETFD) };
        MISSING.store(flags == -1, Ordering::Relaxed);
    }

    // SAFETY: a list of functions without arguments that the loader calls, each once, in the only thread there is then.
    #[used]
    #[unsafe(link_section = ".init_array")]
    static LOOK: extern "C" fn() = look;

    /// Whether the program was started without a standard output.
    pub(crate) fn has_no_output() -> bool {
        MISSING.load(Ordering::Relaxed)
    }
}
