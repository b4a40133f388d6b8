;;; The language server in a real Emacs with eglot, in batch; run by scripts/test-editors.  -*- lexical-binding: t; -*-
(require 'package)
(package-initialize)
(require 'eglot)
(load (expand-file-name "Editors/emacs/disbatch-mode.el" (getenv "ROOT")) nil t)
(setq disbatch-executable (getenv "DISBATCH")
      eglot-sync-connect 20
      eglot-autoshutdown t
      eglot-send-changes-idle-time 0.01
      make-backup-files nil)

(defun test-fail (&rest parts)
  (princ (concat "emacs: " (apply #'format parts) "\n") #'external-debugging-output)
  (kill-emacs 1))

(defun test-expect (what got wanted)
  (unless (equal got wanted) (test-fail "%s: got %S, expected %S" what got wanted)))

(defun test-await (what condition)
  (let ((deadline (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) deadline) (test-fail "%s did not happen; findings: %S" what (test-findings)))
      (accept-process-output nil 0.05))))

(defun test-findings ()
  (flymake-start)
  (mapcar (lambda (each) (flymake-diagnostic-text each)) (flymake-diagnostics)))

(dolist (name '("tasks" "TaskFile" "taskfile" "task_file" "task_file_1" "tasks.txt" "a.tasks" "b.disbatch"))
  (with-current-buffer (find-file-noselect (expand-file-name name (getenv "WORK")))
    (test-expect name major-mode 'disbatch-mode)
    (kill-buffer)))
(dolist (name '("notes.txt" "task_file.py" "Taskfile.yml"))
  (with-current-buffer (find-file-noselect (expand-file-name name (getenv "WORK")))
    (when (eq major-mode 'disbatch-mode) (test-fail "%s is taken for a task file" name))
    (kill-buffer)))
(find-file (expand-file-name "Tasks" (getenv "WORK")))
(test-expect "mode" major-mode 'disbatch-mode)
(call-interactively #'eglot)
(test-await "the first findings" (lambda () (test-findings)))
(unless (string-match-p "DB109\\|CHECK" (car (test-findings)))
  (test-fail "findings: %S" (test-findings)))

(goto-char (point-min))
(forward-line 1)
(let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                              (eglot--TextDocumentPositionParams))))
  (unless (string-match-p "\\./prog --seed 1$" (plist-get (plist-get hover :contents) :value))
    (test-fail "hover: %S" hover)))

(goto-char (point-min))
(search-forward "check")
(replace-match "CHECK" t)
(goto-char (point-min))
(search-forward "PREFIX")
(replace-match "prefix" t)
;; In batch there are no idle moments, in which edits are sent otherwise.
(eglot--signal-textDocument/didChange)
(test-await "the findings of the new text"
            (lambda () (let ((found (test-findings)))
                         (and (= (length found) 1) (string-match-p "prefix" (car found))))))
(eglot-format-buffer)
(eglot--signal-textDocument/didChange)
(goto-char (point-min))
(test-expect "formatting" (buffer-substring (point-min) (line-end-position))
             "#DISBATCH PREFIX ./prog --seed ")
(test-await "the findings of the formatted text" (lambda () (null (test-findings))))
(font-lock-ensure)
(test-expect "face" (get-text-property 12 'face) 'font-lock-keyword-face)
(let ((process (jsonrpc--process (eglot--current-server-or-lose))))
  (eglot-shutdown (eglot--current-server-or-lose))
  ;; This eglot kills the process as soon as it has said `exit', so its status says nothing.
  (test-await "the server's end" (lambda () (not (process-live-p process)))))
(set-buffer-modified-p nil)
(princ "emacs: everything as it should be\n")
(kill-emacs 0)
