-- `:TlaContract contract`: the clauses of the prompt with their verdicts, in a window of its own. <CR> goes to the
-- place in the module, `p` to the clause in the prompt.

local server = require('tla_contract.server')

local M = {}

local MARKS = {
  met = '✓',
  equivalent = '≈',
  declared = '◌',
  missing = '✗',
  violated = '✗',
  ['not-checked'] = '·',
}

---@param shown table the server's answer
---@return string[] lines
---@return table<integer, table> clauses by line
local function lines_of(shown)
  local count = ('%d of %d checked clauses met'):format(shown.met, shown.checked)
  local lines = { ('%s: %s'):format(shown.prompt.name, count) }
  local clauses = {}
  local kind
  for _, clause in ipairs(shown.clauses) do
    if clause.kind ~= kind then
      kind = clause.kind
      vim.list_extend(lines, { '', kind })
    end
    local verdict = type(clause.verdict) == 'string' and clause.verdict or 'not-checked'
    local note = type(clause.note) == 'string' and (' (%s)'):format(clause.note) or ''
    local line = ('  %s %s: %s%s'):format(MARKS[verdict] or '·', clause.title, verdict:gsub('-', ' '), note)
    lines[#lines + 1] = (line:gsub('%s*\n%s*', ' '))
    clauses[#lines] = clause
  end
  return lines, clauses
end

---@param uri string
---@param range lsp.Range
---@param encoding string
local function go(uri, range, encoding)
  vim.cmd.wincmd('p')
  vim.lsp.util.show_document({ uri = uri, range = range }, encoding, { focus = true })
end

---@param uri string of the module or prompt that was asked about
---@param shown table
---@param encoding string
local function open(uri, shown, encoding)
  local lines, clauses = lines_of(shown)
  vim.cmd('botright 12new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = 'tla-contract'
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false

  vim.keymap.set('n', '<CR>', function()
    local clause = clauses[vim.api.nvim_win_get_cursor(0)[1]]
    local evidence = clause and clause.evidence[1]
    if evidence then
      go(uri, evidence.range, encoding)
    end
  end, { buffer = buffer, desc = 'Go to the place in the module' })
  vim.keymap.set('n', 'p', function()
    local clause = clauses[vim.api.nvim_win_get_cursor(0)[1]]
    if clause and type(shown.prompt.uri) == 'string' then
      go(shown.prompt.uri, clause.range, encoding)
    end
  end, { buffer = buffer, desc = 'Go to the clause in the prompt' })
end

function M.show()
  local buffer = vim.api.nvim_get_current_buf()
  local uri = vim.uri_from_bufnr(buffer)
  local client = server.client(buffer)
  server.execute(buffer, 'showContract', { uri }, function(shown, problem)
    if problem then
      server.say(problem.message, vim.log.levels.ERROR)
    elseif type(shown.prompt) ~= 'table' then
      server.say('no prompt governs this module; name one in tla-contract.toml')
    else
      open(uri, shown, client and client.offset_encoding or 'utf-16')
    end
  end)
end

return M
