" TLA+ specifications held to their prompts: the server, as ALE starts it.

call ale#Set('tla_tla_contract_executable', 'tla-contract')

" Where the settings lie, else the repository, else the file's own folder.
function! ale_linters#tla#tla_contract#Root(buffer) abort
    let l:settings = ale#path#FindNearestFile(a:buffer, 'tla-contract.toml')
    let l:repository = ale#path#FindNearestDirectory(a:buffer, '.git')

    if !empty(l:settings)
        return fnamemodify(l:settings, ':h')
    elseif !empty(l:repository)
        return fnamemodify(l:repository, ':h:h')
    endif

    return expand('#' . a:buffer . ':p:h')
endfunction

call ale#linter#Define('tla', {
\   'name': 'tla_contract',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'tla_tla_contract_executable')},
\   'command': '%e serve --stdio',
\   'project_root': function('ale_linters#tla#tla_contract#Root'),
\})
