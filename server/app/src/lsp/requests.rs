//! What the client asks for, besides findings: code actions, commands, and what is shown of a text.

pub(super) mod actions;
pub(super) mod commands;
pub(super) mod completion;
pub(super) mod contract;
pub(super) mod hints;
pub(super) mod hover;
pub(super) mod lens;
pub(super) mod links;
pub(super) mod navigate;
pub(super) mod outline;
pub(super) mod rename;
mod settings;
pub(super) mod structure;
pub(super) mod tokens;
