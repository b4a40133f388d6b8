" Syntax of task files: shell lines and #DISBATCH directives.
if exists('b:current_syntax')
  finish
endif
syntax include @disbatchShell syntax/sh.vim
unlet! b:current_syntax

syntax case match
" A task is a line of its own: what it leaves open is not open in the next.
syntax match disbatchTask /^.*$/ contains=@disbatchShell,disbatchVariable
syntax match disbatchComment /^[ \t]*#.*$/ contains=disbatchNear
syntax match disbatchNear /\c\%^\@!#\s*disbatch\>/ contained
syntax match disbatchUnknown /^#DISBATCH .*$/

syntax match disbatchAffix /\v^#DISBATCH \c(PREFIX|SUFFIX) .*$/
      \ contains=disbatchMarker,disbatchKeyword,disbatchVariable
syntax match disbatchRepeat
      \ /\v^#DISBATCH \cREPEAT[ \t]+\d+([ \t]+start[ \t]+\d+)?([ \t]+step[ \t]+\d+)?([ \t]*$| .*$)/
      \ contains=disbatchMarker,disbatchKeyword,disbatchNumber,disbatchVariable
syntax match disbatchBarrier /\v^#DISBATCH BARRIER.*$/
      \ contains=disbatchMarker,disbatchKeyword,disbatchCheck
syntax match disbatchPerEngine /\v^#DISBATCH \cPERENGINE\C (START|STOP) .*$/
      \ contains=disbatchMarker,disbatchKeyword,disbatchEvent,disbatchVariable

syntax match disbatchMarker /^#DISBATCH/ contained
syntax match disbatchKeyword /\v\c(^#DISBATCH )@<=(PREFIX|SUFFIX|REPEAT|BARRIER|PERENGINE)/ contained
syntax match disbatchKeyword /\v\c(REPEAT[ \t]+\d+([ \t]+start[ \t]+\d+)?[ \t]+)@<=(start|step)>/ contained
syntax match disbatchCheck /\v(BARRIER )@<=CHECK/ contained
syntax match disbatchEvent /\v(PERENGINE )@<=(START|STOP)/ contained
syntax match disbatchNumber /\v(REPEAT|start|step)@<=[ \t]+\d+/ contained
syntax match disbatchVariable /\v\$\{?DISBATCH_\w+\}?/ contained

highlight default link disbatchComment Comment
highlight default link disbatchNear Todo
highlight default link disbatchUnknown Error
highlight default link disbatchMarker PreProc
highlight default link disbatchKeyword Keyword
highlight default link disbatchCheck Keyword
highlight default link disbatchEvent Keyword
highlight default link disbatchNumber Number
highlight default link disbatchVariable Identifier

let b:current_syntax = 'disbatch'
