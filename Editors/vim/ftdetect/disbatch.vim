" Task files have any name: what tells them is a usual one, or a directive in one of the first lines.
autocmd BufRead,BufNewFile
  \ Tasks,tasks,[Tt]ask[Ff]ile,task_file*,[Tt]asks.txt,*.tasks,*.disbatch
  \ call s:claim()
autocmd BufRead,BufNewFile,StdinReadPost * call s:detect()

function! s:isOpen() abort
  return &filetype ==# '' || &filetype ==# 'conf' || &filetype ==# 'text'
endfunction

" `task_file.py` and the like have a type by then.
function! s:claim() abort
  if s:isOpen()
    setlocal filetype=disbatch
  endif
endfunction

function! s:detect() abort
  if s:isOpen()
    if match(getline(1, 50), '\C^#DISBATCH ') >= 0
      setlocal filetype=disbatch
    endif
  endif
endfunction
