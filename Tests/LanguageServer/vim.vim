" The language server in a real Vim with ALE; run by scripts/test-editors.
set nocompatible nomore
let &runtimepath = $ROOT . '/Editors/vim,' . $ALE . ',' . &runtimepath
let g:ale_disbatch_executable = $DISBATCH
let g:ale_lint_on_text_changed = 'always'
let g:ale_lint_delay = 0
filetype plugin on
syntax on
execute 'source' $ALE . '/plugin/ale.vim'

function! s:fail(what) abort
  call writefile(['vim: ' . a:what], $WORK . '/vim.log', 'a')
  cquit
endfunction

function! s:codes() abort
  return map(copy(ale#engine#GetLoclist(bufnr(''))), {_, each -> get(each, 'code', '')})
endfunction

function! s:await(what, wanted) abort
  let l:start = reltime()
  while s:codes() !=# a:wanted
    if reltimefloat(reltime(l:start)) > 20
      call s:fail(a:what . ': got ' . string(s:codes()) . ', expected ' . string(a:wanted))
    endif
    sleep 20m
  endwhile
endfunction

execute 'edit' $WORK . '/Tasks'
if &filetype !=# 'disbatch'
  call s:fail('file type: ' . &filetype)
endif
ALELint
call s:await('the first findings', ['DB109'])
call setline(3, '#DISBATCH BARRIER CHECK')
ALELint
call s:await('the findings of the new text', [])
call setline(1, '#DISBATCH prefix ./prog --seed ')
ALELint
call s:await('the findings of the last text', ['DB116'])
let s:name = synIDattr(synID(1, 12, 1), 'name')
if s:name !=# 'disbatchKeyword'
  call s:fail('syntax: ' . s:name)
endif
for [s:name, s:type] in map(split('tasks TaskFile taskfile task_file task_file_1 tasks.txt a.tasks b.disbatch'),
  \ {_, each -> [each, 'disbatch']})
  \ + [['notes.txt', 'text'], ['task_file.py', 'python'], ['Taskfile.yml', 'yaml'], ['conf', '']]
  call writefile(['./prog 1'], $WORK . '/' . s:name)
  execute 'edit!' $WORK . '/' . s:name
  if &filetype !=# s:type
    call s:fail('file type of ' . s:name . ': ' . &filetype)
  endif
endfor
call writefile(['./prog 1', '#DISBATCH BARRIER', './prog 2'], $WORK . '/night.txt')
execute 'edit!' $WORK . '/night.txt'
if &filetype !=# 'disbatch'
  call s:fail('file type of night.txt: ' . &filetype)
endif
call writefile(['vim: everything as it should be'], $WORK . '/vim.log', 'a')
qall!
