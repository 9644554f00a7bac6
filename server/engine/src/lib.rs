//! Holds a TLA+ specification to the prompt that asked for it: text in, answers out.
//!
//! A [`prompt::Prompt`] is parsed into a [`contract::Contract`]; a [`Document`] is the text of one reply; [`judge`]
//! holds one against the other. Nothing here reads files, starts threads or knows of editors.

pub mod config;
pub mod contract;
pub mod diagnostic;
pub mod document;
mod evidence;
pub mod features;
mod memo;
mod module;
pub mod prompt;
pub mod repair;
pub mod repair_prompt;
pub mod reply;
pub mod rules;
mod syntax;
pub mod text;

pub use document::Document;
pub use evidence::{page_of_topics, table_of_topics};

use config::Config;
use contract::{ClauseVerdict, Contract};
use diagnostic::Finding;

/// What a judgement needs besides the text itself.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The demands that the reply is held to; `None` leaves the findings that TLA+ itself gives.
    pub contract: Option<&'a Contract>,
    pub config: &'a Config,
    /// The file's name without folder and extension, where there is a file: SANY wants the module to have that name
    /// (SANY error 4221).
    pub file_stem: Option<&'a str>,
    /// The draft analysis that a draft prompt speaks of, where one is at hand.
    pub draft: Option<&'a prompt::draft::Draft>,
    /// Where modules that are extended or instantiated come from, besides the engine's own library.
    pub modules: &'a dyn ModuleSource,
}

/// Gives the text of modules that a specification extends or instantiates. The engine never looks for files itself.
pub trait ModuleSource: Sync {
    /// The document of the module of this name; `None` when there is none beside the specification or in a folder
    /// that is searched for modules.
    fn module(&self, name: &str) -> Option<std::sync::Arc<Document>>;

    /// The document of a module that is neither there, nor in the library, nor in the specification's own file, but
    /// somewhere around; `None` when there is none.
    fn module_elsewhere(&self, _name: &str) -> Option<std::sync::Arc<Document>> {
        None
    }
}

/// A source that has no modules, for a text that stands alone.
pub struct NoModules;

impl ModuleSource for NoModules {
    fn module(&self, _name: &str) -> Option<std::sync::Arc<Document>> {
        None
    }
}

/// Everything that is said of one reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// The name in the module's header.
    pub module: Option<String>,
    /// One answer for each clause of the contract, in its order; empty without a contract.
    pub verdicts: Vec<ClauseVerdict>,
    /// In order of place; severities are those of the [`Config`].
    pub findings: Vec<Finding>,
    /// What was left alone because it is not understood, one sentence each.
    pub left_alone: Vec<String>,
}

/// Whether a module of this name is in the engine's own library: TLA+'s standard modules, the community modules, TLAPS
/// and Apalache.
pub fn is_library_module(name: &str) -> bool {
    module::library::has(name)
}

/// The modules of the engine's library that a document extends or instantiates, directly or not, with their texts; those
/// that every SANY has of its own are left out.
pub fn library_modules_of(document: &Document) -> Vec<(&'static str, &'static str)> {
    module::library::needed_beside_standard(document)
}

/// Holds a document to its contract. Never fails: what is not understood is not judged.
pub fn judge(document: &Document, setting: Setting<'_>) -> Judgement {
    rules::judge(document, setting)
}
