//! The `legation` program: wire formats and commands.

pub mod wire;
