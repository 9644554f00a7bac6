;;; tests.el --- What a user of Emacs does  -*- lexical-binding: t -*-

(require 'ert)
(require 'package)
(package-initialize)
(load (expand-file-name "editors/emacs/tla-contract" (getenv "TLA_CONTRACT_ROOT")) nil t)
(require 'flymake)

(add-hook 'tla-contract-mode-hook #'eglot-ensure)
(add-hook 'tla-contract-prompt-mode-hook #'eglot-ensure)
(setq eglot-sync-connect t
      eglot-autoshutdown t
      eglot-confirm-server-initiated-edits nil
      make-backup-files nil
      create-lockfiles nil)

(defun eventually (what condition)
  "Wait until CONDITION gives something and return it; fail naming WHAT."
  (let ((end (+ (float-time) 15)) found)
    (while (and (not (setq found (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (or found (ert-fail (format "waited in vain: %s" what)))))

(defmacro with-file (name text &rest body)
  "Open a file called NAME with TEXT in a folder of its own, its server running, and run BODY there."
  (declare (indent 2))
  `(let* ((folder (file-name-as-directory (make-temp-file "tla" t)))
          (path (expand-file-name ,name folder)))
     (let ((coding-system-for-write 'utf-8)) (write-region ,text nil path nil 'quiet))
     ;; A project is a folder under version control.
     (call-process "git" nil nil nil "init" "-q" folder)
     (with-current-buffer (find-file-noselect path)
       (switch-to-buffer (current-buffer))
       ;; Eglot connects after the command that opened the file.
       (run-hooks 'post-command-hook)
       (eventually "the server" #'eglot-current-server)
       (unwind-protect (progn ,@body)
         (eglot-shutdown (eglot-current-server))
         (set-buffer-modified-p nil)
         (kill-buffer)))))

(defun sample ()
  "The text of the sample."
  (with-temp-buffer
    (let ((coding-system-for-read 'utf-8))
      (insert-file-contents
       (expand-file-name "tests/samples/etcdraft/etcdraft.tla" (getenv "TLA_CONTRACT_ROOT"))))
    (buffer-string)))

(defun findings ()
  "The texts of Flymake's diagnostics."
  (flymake-start)
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun finding-with (words)
  "Flymake's diagnostic that has WORDS."
  (eventually (concat "a finding with " words)
              (lambda ()
                (flymake-start)
                (seq-find (lambda (one) (string-match-p (regexp-quote words) (flymake-diagnostic-text one)))
                          (flymake-diagnostics)))))

(defun shown (name)
  "The text of the buffer called NAME."
  (with-current-buffer name (buffer-string)))

(ert-deftest findings-are-flymake-diagnostics-in-their-place ()
  (with-file "etcdraft.tla" (sample)
    (should (eq major-mode 'tla-contract-mode))
    (let ((fence (finding-with "Markdown fence")))
      (should (equal (buffer-substring (flymake-diagnostic-beg fence) (flymake-diagnostic-end fence)) "```tla")))))

(ert-deftest columns-are-right-behind-wide-characters ()
  (with-file "Clock.tla" "---- MODULE Clock ----\n(* 【🚀】 *) Tick == Tock\n====\n"
    (let ((unknown (finding-with "Tock")))
      (should (equal (buffer-substring (flymake-diagnostic-beg unknown) (flymake-diagnostic-end unknown)) "Tock")))))

(ert-deftest findings-follow-unsaved-edits ()
  (with-file "etcdraft.tla" (sample)
    (finding-with "stands before the module")
    (goto-char (point-min))
    (delete-region (point) (line-beginning-position 3))
    ;; At a display Eglot sends edits when Emacs is idle; in batch it never is.
    (eglot--signal-textDocument/didChange)
    (eventually "no prose is left"
                (lambda () (not (seq-some (lambda (text) (string-match-p "before the module" text)) (findings)))))))

(ert-deftest a-code-action-inserts-a-stub ()
  (with-file "etcdraft.tla" (sample)
    (goto-char (flymake-diagnostic-beg (finding-with "Client requests")))
    (let* ((actions (eglot-code-actions (line-beginning-position) (line-end-position)))
           (stub (seq-find (lambda (one) (string-match-p "stub" (plist-get one :title))) actions)))
      (eglot--apply-workspace-edit (plist-get stub :edit))
      (goto-char (point-min))
      (should (search-forward "UNCHANGED vars" nil t)))))

(ert-deftest hover-tells-what-a-name-means ()
  (with-file "etcdraft.tla" (sample)
    (search-forward "Hup(s)")
    (goto-char (match-beginning 0))
    (let (told)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq told text)))
      (eventually "the words" (lambda () told))
      (should (string-match-p "has not heard from a leader" told)))))

(ert-deftest rename-changes-every-use ()
  (with-file "etcdraft.tla" (sample)
    (search-forward "IsQuorum")
    (backward-word)
    (eglot-rename "IsMajority")
    (should (equal (buffer-string) (replace-regexp-in-string "IsQuorum" "IsMajority" (sample) t t)))))

(ert-deftest completion-offers-names ()
  (with-file "etcdraft.tla" (sample)
    (search-forward "/\\ IsQuorum(votes")
    (delete-region (match-beginning 0) (line-end-position))
    (insert "/\\ IsQ")
    (let* ((capf (eglot-completion-at-point))
           (offered (all-completions "IsQ" (nth 2 capf))))
      (should (seq-some (lambda (one) (string-prefix-p "IsQuorum" one)) offered)))))

(ert-deftest definition-and-references-are-found ()
  (with-file "etcdraft.tla" (sample)
    (search-forward "IsQuorum(votes")
    (goto-char (match-beginning 0))
    (let ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
      (should (= 1 (length found)))
      (should (string-match-p "IsQuorum(members)" (xref-item-summary (car found)))))))

(ert-deftest all-safe-fixes-are-one-command ()
  (with-file "etcdraft.tla" (sample)
    (finding-with "Markdown fence")
    (tla-contract-fix)
    (eventually "the edit" #'buffer-modified-p)
    (call-process (executable-find "tla-contract") nil nil nil "fix" path)
    (should (equal (buffer-string) (with-temp-buffer (insert-file-contents path) (buffer-string))))))

(ert-deftest the-contract-shows-verdicts-and-goes-to-the-place ()
  (with-file "etcdraft.tla" (sample)
    (let ((module (current-buffer)))
      (finding-with "Markdown fence")
      (tla-contract-show)
      (should (string-match-p "✓ Messages" (shown "*tla-contract*")))
      (should (string-match-p "✗ Election" (shown "*tla-contract*")))
      (with-current-buffer "*tla-contract*"
        (goto-char (point-min))
        (search-forward "Messages")
        (push-button (match-beginning 0)))
      (set-buffer module)
      (goto-char (window-point (get-buffer-window module)))
      (end-of-line)
      (re-search-backward "^[[:alnum:]]+(")
      (should (looking-at-p "Hup(s)")))))

(ert-deftest the-prompt-for-repair-is-shown ()
  (with-file "etcdraft.tla" (sample)
    (finding-with "Markdown fence")
    (tla-contract-repair)
    (should (string-match-p "etcdraft" (shown "*tla-contract repair*")))))

(ert-deftest a-prompt-is-rendered-with-what-is-asked-for ()
  (with-file "raft.prompt.md" "Write TLA+ for {focus}, in {file_path}:\n{source_code}\n"
    (should (eq major-mode 'tla-contract-prompt-mode))
    (write-region "func tick() {}\n" nil (expand-file-name "raft.go" folder) nil 'quiet)
    (cl-letf (((symbol-function 'read-string)
               (lambda (question &rest _)
                 (cond ((string-prefix-p "focus" question) "elections")
                       ((string-prefix-p "source_code" question) "@raft.go")
                       (t "raft.go")))))
      (tla-contract-render (tla-contract--uri)))
    (should (string-match-p "Write TLA\\+ for elections, in raft.go:" (shown "*tla-contract prompt*")))
    (should (string-match-p "func tick() {}" (shown "*tla-contract prompt*")))))

(ert-deftest a-misspelt-placeholder-is-found-in-a-prompt ()
  (with-file "raft.prompt.txt" "Write TLA+ for {focus} and {sorce_code}.\n"
    (finding-with "sorce_code")))

(ert-deftest comments-and-words-are-coloured ()
  (with-file "Clock.tla" "---- MODULE Clock ----\nEXTENDS Naturals \\* a * b (* not nested\n(* one (* two *) three *)\nTick == TRUE\n====\n"
    (font-lock-ensure)
    (dolist (pair '(("EXTENDS" . font-lock-keyword-face)
                    ("not nested" . font-lock-comment-face)
                    ("three" . font-lock-comment-face)
                    ("Tick" . font-lock-function-name-face)
                    ("TRUE" . font-lock-constant-face)))
      (goto-char (point-min))
      (search-forward (car pair))
      (should (eq (cdr pair) (get-text-property (match-beginning 0) 'face))))))

;;; tests.el ends here
