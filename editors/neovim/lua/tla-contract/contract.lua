-- `:TlaContract contract`: the clauses of the prompt with their verdicts, in a window of its own that follows the
-- module as it is edited. Its keys are in KEYS below.

local server = require('tla-contract.server')
local verdicts = require('tla-contract.verdicts')

local M = {}

local HEIGHT = 14
local SPACE = vim.api.nvim_create_namespace('tla-contract')

local SIGNS = {
  met = { '✓', 'DiagnosticOk' },
  equivalent = { '≈', 'DiagnosticOk' },
  declared = { '~', 'DiagnosticWarn' },
  missing = { '✗', 'DiagnosticWarn' },
  violated = { '✗', 'DiagnosticError' },
  ['not-checked'] = { '·', 'Comment' },
}

--- What each kind of clause is called where the prompt has no heading for it.
local KINDS = { other = 'other demands', actions = 'actions', excluded = 'excluded' }

local COUNTED = {
  { 'declared', 'declared only' },
  { 'missing', 'missing' },
  { 'violated', 'violated' },
  { 'notChecked', 'not checked' },
}

---@class tla_contract.Window
---@field module integer buffer of the module
---@field buffer integer
---@field view tla_contract.View
---@field encoding string
---@field clauses table<integer, tla_contract.Clause> by line

--- The windows that are open, by the buffer of the window.
---@type table<integer, tla_contract.Window>
local windows = {}

