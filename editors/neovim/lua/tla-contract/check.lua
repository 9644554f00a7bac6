-- `:TlaContract check`: every module of the workspace judged, open or not; what is found fills the quickfix list.

local server = require('tla-contract.server')

local M = {}

--- Of `vim.diagnostic`, by LSP's numbers.
local TYPES = { 'E', 'W', 'I', 'N' }

--- What is found in one file.
---@param file { uri: string, diagnostics: lsp.Diagnostic[] }
---@param encoding string
---@return vim.quickfix.entry[]
local function entries(file, encoding)
  local locations = vim.tbl_map(function(diagnostic)
    return { uri = file.uri, range = diagnostic.range, diagnostic = diagnostic }
  end, file.diagnostics)
  return vim.tbl_map(function(item)
    local diagnostic = item.user_data.diagnostic
    item.text = ('%s [%s]'):format(diagnostic.message:gsub('%s*\n%s*', ' '), diagnostic.code or '')
    item.type = TYPES[diagnostic.severity] or 'I'
    item.user_data = nil
    return item
  end, vim.lsp.util.locations_to_items(locations, encoding))
end

---@param answer table
---@param encoding string
local function show(answer, encoding)
  local found = {}
  for _, file in ipairs(answer.files) do
    vim.list_extend(found, entries(file, encoding))
  end
  local summary = answer.summary
  local modules = ('%d module%s'):format(summary.files, summary.files == 1 and '' or 's')
  local title = ('%s, %d of %d checked clauses met'):format(modules, summary.met, summary.checked)
  vim.fn.setqflist({}, ' ', { title = 'tla-contract: ' .. title, items = found })
  if #found == 0 then
    vim.cmd.cclose()
    return server.say('nothing found in ' .. title)
  end
  vim.cmd('botright copen')
end

function M.all()
  server.execute(vim.api.nvim_get_current_buf(), 'checkWorkspace', {}, function(answer, problem, client)
    if problem then
      server.fail(problem)
    else
      show(answer, client.offset_encoding)
    end
  end)
end

return M
