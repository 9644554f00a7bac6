//! Findings on their way to the client: pushed as they change, or given when it asks.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Duration,
};

use tla_contract_engine::{contract::Polarity, diagnostic::Severity};
use tokio::sync::{Semaphore, watch};
use tower_lsp::{
    Client,
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{Diagnostic, Uri},
};

use super::{
    analysis::Analysis,
    convert::{self, Elsewhere},
    requests::contract::{ContractChanged, ContractChangedParams},
    session::{Analysed, Dismissal, Kind, Session, Snapshot},
};

/// How long the client may take to answer a request of the server.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Between two requests to ask again.
const REFRESH_PAUSE: Duration = Duration::from_millis(100);
/// Between an edit and the request to ask for the lenses of other documents again.
const LENS_PAUSE: Duration = Duration::from_secs(1);
/// Analyses at the same time.
const AT_ONCE: usize = 2;

/// Makes analyses and tells the client of them.
pub(super) struct Publisher {
    session: Arc<Session>,
    client: Client,
    at_work: Arc<Semaphore>,
    /// The client has to be told to ask again.
    stale: watch::Sender<()>,
    /// It has to be told to ask for the lenses again.
    stale_lenses: watch::Sender<()>,
}

impl Publisher {
    pub(super) fn new(session: Arc<Session>, client: Client) -> Self {
        Self {
            session,
            client,
            at_work: Arc::new(Semaphore::new(AT_ONCE)),
            stale: watch::Sender::new(()),
            stale_lenses: watch::Sender::new(()),
        }
    }

    /// A document was opened, changed or closed.
    pub(super) fn document_changed(self: &Arc<Self>, uri: &Uri, kind: Kind) {
        let pulls = self.session.facts().pulls;
        if self.session.shows_both(kind) {
            self.stale_lenses.send_replace(());
        }
        if !pulls {
            self.look_again(uri.as_str());
        }
        if kind != Kind::Specification {
            return self.all_changed(Some(uri.as_str()));
        }
        let dependents = self.session.dependents(uri);
        if pulls && !dependents.is_empty() {
            self.stale.send_replace(());
        } else if !pulls {
            dependents.iter().for_each(|dependent| self.look_again(dependent));
        }
    }

    /// Something that every document may depend on has changed.
    pub(super) fn surroundings_changed(self: &Arc<Self>) {
        self.all_changed(None);
    }

    fn all_changed(self: &Arc<Self>, but: Option<&str>) {
        if self.session.facts().pulls {
            self.stale.send_replace(());
            return;
        }
        for uri in self.session.open_uris().iter().filter(|uri| but != Some(uri.as_str())) {
            self.look_again(uri);
        }
    }

    fn look_again(self: &Arc<Self>, uri: &str) {
        if let Some(ear) = self.session.tell_publisher(uri) {
            tokio::spawn(Arc::clone(self).push(uri.to_owned(), ear));
        }
    }

    /// Pushes the findings of one document for as long as it is open: after each change those of the newest text.
    async fn push(self: Arc<Self>, uri: String, mut ear: watch::Receiver<()>) {
        while ear.changed().await.is_ok() {
            let Some(snapshot) = self.session.snapshot(&uri) else {
                if let Ok(uri) = uri.parse::<Uri>() {
                    self.client.publish_diagnostics(uri, Vec::new(), None).await;
                }
                match self.session.dismiss_publisher(&uri) {
                    Dismissal::Go => return,
                    Dismissal::Stay => continue,
                }
            };
            // An analysis that fails is said on standard error by the panic itself; the next change tries again.
            let Ok(analysis) = self.analysis(snapshot).await else { continue };
            let Ok(items) = tokio::task::spawn_blocking({
                let analysis = Arc::clone(&analysis);
                move || diagnostics(&analysis)
            })
            .await
            else {
                continue;
            };
            let snapshot = &analysis.snapshot;
            if self.session.is_current(snapshot) {
                self.client.publish_diagnostics(snapshot.uri.clone(), items, Some(snapshot.version)).await;
            }
        }
    }

