//! Where in a module the clauses of a contract are met, and how well.

use crate::{
    contract::{ClauseVerdict, Contract},
    module::{Module, calls::Calls},
};

/// The answers to the clauses of one contract.
#[derive(Debug, Default)]
pub(crate) struct Answers {}

impl Answers {
    pub(crate) fn of(_module: &Module<'_>, _calls: &Calls<'_>, _contract: Option<&Contract>) -> Self {
        Self {}
    }

    pub(crate) fn verdicts(&self) -> Vec<ClauseVerdict> {
        Vec::new()
    }
}
