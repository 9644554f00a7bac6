;;; tla-contract.el --- TLA+ specifications held to their prompts, through Eglot  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; Two modes, the server made known to Eglot, and the server's commands: see README.md beside this file.

;;; Code:

(require 'eglot)
(require 'jsonrpc)

(defgroup tla-contract nil
  "TLA+ specifications held to their prompts."
  :group 'tools)

(defcustom tla-contract-program "tla-contract"
  "The program, by name or by path."
  :type 'string)

(defvar tla-contract-keywords
  '("ACTION" "ASSUME" "ASSUMPTION" "AXIOM" "BY" "CASE" "CHOOSE" "CONSTANT" "CONSTANTS" "COROLLARY" "DEF" "DEFINE"
    "DEFS" "DOMAIN" "ELSE" "ENABLED" "EXCEPT" "EXTENDS" "HAVE" "HIDE" "IF" "IN" "INSTANCE" "LAMBDA" "LEMMA" "LET"
    "LOCAL" "MODULE" "NEW" "OBVIOUS" "OMITTED" "ONLY" "OTHER" "PICK" "PROOF" "PROPOSITION" "PROVE" "QED" "RECURSIVE"
    "STATE" "SUBSET" "SUFFICES" "TAKE" "TEMPORAL" "THEN" "THEOREM" "UNCHANGED" "UNION" "USE" "VARIABLE" "VARIABLES"
    "WITH" "WITNESS")
  "The words of TLA+.")

(defvar tla-contract-mode-syntax-table
  (let ((table (make-syntax-table)))
    ;; Comments are (* nested *) or run from \* to the end of the line; the star of \* can't be told from that of *)
    ;; by a syntax table alone, see `tla-contract--line-comments'.
    (modify-syntax-entry ?\( "()1n" table)
    (modify-syntax-entry ?\) ")(4n" table)
    (modify-syntax-entry ?* ". 23n" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\\ "." table)
    (modify-syntax-entry ?_ "_" table)
    table)
  "Syntax of TLA+.")

(defun tla-contract--is-code (position)
  "Whether POSITION lies in no comment and no string."
  (save-match-data (save-excursion (not (nth 8 (syntax-ppss position))))))

(defconst tla-contract--line-comments
  (syntax-propertize-rules
   ("\\(\\\\\\)\\*" (1 (when (tla-contract--is-code (match-beginning 0)) (string-to-syntax "<")))))
  "Where a comment to the end of the line begins.")

;;;###autoload
(define-derived-mode tla-contract-mode prog-mode "TLA+"
  "TLA+ modules. Colours words, strings and comments; all else is the server's."
  (setq-local comment-start "\\* ")
  (setq-local comment-end "")
  (setq-local comment-start-skip "\\(?:\\\\\\*\\|(\\*\\)[ \t]*")
  (setq-local syntax-propertize-function tla-contract--line-comments)
  (setq-local font-lock-defaults
              `(((,(regexp-opt tla-contract-keywords 'symbols) . 'font-lock-keyword-face)
                 ("\\_<\\(?:TRUE\\|FALSE\\|BOOLEAN\\|STRING\\)\\_>" . 'font-lock-constant-face)
                 ("^\\([[:alnum:]_]+\\)\\(?:([^)\n]*)\\)?[ \t]*==" (1 'font-lock-function-name-face))))))

;;;###autoload
(define-derived-mode tla-contract-prompt-mode text-mode "TLA+ prompt"
  "Prompts that ask for TLA+ specifications."
  (visual-line-mode 1))

;;;###autoload
(progn
  (add-to-list 'auto-mode-alist '("\\.tla\\'" . tla-contract-mode))
  (add-to-list 'auto-mode-alist '("\\.prompt\\.\\(?:md\\|txt\\)\\'" . tla-contract-prompt-mode)))

(add-to-list 'eglot-server-programs
             `((tla-contract-mode tla-contract-prompt-mode)
               . ,(lambda (&rest _) (list tla-contract-program "serve" "--stdio"))))

(defun tla-contract--run (command &rest arguments)
  "Run COMMAND of the server with ARGUMENTS and return its answer."
  (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                   (list :command (concat "tla-contract." command) :arguments (vconcat arguments))))

(defun tla-contract--uri ()
  "The URI of the current buffer."
  (plist-get (eglot--TextDocumentIdentifier) :uri))

(defun tla-contract--show (name text)
  "Show TEXT in a buffer called NAME."
  (with-current-buffer (get-buffer-create name)
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert text)
      (goto-char (point-min)))
    (pop-to-buffer (current-buffer))))

;;;###autoload
(defun tla-contract-fix ()
  "Apply all safe fixes to the current module."
  (interactive)
  (eglot--signal-textDocument/didChange)
  ;; The edit comes on the heels of the answer; who waited for the answer would leave it lying.
  (jsonrpc-async-request (eglot--current-server-or-lose) :workspace/executeCommand
                         (list :command "tla-contract.fixAll" :arguments (vector (tla-contract--uri)))
                         :success-fn (lambda (made) (unless made (message "Nothing to fix")))
                         :error-fn (lambda (problem) (message "%s" (plist-get problem :message)))))

;;;###autoload
(defun tla-contract-repair ()
  "Show the prompt that asks the model to repair the current module."
  (interactive)
  (eglot--signal-textDocument/didChange)
  (let ((text (tla-contract--run "repairPrompt" (tla-contract--uri))))
    (if text (tla-contract--show "*tla-contract repair*" text) (message "Nothing is to be mended"))))

(defun tla-contract--placeholders (prompt)
  "The placeholders of PROMPT that have no value yet."
  (condition-case problem
      (progn (tla-contract--run "renderPrompt" prompt (make-hash-table)) nil)
    (jsonrpc-error
     (let ((missing (plist-get (alist-get 'jsonrpc-error-data (cdr problem)) :missing)))
       (unless (> (length missing) 0) (signal (car problem) (cdr problem)))
       (append missing nil)))))

(defun tla-contract--value (typed)
  "What TYPED stands for: text, or the text of files after an @."
  (if (string-prefix-p "@" typed)
      (list :files (vconcat (mapcar #'expand-file-name (split-string (substring typed 1) "," t))))
    typed))

;;;###autoload
(defun tla-contract-render (prompt)
  "Fill the placeholders of PROMPT, a file or the name of a built-in prompt, and show the text.
Interactively, PROMPT is the current buffer if that is a prompt."
  (interactive
   (list (if (derived-mode-p 'tla-contract-prompt-mode)
             (tla-contract--uri)
           (read-string "Prompt (file or built-in name): "))))
  (eglot--signal-textDocument/didChange)
  (let ((values (make-hash-table :test #'equal)))
    (dolist (name (tla-contract--placeholders prompt))
      (puthash name (tla-contract--value (read-string (format "%s (@file for the text of a file): " name))) values))
    (tla-contract--show "*tla-contract prompt*" (tla-contract--run "renderPrompt" prompt values))))

(defconst tla-contract--signs
  '(("met" . "✓") ("equivalent" . "≈") ("declared" . "~") ("missing" . "✗") ("violated" . "✗") ("not-checked" . "·"))
  "A sign for each verdict.")

;;;###autoload
(defun tla-contract-show ()
  "Show the clauses of the prompt that governs the current module, with their verdicts.
A button goes to the place in the module."
  (interactive)
  (eglot--signal-textDocument/didChange)
  (let* ((module (current-buffer))
         (view (jsonrpc-request (eglot--current-server-or-lose) :tla-contract/contract
                                (list :textDocument (eglot--TextDocumentIdentifier))))
         (section nil))
    (unless view (user-error "No prompt governs this module; name one in tla-contract.toml"))
    (let ((summary (plist-get view :summary)))
      (tla-contract--show "*tla-contract*"
                          (format "%s: %d of %d met\n" (plist-get (plist-get view :prompt) :name)
                                  (plist-get summary :met) (plist-get summary :checked))))
    (with-current-buffer "*tla-contract*"
      (save-excursion
        (goto-char (point-max))
        (mapc
         (lambda (clause)
           (unless (equal section (plist-get clause :section))
             (setq section (plist-get clause :section))
             (insert "\n" section "\n"))
           (insert "  " (alist-get (plist-get clause :verdict) tla-contract--signs "·" nil #'equal) " ")
           (let ((evidence (plist-get clause :evidence)))
             (if (= 0 (length evidence))
                 (insert (plist-get clause :title))
               (let ((range (plist-get (aref evidence 0) :range)))
                 (insert-text-button (plist-get clause :title) 'action
                                     (lambda (_)
                                       (pop-to-buffer module)
                                       (goto-char (car (eglot--range-region range))))))))
           (insert (if (string= "" (plist-get clause :note)) "" (concat " — " (plist-get clause :note))) "\n"))
         (plist-get view :clauses))))))

(provide 'tla-contract)

;;; tla-contract.el ends here