    /// Tells a client that asks for findings when it should ask again; never more than one such request at a time.
    /// Listens from now on, not from the first poll.
    pub(super) fn keep_fresh(self: Arc<Self>) -> impl Future<Output = ()> {
        let mut stale = self.stale.subscribe();
        async move {
            while stale.changed().await.is_ok() {
                let _ = tokio::time::timeout(PATIENCE, self.client.workspace_diagnostic_refresh()).await;
                tokio::time::sleep(REFRESH_PAUSE).await;
            }
        }
    }

    /// Tells a client when the lenses of documents that it did not edit have changed, never at each keystroke.
    /// Listens from now on, not from the first poll.
    pub(super) fn keep_lenses_fresh(self: Arc<Self>) -> impl Future<Output = ()> {
        let mut stale = self.stale_lenses.subscribe();
        async move {
            while stale.changed().await.is_ok() {
                tokio::time::sleep(LENS_PAUSE).await;
                stale.mark_unchanged();
                let _ = tokio::time::timeout(PATIENCE, self.client.code_lens_refresh()).await;
            }
        }
    }

    /// What is found in the newest text of a document; `None` when it is not open.
    ///
    /// # Errors
    /// "Internal error" when the analysis panicked.
    pub(super) async fn newest(&self, uri: &str) -> Result<Option<Arc<Analysis>>> {
        loop {
            let Some(snapshot) = self.session.snapshot(uri) else { return Ok(None) };
            match self.analysis(snapshot).await {
                Err(error) if error.code == ErrorCode::ContentModified => {}
                answer => return answer.map(Some),
            }
        }
    }

    /// What is found in a snapshot, made anew only where nobody has made it yet.
    ///
    /// # Errors
    /// "Content modified" when the document has changed before the work began, "internal error" when it panicked.
    pub(super) async fn analysis(&self, snapshot: Snapshot) -> Result<Arc<Analysis>> {
        let analysed = Arc::clone(&snapshot.analysed);
        let mut known = analysed.lock().await;
        if let Some(analysis) = known.as_ref()
            && analysis.snapshot.revision == snapshot.revision
            && analysis.snapshot.surroundings.generation == snapshot.surroundings.generation
            && analysis.footing().holds(&self.session, &snapshot.uri)
        {
            return Ok(Arc::clone(analysis));
        }
        // Dropped when the request is cancelled; the work itself can't be, so it keeps its permit.
        let permit = Arc::clone(&self.at_work).acquire_owned().await.map_err(|_| Error::internal_error())?;
        if !self.session.is_current(&snapshot) {
            return Err(Error::content_modified());
        }
        let session = Arc::clone(&self.session);
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let document = match snapshot.kind {
                Kind::Specification => {
                    let document = snapshot.document();
                    session.was_read(&snapshot, &document);
                    document
                }
                _ => Arc::default(),
            };
            // What keeps the last analysis must not be kept by it: neither would ever be let go.
            let snapshot = Snapshot { analysed: Analysed::default(), ..snapshot };
            let analysis = Analysis::of(&session, snapshot, document);
            session.has_asked(&analysis.snapshot.uri, analysis.footing().asked());
            Arc::new(analysis)
        });
        let analysis = work.await.map_err(|_| Error::internal_error())?;
        *known = Some(Arc::clone(&analysis));
        self.tell_of_contract(&analysis);
        Ok(analysis)
    }
}

impl Publisher {
    /// Tells a client that wants to know that the clauses of an open module were judged anew.
    fn tell_of_contract(&self, analysis: &Analysis) {
        let Snapshot { uri, version, kind, facts, .. } = &analysis.snapshot;
        if !facts.hears_of_contracts || *kind != Kind::Specification || !self.session.is_current(&analysis.snapshot) {
            return;
        }
        let client = self.client.clone();
        let changed = ContractChangedParams { uri: uri.clone(), version: *version };
        tokio::spawn(async move { client.send_notification::<ContractChanged>(changed).await });
    }
}

