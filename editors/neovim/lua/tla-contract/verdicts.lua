-- The verdicts on the modules that are open, as the server last gave them. Who shows them listens to the event
-- `User TlaContractChanged`, whose data is `{ buffer = …, view = … }`; a status line reads `b:tla_contract`.

local server = require('tla-contract.server')

local M = {}

---@class tla_contract.Place
---@field name string
---@field uri string
---@field range lsp.Range

---@class tla_contract.Clause
---@field clause string its id
---@field kind string
---@field section string
---@field title string
---@field polarity string
---@field promptRange lsp.Range?
---@field verdict string
---@field note string
---@field evidence tla_contract.Place[]

---@class tla_contract.View
---@field module string?
---@field prompt { name: string, uri: string? }
---@field summary table<string, integer>
---@field clauses tla_contract.Clause[]

--- `null` is as good as absent.
local function without_nulls(value)
  if type(value) ~= 'table' then
    return value
  end
  for key, inner in pairs(value) do
    value[key] = inner ~= vim.NIL and without_nulls(inner) or nil
  end
  return value
end

--- Asks for the contract of the module in a buffer; nil where no prompt governs it.
---@param buffer integer
---@param done fun(view: tla_contract.View?, problem: lsp.ResponseError?, client: vim.lsp.Client)
function M.ask(buffer, done)
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  server.request(buffer, 'tla-contract/contract', params, function(view, problem, client)
    done(without_nulls(view), problem, client)
  end)
end

--- Buffers whose contract is being asked for: `again` if it has changed meanwhile.
---@type table<integer, { again: boolean }>
local asking = {}

---@param buffer integer
local function refresh(buffer)
  if asking[buffer] then
    asking[buffer].again = true
    return
  end
  asking[buffer] = { again = false }
  M.ask(buffer, function(view)
    local again = asking[buffer].again
    asking[buffer] = nil
    if not vim.api.nvim_buf_is_valid(buffer) then
      return
    end
    vim.b[buffer].tla_contract = view and view.summary or nil
    vim.api.nvim_exec_autocmds('User', {
      pattern = 'TlaContractChanged',
      modeline = false,
      data = { buffer = buffer, view = view },
    })
    if again then
      refresh(buffer)
    end
  end)
end

--- The server has judged a module anew.
---@param uri string
function M.changed(uri)
  local buffer = vim.uri_to_bufnr(uri)
  if vim.api.nvim_buf_is_loaded(buffer) then
    refresh(buffer)
  end
end

return M
