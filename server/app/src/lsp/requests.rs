//! What the client asks for, besides findings: code actions, commands, and what is shown of a text.

pub(super) mod actions;
pub(super) mod commands;
pub(super) mod hover;
pub(super) mod navigate;
pub(super) mod outline;
pub(super) mod structure;
