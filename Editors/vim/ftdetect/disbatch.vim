" Task files have any name: what tells them is a directive in one of the first lines.
autocmd BufRead,BufNewFile,StdinReadPost * call s:detect()

function! s:detect() abort
  if &filetype ==# '' || &filetype ==# 'conf' || &filetype ==# 'text'
    if match(getline(1, 50), '\C^#DISBATCH ') >= 0
      setlocal filetype=disbatch
    endif
  endif
endfunction
