" disbatch's language server for ALE.
call ale#Set('disbatch_executable', 'disbatch')

function! ale_linters#disbatch#disbatch_lsp#Root(buffer) abort
  return fnamemodify(bufname(a:buffer), ':p:h')
endfunction

call ale#linter#Define('disbatch', {
\   'name': 'disbatch_lsp',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'disbatch_executable')},
\   'command': '%e lsp',
\   'project_root': function('ale_linters#disbatch#disbatch_lsp#Root'),
\})
