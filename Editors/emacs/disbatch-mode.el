;;; disbatch-mode.el --- Task files of disbatch  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "26.1"))

;;; Commentary:

;; A mode for task files: one bash command a line, with #DISBATCH directives.
;; Task files have any name, so they are known by a usual one, or by a directive in
;; one of their first lines.  With eglot, `M-x eglot' (or `eglot-ensure' in the mode's hook)
;; starts the language server.

;;; Code:

(defgroup disbatch nil
  "Task files of disbatch."
  :group 'languages)

(defcustom disbatch-executable "disbatch"
  "The program whose language server is used."
  :type 'string
  :group 'disbatch)

(defconst disbatch-font-lock-keywords
  '(("^\\(#DISBATCH\\) \\(BARRIER\\)\\(?: \\(CHECK\\)\\)?"
     (1 font-lock-preprocessor-face t) (2 font-lock-keyword-face t)
     (3 font-lock-keyword-face t t))
    ("^\\(#DISBATCH\\) \\([Pp][Rr][Ee][Ff][Ii][Xx]\\|[Ss][Uu][Ff][Ff][Ii][Xx]\\) "
     (1 font-lock-preprocessor-face t) (2 font-lock-keyword-face t))
    ("^\\(#DISBATCH\\) \\([Pp][Ee][Rr][Ee][Nn][Gg][Ii][Nn][Ee]\\) \\(START\\|STOP\\) "
     (1 font-lock-preprocessor-face t) (2 font-lock-keyword-face t)
     (3 font-lock-keyword-face t))
    ("^\\(#DISBATCH\\) \\([Rr][Ee][Pp][Ee][Aa][Tt]\\)[ \t]+\\([0-9]+\\)\
\\(?:[ \t]+\\(start\\)[ \t]+\\([0-9]+\\)\\)?\\(?:[ \t]+\\(step\\)[ \t]+\\([0-9]+\\)\\)?"
     (1 font-lock-preprocessor-face t) (2 font-lock-keyword-face t)
     (3 font-lock-constant-face t) (4 font-lock-keyword-face t t)
     (5 font-lock-constant-face t t) (6 font-lock-keyword-face t t)
     (7 font-lock-constant-face t t))
    ("\\${?\\(DISBATCH_[A-Z_]+\\)" (1 font-lock-variable-name-face t)))
  "What is marked in task files.")

(defvar disbatch-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?$ "'" table)
    table)
  "Words of task files; quotes and comments end with their line and are not syntax here.")

;;;###autoload
(define-derived-mode disbatch-mode prog-mode "disbatch"
  "Task files: one bash command a line, with #DISBATCH directives."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+[ \t]*")
  (setq-local require-final-newline mode-require-final-newline)
  ;; Blanks at the end of a PREFIX count.
  (remove-hook 'before-save-hook #'delete-trailing-whitespace t)
  (setq-local font-lock-defaults
              (list (cons '("^[ \t]*#.*$" 0 font-lock-comment-face)
                          disbatch-font-lock-keywords)
                    t)))

;;;###autoload
(defun disbatch-file-p ()
  "Whether one of the first lines of this buffer is a directive."
  (save-excursion
    (save-restriction
      (widen)
      (goto-char (point-min))
      (let ((case-fold-search nil)
            (limit (save-excursion (forward-line 50) (point))))
        (re-search-forward "^#DISBATCH " limit t)))))

;;;###autoload
(dolist (name '("\\(?:\\`\\|/\\)[Tt]asks\\(?:\\.txt\\)?\\'"
                "\\(?:\\`\\|/\\)[Tt]ask[Ff]ile\\(?:\\.txt\\)?\\'"
                "\\(?:\\`\\|/\\)task_file[^/.]*\\(?:\\.txt\\)?\\'"
                "\\.\\(?:tasks\\|disbatch\\)\\'"))
  (add-to-list 'auto-mode-alist (cons name 'disbatch-mode)))

;;;###autoload
(add-to-list 'magic-fallback-mode-alist '(disbatch-file-p . disbatch-mode) t)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'disbatch-mode
                     (lambda (&rest _) (list disbatch-executable "lsp")))))

(provide 'disbatch-mode)
;;; disbatch-mode.el ends here
