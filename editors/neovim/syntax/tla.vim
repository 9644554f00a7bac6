" Comments, strings and words of TLA+, for when no tree-sitter parser is installed. Names are coloured by the server.

if exists('b:current_syntax')
  finish
endif

syntax case match
syntax sync minlines=200

syntax keyword tlaStructure MODULE EXTENDS INSTANCE LOCAL WITH
syntax keyword tlaDeclaration CONSTANT CONSTANTS VARIABLE VARIABLES RECURSIVE ASSUME ASSUMPTION AXIOM
syntax keyword tlaDeclaration THEOREM LEMMA PROPOSITION COROLLARY
syntax keyword tlaKeyword IF THEN ELSE CASE OTHER LET IN CHOOSE EXCEPT LAMBDA
syntax keyword tlaKeyword UNCHANGED ENABLED DOMAIN SUBSET UNION
syntax keyword tlaProof BY DEF DEFS DEFINE HAVE HIDE NEW OBVIOUS OMITTED ONLY PICK PROOF PROVE QED STATE SUFFICES TAKE
syntax keyword tlaProof TEMPORAL USE WITNESS ACTION
syntax keyword tlaBoolean TRUE FALSE BOOLEAN
syntax keyword tlaType STRING

syntax match tlaKeyword /\<[WS]F_/
syntax match tlaNumber /\<\d\+\>/
syntax match tlaNumber /\\[bBoOhH]\x\+\>/
syntax match tlaOperator /\\[A-Za-z]\+/
syntax match tlaOperator +/\\\|\\/\|\~>\|=>\|<=>\|==\|\[\]\|<>\|->\||->\|:>\|@@\|'+
syntax match tlaRule /^\s*-\{4,}/
syntax match tlaRule /-\{4,}\s*$/
syntax match tlaRule /^\s*=\{4,}\s*$/

syntax keyword tlaTodo TODO FIXME XXX contained
syntax region tlaString start=/"/ skip=/\\./ end=/"/ oneline
syntax match tlaComment /\\\*.*$/ contains=tlaTodo,@Spell
syntax region tlaComment start=/(\*/ end=/\*)/ contains=tlaComment,tlaTodo,@Spell fold

highlight default link tlaStructure Statement
highlight default link tlaDeclaration Statement
highlight default link tlaKeyword Keyword
highlight default link tlaProof Keyword
highlight default link tlaBoolean Boolean
highlight default link tlaType Type
highlight default link tlaNumber Number
highlight default link tlaOperator Operator
highlight default link tlaRule PreProc
highlight default link tlaTodo Todo
highlight default link tlaString String
highlight default link tlaComment Comment

let b:current_syntax = 'tla'