---@param view tla_contract.View
---@return string
local function heading(view)
  local parts = { ('%d of %d met'):format(view.summary.met, view.summary.checked) }
  for _, count in ipairs(COUNTED) do
    local number = view.summary[count[1]]
    if number and number > 0 then
      parts[#parts + 1] = ('%d %s'):format(number, count[2])
    end
  end
  return ('%s, held to %s: %s'):format(view.module or 'no module', view.prompt.name, table.concat(parts, ', '))
end

---@param text string
---@return string
local function one_line(text)
  return (vim.trim(text):gsub('%s*\n%s*', ' '))
end

--- What is said of a clause; the sign says that one is met, what a clause lacks is said in words as well.
---@param clause tla_contract.Clause
---@return string
local function in_words(clause)
  local note = one_line(clause.note)
  if note == '' or clause.verdict == 'met' or clause.verdict == 'equivalent' then
    return note
  end
  return ('%s: %s'):format(tostring(clause.verdict):gsub('%-', ' '), note)
end

--- Writes the view into the buffer of its window.
---@param window tla_contract.Window
local function draw(window)
  local lines, marks = { heading(window.view) }, { { 0, 0, -1, 'Title' } }
  local function mark(from, to, group)
    marks[#marks + 1] = { #lines - 1, from, to, group }
  end
  window.clauses = {}
  local section
  for _, clause in ipairs(window.view.clauses) do
    local own = one_line(clause.section) ~= '' and one_line(clause.section) or KINDS[clause.kind] or clause.kind
    if own ~= section then
      section = own
      vim.list_extend(lines, { '', section })
      mark(0, -1, 'Directory')
    end
    local sign = SIGNS[clause.verdict] or SIGNS['not-checked']
    local head = ('  %s %s'):format(sign[1], one_line(clause.title))
    local note = in_words(clause)
    lines[#lines + 1] = note ~= '' and ('%s — %s'):format(head, note) or head
    window.clauses[#lines] = clause
    mark(2, 2 + #sign[1], sign[2])
    if note ~= '' then
      mark(#head, -1, 'Comment')
    end
  end
  local buffer = window.buffer
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
  vim.api.nvim_buf_clear_namespace(buffer, SPACE, 0, -1)
  for _, place in ipairs(marks) do
    local line, from, to, group = unpack(place)
    local to_end = to == -1 and #lines[line + 1] or to
    vim.api.nvim_buf_set_extmark(buffer, SPACE, line, from, { end_col = to_end, hl_group = group })
  end
end

--- A window for the module or its prompt: one that shows the buffer, else the one before, else a new one.
---@param window tla_contract.Window
---@param buffer integer
local function leave(window, buffer)
  local shown = vim.fn.bufwinid(buffer)
  if shown ~= -1 then
    return vim.api.nvim_set_current_win(shown)
  end
  vim.cmd.wincmd('p')
  if vim.api.nvim_get_current_buf() == window.buffer then
    vim.cmd('aboveleft new')
  end
end

---@param window tla_contract.Window
---@param places { uri: string, range: lsp.Range }[] at least one
local function go(window, places)
  leave(window, vim.uri_to_bufnr(places[1].uri))
  -- The further places wait in the location list.
  if #places > 1 then
    local items = vim.lsp.util.locations_to_items(places, window.encoding)
    vim.fn.setloclist(0, {}, ' ', { title = 'Evidence', items = items })
  end
  vim.lsp.util.show_document(places[1], window.encoding, { focus = true })
end

---@param window tla_contract.Window
---@return tla_contract.Clause?
local function clause_here(window)
  return window.clauses[vim.api.nvim_win_get_cursor(0)[1]]
end

--- Moves to the next clause that wants attention, in a direction.
---@param window tla_contract.Window
---@param step 1 | -1
local function to_unmet(window, step)
  local line = vim.api.nvim_win_get_cursor(0)[1] + step
  while line >= 1 and line <= vim.api.nvim_buf_line_count(window.buffer) do
    local clause = window.clauses[line]
    if clause and vim.list_contains({ 'declared', 'missing', 'violated' }, clause.verdict) then
      return vim.api.nvim_win_set_cursor(0, { line, 0 })
    end
    line = line + step
  end
end

---@type { key: string, what: string, run: fun(window: tla_contract.Window) }[]
local KEYS = {
  {
    key = '<CR>',
    what = 'Go to the place in the module; further places are in the location list',
    run = function(window)
      local clause = clause_here(window)
      if clause and #clause.evidence > 0 then
        go(window, clause.evidence)
      elseif clause then
        server.say('nothing in the module bears on this clause')
      end
    end,
  },
  {
    key = 'p',
    what = 'Go to the clause in the prompt',
    run = function(window)
      local clause = clause_here(window)
      if clause and window.view.prompt.uri and clause.promptRange then
        go(window, { { uri = window.view.prompt.uri, range = clause.promptRange } })
      elseif clause then
        server.say(('the prompt "%s" is no file that could be opened'):format(window.view.prompt.name))
      end
    end,
  },
  {
    key = 's',
    what = 'Insert a stub for the missing action',
    run = function(window)
      local clause = clause_here(window)
      if clause then
        local wanted = { vim.uri_from_bufnr(window.module), clause.clause }
        server.execute(window.module, 'insertStub', wanted, function(_, problem)
          if problem then
            server.fail(problem)
          end
        end)
      end
    end,
  },
  {
    key = ']]',
    what = 'Next clause that is not met',
    run = function(window)
      to_unmet(window, 1)
    end,
  },
  {
    key = '[[',
    what = 'Previous clause that is not met',
    run = function(window)
      to_unmet(window, -1)
    end,
  },
  {
    key = 'q',
    what = 'Close',
    run = function()
      vim.cmd.close()
    end,
  },
  {
    key = 'g?',
    what = 'Show these keys',
    run = function()
      vim.cmd.help('tla-contract-window')
    end,
  },
}

--- The window of a module, if it is open.
---@param module integer
---@return tla_contract.Window?
local function window_of(module)
  for _, window in pairs(windows) do
    if window.module == module then
      return window
    end
  end
end

---@param module integer
---@param view tla_contract.View
---@param encoding string
local function open(module, view, encoding)
  local window = window_of(module)
  local shown = window and vim.fn.bufwinid(window.buffer) or -1
  if window and shown ~= -1 then
    window.view = view
    vim.api.nvim_set_current_win(shown)
    return draw(window)
  end
  vim.cmd('botright ' .. HEIGHT .. 'new')
  local buffer = vim.api.nvim_get_current_buf()
  window = { module = module, buffer = buffer, view = view, encoding = encoding, clauses = {} }
  windows[buffer] = window
  vim.bo[buffer].filetype = 'tla-contract'
  for _, binding in ipairs(KEYS) do
    vim.keymap.set('n', binding.key, function()
      binding.run(window)
    end, { buffer = buffer, nowait = true, desc = binding.what })
  end
  draw(window)
end

vim.api.nvim_create_autocmd('User', {
  group = vim.api.nvim_create_augroup('tla-contract-window', {}),
  pattern = 'TlaContractChanged',
  desc = 'Follow the module',
  callback = function(event)
    local window = window_of(event.data.buffer)
    if window and event.data.view then
      window.view = event.data.view
      draw(window)
    end
  end,
})

vim.api.nvim_create_autocmd('BufWipeout', {
  group = 'tla-contract-window',
  desc = 'Forget the window',
  callback = function(event)
    windows[event.buf] = nil
  end,
})

--- Shows the contract of the module in a buffer.
---@param buffer integer
function M.show(buffer)
  -- Asked for from the window itself, it is about the window's module.
  local module = windows[buffer] and windows[buffer].module or buffer
  verdicts.ask(module, function(view, problem, client)
    if problem then
      server.fail(problem)
    elseif view then
      open(module, view, client.offset_encoding)
    elseif vim.bo[module].filetype == 'tla-contract-prompt' then
      server.say('this is a prompt; its clauses are judged on a module that it governs')
    else
      server.say('no prompt governs this module; name one in tla-contract.toml')
    end
  end)
end

return M
