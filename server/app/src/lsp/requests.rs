//! What the client asks for, besides findings: code actions and commands.

pub(super) mod actions;
pub(super) mod commands;
