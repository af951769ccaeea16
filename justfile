# The five commands that people use. `just` lists them. What must pass is said in tests/all alone.

# List the commands.
default:
    @just --list

# Build the program: target/release/qise.
build:
    cargo build --release

# Everything that must pass, Rust and Python: about 15 minutes on two cores from nothing.
test:
    tests/all

# Plan a day of volunteer service in Alxa.
day *options:
    cargo run --release -- solve tests/data/alxa/day.json {{options}}

# Compare two builds on the problems in a folder: see benches/README.md.
compare old new data *options:
    benches/compare {{old}} {{new}} --data {{data}} {{options}}

# Build the guide (needs mdbook) and the documentation of the crates.
docs:
    mdbook build docs
    cargo doc --workspace --no-deps --exclude qise-python
