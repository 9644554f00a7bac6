-- The running server: which client it is, and how it is asked.

local M = {}

local NAME = 'tla_contract'

--- Says something to the user.
---@param text string
---@param level integer?
function M.say(text, level)
  vim.notify('tla-contract: ' .. text, level or vim.log.levels.INFO)
end

--- The client of a buffer, else any that runs.
---@param buffer integer
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = NAME, bufnr = buffer })[1] or vim.lsp.get_clients({ name = NAME })[1]
end

--- Runs a command of the server.
---@param buffer integer
---@param command string without its prefix
---@param arguments any[]
---@param done fun(result: any, problem: lsp.ResponseError?)
function M.execute(buffer, command, arguments, done)
  local client = M.client(buffer)
  if not client then
    M.say('the server does not run; open a TLA+ or a prompt file first', vim.log.levels.ERROR)
    return
  end
  local params = { command = 'tla-contract.' .. command, arguments = arguments }
  client:request('workspace/executeCommand', params, function(problem, result)
    done(result ~= vim.NIL and result or nil, problem)
  end, buffer)
end

return M
