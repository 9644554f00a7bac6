" What a user of Vim with ALE does: reads the findings, takes a fix, asks what a name means, renames it.

let s:root = $TLA_CONTRACT_ROOT
let &runtimepath .= ',' . s:root . '/editors/vim'
let g:ale_lint_delay = 0
let g:ale_cursor_detail = 0
let g:ale_hover_to_preview = 1
let g:ale_rename_tsserver_find_in_comments = 0
set hidden noswapfile encoding=utf-8
packadd! ale
runtime plugin/ale.vim
filetype on
runtime! ftdetect/*.vim

let s:report = []

function! s:Eventually(what, Condition) abort
    for l:turn in range(1000)
        let l:found = a:Condition()

        if !empty(l:found)
            return l:found
        endif

        sleep 10m
    endfor

    throw 'waited in vain: ' . a:what
endfunction

function! s:Equal(actual, expected, what) abort
    if a:actual !=# a:expected
        throw printf('%s: %s instead of %s', a:what, string(a:actual), string(a:expected))
    endif
endfunction

" Opens a copy of the sample, or a text of its own, in a folder of its own.
function! s:Open(...) abort
    let l:folder = tempname()
    call mkdir(l:folder, 'p')
    let l:lines = a:0 ? a:1 : readfile(s:root . '/tests/samples/etcdraft/etcdraft.tla')
    let l:path = l:folder . '/' . (a:0 ? 'Clock.tla' : 'etcdraft.tla')
    call writefile(l:lines, l:path)
    execute 'edit' fnameescape(l:path)
    " ALE looks when Vim enters and when a file is read; in a script there was no entering.
    ALELint
    return l:path
endfunction

function! s:Findings() abort
    return copy(ale#engine#GetLoclist(bufnr('')))
endfunction

function! s:WithRule(rule) abort
    return filter(s:Findings(), {_, one -> get(one, 'code', '') is# a:rule})
endfunction

" The finding of a rule, once it is there, and the cursor on it.
function! s:Finding(rule) abort
    let l:finding = s:Eventually('a finding of ' . a:rule, {-> s:WithRule(a:rule)})[0]
    call cursor(l:finding.lnum, l:finding.col)
    return l:finding
endfunction

function! s:Text() abort
    return join(getline(1, '$'), "\n")
endfunction

function! Test_findings_are_shown_in_their_place() abort
    call s:Open()
    call s:Equal(&filetype, 'tla', 'filetype')
    let l:fence = s:Finding('reply/fence')
    call s:Equal(getline(l:fence.lnum)[l:fence.col - 1 : l:fence.end_col - 1], '```tla', 'what is marked')
endfunction

function! Test_findings_follow_unsaved_edits() abort
    call s:Open()
    call s:Finding('reply/prose')
    1,2delete
    ALELint
    call s:Eventually('no prose is left', {-> empty(s:WithRule('reply/prose'))})
endfunction

function! Test_a_code_action_applies_all_safe_fixes() abort
    let l:path = s:Open()
    call s:Finding('reply/fence')
    let l:before = s:Text()
    let l:tick = b:changedtick
    " What a user would choose from the list.
    let s:wanted = 'Apply all safe fixes'
    call ale#codefix#Execute(0, function('s:Choose'))
    call s:Eventually('the edit', {-> b:changedtick != l:tick})
    call system('tla-contract fix ' . shellescape(l:path))
    call s:Equal(getline(1, '$'), readfile(l:path), 'the fixed module')
endfunction

function! s:Choose(data, items) abort
    for [l:kind, l:action] in a:items
        if l:action.title is# s:wanted
            return ale#codefix#ApplyLSPCodeAction(a:data, l:action)
        endif
    endfor

    throw 'not offered: ' . s:wanted
endfunction

function! Test_hover_tells_what_a_name_means() abort
    call s:Open()
    call s:Finding('reply/fence')
    call search('^\zsHup(s) ==')
    ALEHover
    call s:Eventually('the preview', {-> s:Preview() =~# 'has not heard from a leader'})
    pclose
endfunction

function! s:Preview() abort
    let l:windows = filter(range(1, winnr('$')), {_, number -> getwinvar(number, '&previewwindow')})
    return empty(l:windows) ? '' : join(getbufline(winbufnr(l:windows[0]), 1, '$'), "\n")
endfunction

function! Test_the_definition_of_a_name_is_found() abort
    call s:Open()
    call s:Finding('reply/fence')
    call search('\zsIsQuorum(votes')
    let l:defined = search('^IsQuorum(members)', 'nw')
    ALEGoToDefinition
    call s:Eventually('the jump', {-> line('.') == l:defined})
endfunction

function! Test_rename_changes_every_use() abort
    call s:Open()
    call s:Finding('reply/fence')
    let l:before = s:Text()
    call search('\zsIsQuorum(votes')
    let l:tick = b:changedtick
    call feedkeys(":ALERename\<CR>" . "\<C-u>IsMajority\<CR>", 'tx')
    call s:Eventually('the edit', {-> b:changedtick != l:tick})
    call s:Equal(s:Text(), substitute(l:before, 'IsQuorum', 'IsMajority', 'g'), 'the module')
endfunction

let s:failed = 0
let s:passed = 0

for s:test in sort(map(split(execute('function /^Test_'), "\n"), {_, line -> matchstr(line, 'Test_\w\+')}))
    let s:name = substitute(s:test[5:], '_', ' ', 'g')

    if stridx(s:name, $TEST) < 0
        continue
    endif

    try
        call call(s:test, [])
        let s:passed += 1
        call add(s:report, 'vim: ok     ' . s:name)
    catch
        let s:failed += 1
        call extend(s:report, ['vim: FAILED ' . s:name, v:exception, v:throwpoint])
    endtry

    silent! %bwipeout!
    call writefile(s:report, $HOME . '/report')
endfor

call add(s:report, printf('vim: %d passed, %d failed', s:passed, s:failed))
call writefile(s:report, $HOME . '/report')

if s:failed || !s:passed
    cquit
endif

qall!
