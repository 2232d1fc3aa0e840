//! The `legation` program: wire formats and commands.

pub mod conllu;

pub mod wire;
