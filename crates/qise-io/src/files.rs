//! Files: read whole, and replaced whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// The most that is read of what is no regular file (a pipe, a device, standard input), in bytes: such a thing may never end.
pub const MOST_OF_A_STREAM: u64 = 512 << 20;

/// So many links are followed from one file to another, as systems do.
const MOST_LINKS: usize = 40;

/// Reads a file. Of what is no regular file no more than [`MOST_OF_A_STREAM`] bytes are read.
///
/// # Errors
/// Where it cannot be read, or where more than that comes out of what is no regular file
/// ([`io::ErrorKind::FileTooLarge`]).
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return read_stream(file);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads what comes out of a stream, up to [`MOST_OF_A_STREAM`] bytes.
///
/// # Errors
/// As [`read`].
pub fn read_stream(stream: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(MOST_OF_A_STREAM + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_OF_A_STREAM {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Writes a file so that at every moment, and whatever fails, either the old one stands there whole or the new one: a
/// temporary file in the same folder is written, brought to the disk, and renamed.
///
/// The permissions of an old file are kept, and its owner where that is allowed; a link stays, what it leads to is replaced.
/// What is no regular file, such as a pipe or `/dev/stdout`, is written to as it is.
///
/// # Errors
/// Where it cannot be written; the old file has not changed then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let place = Place::of(path)?;
    if let Place::Stream(path) = &place {
        let mut stream = OpenOptions::new().write(true).open(path)?;
        stream.write_all(bytes)?;
        return stream.flush();
    }
    let mut file = place.temporary()?;
    file.as_file_mut().write_all(bytes)?;
    place.keep(file)
}

/// Finds out what would keep [`replace`] from writing a file, without touching it.
///
/// # Errors
/// What would.
pub fn may_replace(path: &Path) -> io::Result<()> {
    match Place::of(path)? {
        Place::Stream(path) => OpenOptions::new().write(true).open(path).map(drop),
        place @ Place::File { .. } => place.temporary().map(drop),
    }
}

/// Where something is written to.
enum Place {
    /// Not a regular file.
    Stream(PathBuf),
    /// A file in a folder, and what is known of the one that stands there now.
    File { target: PathBuf, old: Option<fs::Metadata> },
}

impl Place {
    fn of(path: &Path) -> io::Result<Self> {
        let target = behind_links(path)?;
        match fs::metadata(&target) {
            Ok(old) if old.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(old) if !old.is_file() => Ok(Self::Stream(target)),
            // Renaming would go past the protection of a file that must not be written to.
            Ok(old) => {
                OpenOptions::new().write(true).open(&target).map(|_| Self::File { target, old: Some(old) })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = fs::metadata(folder_of(&target))?;
                if folder.is_dir() {
                    Ok(Self::File { target, old: None })
                } else {
                    Err(io::ErrorKind::NotADirectory.into())
                }
            }
            Err(error) => Err(error),
        }
    }

    /// A new file beside the one to be replaced, with its permissions.
    fn temporary(&self) -> io::Result<NamedTempFile> {
        let (Self::Stream(target) | Self::File { target, .. }) = self;
        let mut builder = Builder::new();
        builder.prefix(".qise-").suffix(".tmp");
        #[cfg(unix)]
        {
            // As any new file; the mask of the process takes from it what it must.
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        }
        // The name of the temporary file, of which the whole error would tell, means nothing to anybody.
        let file = builder.tempfile_in(folder_of(target)).map_err(|error| io::Error::from(error.kind()))?;
        if let Self::File { old: Some(old), .. } = self {
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt;
                // Only the superuser may give files away; everybody else owns what they replace.
                let _ = std::os::unix::fs::fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
            }
            file.as_file().set_permissions(old.permissions())?;
        }
        Ok(file)
    }

    /// Puts a finished file in the place of the old one.
    fn keep(&self, file: NamedTempFile) -> io::Result<()> {
        let (Self::Stream(target) | Self::File { target, .. }) = self;
        file.as_file().sync_all()?;
        file.persist(target)?;
        #[cfg(unix)]
        {
            // The name is on the disk once the folder is. Some file systems know no such thing, which is no fault of the file.
            let _ = File::open(folder_of(target)).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file that a link leads to, whether that one is there or not.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_symlink() => path = folder_of(&path).join(fs::read_link(&path)?),
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links from one file to another"))
}

/// Which file a path means: paths that mean the same file, by links or other ways of writing, have equal identities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Device and number of a file.
    #[cfg(unix)]
    Numbers(u64, u64),
    /// Its path in full.
    Path(PathBuf),
}

impl Identity {
    /// The identity of a file, which need not be there yet. Nothing for what is no regular file, which may be read and
    /// written any number of times, and for what cannot be found.
    pub fn of(path: &Path) -> Option<Self> {
        let target = behind_links(path).ok()?;
        match fs::metadata(&target) {
            Ok(found) if !found.is_file() => None,
            #[cfg(unix)]
            Ok(found) => {
                use std::os::unix::fs::MetadataExt;
                Some(Self(Kind::Numbers(found.dev(), found.ino())))
            }
            #[cfg(not(unix))]
            Ok(_) => fs::canonicalize(target).ok().map(|path| Self(Kind::Path(path))),
            Err(_) => {
                let folder = fs::canonicalize(folder_of(&target)).ok()?;
                Some(Self(Kind::Path(folder.join(target.file_name()?))))
            }
        }
    }
}