/// The diagnostics of an analysis.
pub(super) fn diagnostics(analysis: &Analysis) -> Vec<Diagnostic> {
    let snapshot = &analysis.snapshot;
    let problems = analysis.problems.iter().map(|problem| {
        // Settings that are wrong say so in their place; a specification says so at its beginning.
        let (message, line) = match snapshot.kind {
            Kind::Settings => (problem.message.clone(), problem.line.unwrap_or(0)),
            _ => (problem.to_string(), 0),
        };
        let range = convert::range(analysis.text(), analysis.text().line_span(line), snapshot.facts.encoding);
        convert::plain_diagnostic(range, Severity::Error, message)
    });
    problems.chain(diagnostics_of_findings(analysis)).collect()
}

/// The diagnostics of the findings alone, one for each.
pub(super) fn diagnostics_of_findings(analysis: &Analysis) -> impl Iterator<Item = Diagnostic> {
    let snapshot = &analysis.snapshot;
    let (facts, text) = (&snapshot.facts, analysis.text());
    analysis.judgement.findings.iter().map(move |finding| {
        let demand = analysis.clause(finding).zip(analysis.governor.as_ref()).and_then(|(clause, governor)| {
            let asks = match clause.polarity {
                Polarity::Required => "asks for",
                Polarity::Forbidden => "forbids",
                Polarity::Allowed => "speaks of",
            };
            Some(Elsewhere {
                uri: governor.uri.as_ref().filter(|uri| **uri != snapshot.uri)?,
                text: &governor.text,
                span: clause.span,
                message: format!("the prompt {asks} this: {}", clause.title),
            })
        });
        convert::diagnostic(facts, &snapshot.uri, text, finding, demand)
    })
}

/// Names a list of diagnostics, so that a client need not be sent the same again.
pub(super) fn result_id(diagnostics: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(diagnostics).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tla_contract_engine::diagnostic::{Finding, Span};

    use super::*;
    use crate::lsp::capabilities::ClientFacts;

    fn shown(finding: Finding, facts: ClientFacts) -> serde_json::Value {
        let analysis = Analysis::made("```tla\n😀x\n", "", vec![finding], facts);
        serde_json::to_value(diagnostics(&analysis)).unwrap()
    }

    #[test]
    fn a_diagnostic_names_its_rule_and_links_to_its_page() {
        let facts =
            ClientFacts { code_description: true, related_information: true, tags: true, ..ClientFacts::default() };
        let finding =
            Finding::new("reply/fence", Severity::Error, Span::new(0, 6), "a fence").see(Span::new(11, 12), "here");
        let place = |line, character| json!({ "line": line, "character": character });
        let page = "https://github.com/tla-contract/tla-contract/blob/main/server/docs/rules.md#replyfence";
        let related = json!({
            "location": { "uri": "file:///folder/a.tla", "range": { "start": place(1, 2), "end": place(1, 3) } },
            "message": "here",
        });
        let expected = json!([{
            "range": { "start": place(0, 0), "end": place(0, 6) },
            "severity": 1,
            "code": "reply/fence",
            "codeDescription": { "href": page },
            "source": "tla-contract",
            "message": "a fence",
            "relatedInformation": [related],
            "tags": [1],
        }]);
        assert_eq!(shown(finding.clone(), facts), expected);
        let plain = shown(finding, ClientFacts::default());
        for more in ["codeDescription", "relatedInformation", "tags"] {
            assert_eq!(plain[0].get(more), None);
        }
    }

    #[test]
    fn the_same_diagnostics_have_the_same_result_id() {
        let id = |message: &str| {
            let finding = Finding::new("reply/fence", Severity::Error, Span::new(0, 6), message);
            result_id(&diagnostics(&Analysis::made("x", "", vec![finding], ClientFacts::default())))
        };
        assert_eq!(id("one"), id("one"));
        assert_ne!(id("one"), id("other"));
    }
}
