//! Clauses of prompts in the shapes that they have in the wild.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::contract;
use crate::{
    contract::Demand,
    prompt::{Prompt, unindent},
};

fn check(text: &str, expected: Expect) {
    let mut shown = String::new();
    for clause in &contract(&unindent(text)).clauses {
        let demands: Vec<String> = clause
            .demands
            .iter()
            .map(|demand| match demand {
                Demand::Undecidable(why) => format!("Undecidable({why:.20}…)"),
                _ => format!("{demand:?}"),
            })
            .collect();
        let (polarity, title) = (clause.polarity.word(), &clause.title);
        shown += &format!("{} {polarity} «{title}»\n  {}\n", clause.id, demands.join(", "));
    }
    expected.assert_eq(&shown);
}

fn check_texts(text: &str, expected: Expect) {
    let shown: Vec<String> =
        contract(&unindent(text)).clauses.iter().map(|one| format!("{}\n{}\n", one.id, one.text)).collect();
    expected.assert_eq(&shown.concat());
}

#[test]
fn the_section_gives_kind_and_polarity() {
    check(
        r#"
            You are an expert in queues.

            System: a queue
            Focus: {focus}

            Source Code from {file_path}:
            ```go
            {source_code}
            ```

            queue-specific modeling requirements:

            MANDATORY CORE ACTIONS (must include all):
            1. 【Operations】push(), pop()
            2. [Roles] StateIdle

            EXPLICITLY EXCLUDED (do not model):
            - Persistence (MsgStore)

            REQUIRED BEHAVIORAL SCOPE:
            - Order: first in, first out
            - Basic fairness under fair scheduling

            Generate a TLA+ specification that accurately models the queue.

            CRITICAL OUTPUT REQUIREMENTS:
            1. The MODULE name must be exactly "queue"
            "#,
        expect![[r#"
                actions.1 required «Operations»
                  Behaviour
                actions.2 required «Roles»
                  Behaviour
                excluded.1 forbidden «Persistence»
                  Behaviour
                scope.1 required «Order»
                  Behaviour
                scope.2 required «Basic fairness under fair scheduling»
                  Behaviour
                other.1 required «Generate a TLA+ specification that accurately models the queue»
                  Undecidable(faithfulness to the …)
                output.module-name required «The MODULE name must be exactly "queue"»
                  ModuleName("queue")
            "#]],
    );
}

#[test]
fn the_word_fairness_alone_demands_nothing_and_exclusions_forbid_it() {
    check(
        r#"
            EXPLICITLY EXCLUDED:
            - Fairness: Spec is fixed as `Spec == Init /\ [][Next]_vars`
            - Fair queues of the scheduler

            Mutex modeling requirements:
            1. Capture priorities and fairness policies
            2. **MANDATORY**: Include weak fairness in Spec
            "#,
        expect![[r#"
                excluded.1 forbidden «Fairness»
                  NoFairness
                excluded.2 forbidden «Fair queues of the scheduler»
                  Behaviour
                modeling.1 required «Capture priorities and fairness policies»
                  Behaviour
                modeling.2 required «Include weak fairness in Spec»
                  Fairness
            "#]],
    );
}

#[test]
fn rules_footers_and_fences_in_a_prompt_end_nothing() {
    check(
        r#"
            OUTPUT REQUIREMENTS:
            =====
            1. Start your response with
            ---- MODULE queue ----
            2. End it with the closing ====
            ====
            3. No ```tla fences
            "#,
        expect![[r#"
                output.first-line required «Start your response with»
                  StartsWithHeader, ModuleName("queue")
                output.last-line required «End it with the closing ====»
                  EndsWithFooter
                output.fences forbidden «No ```tla fences»
                  NoFences
            "#]],
    );
}

#[test]
fn required_actions_are_exact_wherever_the_list_stands() {
    check(
        r#"
            MANDATORY NAMING CONVENTIONS (interface):
            The following action names MUST appear EXACTLY. Any mismatch scores 0.

            Required actions:
              - `Push`
              - `Pop(x)`: takes one

            Each required action must be a definition. Do not rename these actions.
            "#,
        expect![[r#"
                naming.1 required «Push»
                  ExactAction("Push")
                naming.2 required «Pop»
                  ExactAction("Pop")
                naming.3 required «Each required action must be a definition»
                  Undecidable(each name is held to…)
                naming.4 forbidden «Do not rename these actions»
                  Undecidable(each name is held to…)
            "#]],
    );
    check(
        r#"
            MODELING REQUIREMENTS:
            1. Track the buffer
            2. Required actions:
               - `Push`
               - `Pop`
            3. Show wrapping
            4. Required actions: `Open`, `Close`
            "#,
        expect![[r#"
                modeling.1 required «Track the buffer»
                  Behaviour
                naming.1 required «Push»
                  ExactAction("Push")
                naming.2 required «Pop»
                  ExactAction("Pop")
                modeling.2 required «Show wrapping»
                  Behaviour
                modeling.3 required «Required actions»
                  ExactAction("Open"), ExactAction("Close")
            "#]],
    );
}

#[test]
fn a_numbered_item_may_be_the_heading_of_its_bullets() {
    check(
        r#"
            REQUIREMENTS:
            1. **Model the buffer**
            2. **Explicitly excluded**:
               - Persistence
               - Metrics
            3. Handle wrapping
            "#,
        expect![[r#"
                translation.1 required «Model the buffer»
                  Behaviour
                excluded.1 forbidden «Persistence»
                  Behaviour
                excluded.2 forbidden «Metrics»
                  Behaviour
                translation.2 required «Handle wrapping»
                  Behaviour
            "#]],
    );
}

#[test]
fn groups_and_prose_of_an_exclusion_stay_excluded() {
    check(
        r#"
            ## Explicitly excluded

            ### Storage
            - Snapshots

            **Network**
            - Retries

            Timer constraints:
            - Clock drift

            ## Wishes
            - Model leaders

            OUT OF SCOPE: membership changes
            "#,
        expect![[r#"
                excluded.1 forbidden «Snapshots»
                  Behaviour
                excluded.2 forbidden «Retries»
                  Behaviour
                excluded.3 forbidden «Clock drift»
                  Behaviour
                other.1 required «Model leaders»
                  Behaviour
                excluded.4 forbidden «membership changes»
                  Behaviour
            "#]],
    );
}

#[test]
fn what_is_optional_is_not_demanded() {
    check(
        "OPTIONAL FEATURES:\n- Fairness conditions in Spec\n\nREQUIREMENTS:\n- Optional: model crashes\n",
        expect![[r#"
                other.1 allowed «Fairness conditions in Spec»
                  Undecidable(the prompt permits i…)
                translation.1 allowed «Optional»
                  Undecidable(the prompt permits i…)
            "#]],
    );
}

#[test]
fn sub_bullets_and_wrapped_lines_belong_to_their_item() {
    check_texts(
        r#"
            MANDATORY CORE ACTIONS:
            1. 【Locking】Distinguish two calls:
               - lock(): waits
                 until free
               - **try_lock()**: never waits

               Both set the owner.
            2.【Unlocking】wakes
            one thread

            OUTPUT REQUIREMENTS:
            1. **Fairness**: The Spec MUST include weak fairness. Use the pattern:
               Spec == Init /\ [][Next]_Vars /\ WF_Vars(Next)
               (Replace "Vars")
            "#,
        expect![[r#"
                actions.1
                Locking: Distinguish two calls:
                - lock(): waits until free
                - try_lock(): never waits Both set the owner.
                actions.2
                Unlocking: wakes one thread
                output.fairness
                Fairness: The Spec MUST include weak fairness. Use the pattern:
                Spec == Init /\ [][Next]_Vars /\ WF_Vars(Next)
                (Replace "Vars")
            "#]],
    );
}

#[test]
fn material_demands_nothing_whatever_code_it_holds() {
    check(
        r#"
            Source Code:
            ```python
            # Requirements of the caller
            - must not be shared
            def output(x):
                return only(x)
            class Rules:
                pass
            ```

            ## Validation Errors Found
            - line 3 must be mended

            Please fix these errors.
            "#,
        expect![[r#"
                other.1 required «Please fix these errors»
                  Undecidable(it tells how to work…)
            "#]],
    );
}

#[test]
fn a_prompt_for_a_configuration_asks_nothing_of_a_module() {
    check(
        r#"
            Generate a complete TLC configuration file (.cfg) for this specification.

            $tla_spec

            ## Requirements:
            1. **Output ONLY the raw .cfg file content** - no markdown
            "#,
        expect![[r#"
                other.1 required «Generate a complete TLC configuration file»
                  Undecidable(the prompt asks for …)
                translation.1 required «Output ONLY the raw .cfg file content»
                  Undecidable(the prompt asks for …)
            "#]],
    );
}

#[test]
fn a_repair_prompt_may_want_json_back() {
    check(
        r#"
            ## Correction Instructions
            Based on the errors above, please fix BOTH files.
            1. **Fix all syntax errors**: use proper TLA+ syntax

            CRITICAL OUTPUT REQUIREMENTS:
            1. Return your response as pure JSON text with NO markdown formatting
            2. Use this exact structure:

            {{
              "specification": "---- MODULE queue ----\n...",
              "configuration": "..."
            }}

            3. Both fields are required
            4. The MODULE name must remain exactly "queue"
            "#,
        expect![[r#"
                translation.1 required «Based on the errors above, please fix BOTH files»
                  Undecidable(it tells how to work…)
                translation.2 required «Fix all syntax errors»
                  SanyAccepts
                output.json required «Return your response as pure JSON text with …»
                  JsonObject(["specification", "configuration"]), NoFences
                output.json.2 required «Use this exact structure»
                  JsonObject(["specification", "configuration"])
                output.json.3 required «Both fields are required»
                  JsonObject(["specification", "configuration"])
                output.module-name required «The MODULE name must remain exactly "queue"»
                  ModuleName("queue")
            "#]],
    );
}

#[test]
fn a_draft_prompt_follows_its_draft_and_shows_a_template() {
    check(
        r#"
            ## Translation Requirements:
            1. **Mapping**: each core function of the draft is one action
            2. **By function**:
               - abstract helper functions
               - Omit infrastructure functions

            ## Template:
            ```tla
            ---- MODULE ModuleName ----
            VARIABLES
                [from the draft]

            Init ==
                [all]
            ====
            ```

            **Draft:**
            ```
            {draft_analysis}
            ```

            **IMPORTANT: Return ONLY the TLA+ code. Do not include comments about the translation.
            Start directly with the module declaration and end with the module terminator.**
            "#,
        expect![[r#"
                translation.1 required «Mapping»
                  FollowsDraft(CoreFunctions)
                translation.2 required «By function»
                  FollowsDraft(SupportingFunctions), FollowsDraft(InfrastructureFunctions)
                excluded.1 forbidden «Omit infrastructure functions»
                  FollowsDraft(InfrastructureFunctions)
                template.header required «module header»
                  Declares(Header)
                template.variables required «VARIABLES»
                  Declares(Variables), FollowsDraft(Variables)
                template.init required «Init»
                  Defines("Init")
                output.prose required «Return ONLY the TLA+ code»
                  NoProse
                output.comments forbidden «Do not include comments about the translation»
                  NoTranslationComments
                output.first-line required «Start directly with the module declaration and end …»
                  StartsWithHeader, EndsWithFooter
            "#]],
    );
}

#[test]
fn other_wordings_of_the_letter_are_understood() {
    check(
        r#"
            ### SPECIFICATION REQUIREMENTS
            - The module must be named `LockService`.
            - Your module should EXTEND Naturals, FiniteSets and TLC.
            - Spec must be exactly: `Spec == Init /\ [][Next]_vars` (no fairness).

            **4. Output Rules**
            - Your answer must consist solely of the TLA+ module.
            - Begin with `---- MODULE LockService ----`; finish with `====`.
            - Wrap nothing in code fences.
            - Include Bags and Naturals in EXTENDS.
            - You MUST NOT define invariants other than TypeOK.
            - Comments are welcome.
            - Define Init and Next.

            Do not use markdown. No comments.
            "#,
        expect![[r#"
                translation.1 required «The module must be named `LockService`»
                  ModuleName("LockService")
                translation.2 required «Your module should EXTEND Naturals, FiniteSets and TLC»
                  Extends(["Naturals", "FiniteSets", "TLC"])
                translation.3 required «Spec must be exactly»
                  NoFairness
                output.prose required «Your answer must consist solely of the TLA+ module»
                  NoProse
                output.first-line required «Begin with `---- MODULE LockService ----`; finish with `====`»
                  StartsWithHeader, EndsWithFooter
                output.fences required «Wrap nothing in code fences»
                  NoFences
                output.extends required «Include Bags and Naturals in EXTENDS»
                  Extends(["Bags", "Naturals"])
                output.invariants forbidden «You MUST NOT define invariants other than TypeOK»
                  NoInvariants { allowed: ["TypeOK"] }
                output.6 allowed «Comments are welcome»
                  Undecidable(the prompt permits i…)
                output.definitions required «Define Init and Next»
                  Defines("Init"), Defines("Next")
                output.fences.2 forbidden «Do not use markdown»
                  NoFences
                output.comments forbidden «No comments»
                  NoComments
            "#]],
    );
}

fn any_prompt() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("MANDATORY CORE ACTIONS:"),
        Just("EXPLICITLY EXCLUDED (x):"),
        Just("## Output requirements"),
        Just("**Template:**"),
        Just("Source code:"),
        Just("Required actions:"),
        Just("1. "),
        Just("- "),
        Just("  * "),
        Just("【"),
        Just("】"),
        Just("["),
        Just("]"),
        Just("**"),
        Just("`"),
        Just("```tla"),
        Just("---- MODULE q ----"),
        Just("===="),
        Just("Init == "),
        Just("(a"),
        Just(")"),
        Just("\n"),
        Just("\r\n"),
        Just("\n\n"),
        Just("{focus}"),
        Just("{{"),
        Just("}}"),
        Just("$tla_spec"),
        Just("A/B"),
        Just("→"),
        Just("é😀"),
        Just(" Do not include comments. "),
        Just(" EXTENDS modules: "),
        Just("TLC, Bags"),
        Just("\"x\""),
        Just(":"),
        Just("WF_vars"),
        Just("MODULE name must be "),
        Just("No invariants "),
        Just("CORE FUNCTIONS:"),
        Just("ESSENTIAL STATE VARIABLES:"),
        Just("DETAILED CORE FUNCTION ANALYSIS"),
        Just("`a: B`/`c`"),
        Just("### "),
        Just("(x"),
        Just(" and "),
        Just(" - "),
        Just("CORE FUNCTIONS:"),
        Just("ESSENTIAL STATE VARIABLES:"),
        Just("DETAILED CORE FUNCTION ANALYSIS"),
        Just("`a: B`/`c`"),
        Just("### "),
        Just("(x"),
        Just(" and "),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_parses_and_its_clauses_lie_within_it(text in any_prompt()) {
        let prompt = Prompt::parse(&text);
        let mut ids = BTreeSet::new();
        for clause in &prompt.contract().clauses {
            prop_assert!(text.get(clause.span.start..clause.span.end).is_some());
            prop_assert!(ids.insert(clause.id.clone()), "{} twice", clause.id);
            for thing in &clause.names {
                prop_assert!(text.get(thing.span.start..thing.span.end).is_some());
            }
        }
        for finding in prompt.findings() {
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some());
        }
        let values = prompt.placeholders().iter().map(|one| {
            (one.name.clone(), crate::prompt::Value::Text(text[one.span.start..one.span.end].to_owned()))
        });
        // Filling each placeholder with itself gives the text back, unless one name is written in two ways.
        let places = prompt.placeholders().iter();
        let written: BTreeSet<_> = places.clone().map(|one| &text[one.span.start..one.span.end]).collect();
        let named: BTreeSet<_> = places.map(|one| &one.name).collect();
        if written.len() == named.len() {
            prop_assert_eq!(prompt.render(&values.collect()), Ok(text.clone()));
        }
        crate::prompt::draft::Draft::parse(&text);
    }
}

#[test]
fn rows_of_a_table_are_items_and_its_head_gives_the_polarity() {
    check(
        r#"
            | Requirement | Description |
            |---|---|
            | Vote | participants answer `VoteYes` or `VoteNo` |

            | Excluded | Why |
            |:--|--:|
            | Recovery from disk | out of scope |
        "#,
        expect![[r#"
            translation.1 required «Vote»
              Behaviour
            excluded.1 forbidden «Recovery from disk»
              Behaviour
        "#]],
    );
}

#[test]
fn tags_labels_in_bold_and_other_languages_open_sections() {
    check(
        r#"
            <requirements>
            - Model how `Get` reads the cache
            </requirements>
            <exclusions>
            - TTL expiry
            </exclusions>

            **Formatting**: pure TLA+; no prose

            ## Nicht modellieren
            - Interrupts

            明确排除（不要建模）：
            - 快照（MsgSnap）
        "#,
        expect![[r#"
            translation.1 required «Model how `Get` reads the cache»
              Behaviour
            excluded.1 forbidden «TTL expiry»
              Behaviour
            output.prose required «pure TLA+; no prose»
              NoProse
            excluded.2 forbidden «Interrupts»
              Behaviour
            excluded.3 forbidden «快照（MsgSnap）»
              Behaviour
        "#]],
    );
}

#[test]
fn a_prohibition_may_stand_behind_its_subject_and_two_of_them_are_none() {
    check(
        r#"
            Rules:
            - Fairness must not be part of the specification.
            - Log replication should not be modelled.
            - Do not omit the action `Step`.
            - The module is to be named queue.
        "#,
        expect![[r#"
            translation.1 forbidden «Fairness must not be part of the specification»
              NoFairness
            translation.2 forbidden «Log replication should not be modelled»
              Behaviour
            translation.3 required «Do not omit the action `Step`»
              Behaviour
            translation.4 required «The module is to be named queue»
              ModuleName("queue")
        "#]],
    );
}

#[test]
fn names_behind_a_list_are_a_demand_of_their_own() {
    check_texts(
        r#"
            Required variables:
            - owner
            Required constants: Server, Value
        "#,
        expect![[r#"
            other.1
            owner
            other.2
            Required constants: Server, Value
        "#]],
    );
}
