" Settings for task files: blanks at the end of a PREFIX count, so nothing may take them away.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s
setlocal comments=:#
setlocal formatoptions-=t
setlocal nowrap
" Neovim strips blanks by this file's own rules where an .editorconfig says so.
let b:editorconfig = v:false

let b:undo_ftplugin = 'setlocal commentstring< comments< formatoptions< wrap<'
