-- The running server: whether its program is there, which client it is, and how it is asked.

local M = {}

local NAME = 'tla_contract'

--- Says something to the user.
---@param text string
---@param level integer?
function M.say(text, level)
  vim.notify('tla-contract: ' .. text, level or vim.log.levels.INFO)
end

--- Says what went wrong.
---@param problem string | lsp.ResponseError
function M.fail(problem)
  M.say(type(problem) == 'table' and problem.message or tostring(problem), vim.log.levels.ERROR)
end

--- The program that the configuration names; nil where the configuration connects in another way.
---@return string?
function M.program()
  local cmd = vim.lsp.config[NAME].cmd
  return type(cmd) == 'table' and cmd[1] or nil
end

--- Whether the program can be started. Says it once if not.
---@return boolean
function M.is_there()
  local program = M.program()
  if not program or vim.fn.executable(program) == 1 then
    return true
  end
  local help = 'put it on the PATH, or set its path (:help tla-contract-settings)'
  vim.notify_once(('tla-contract: no program "%s"; %s'):format(program, help), vim.log.levels.WARN)
  return false
end

--- The clients of all workspaces.
---@return vim.lsp.Client[]
function M.clients()
  return vim.lsp.get_clients({ name = NAME })
end

--- The client of a buffer, else any that runs.
---@param buffer integer
---@return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = NAME, bufnr = buffer })[1] or M.clients()[1]
end

--- Sends a request of our own.
---@param buffer integer
---@param method string
---@param params table
---@param done fun(result: any, problem: lsp.ResponseError?, client: vim.lsp.Client)
function M.request(buffer, method, params, done)
  local client = M.client(buffer)
  if not client then
    local why = M.is_there() and 'the server does not run; open a TLA+ or a prompt file first'
      or ('there is no program "%s"'):format(M.program())
    return M.fail(why)
  end
  client:request(method, params, function(problem, result)
    done(result ~= vim.NIL and result or nil, problem, client)
  end, buffer)
end

--- Runs a command of the server.
---@param buffer integer
---@param command string without its prefix
---@param arguments any[]
---@param done fun(result: any, problem: lsp.ResponseError?, client: vim.lsp.Client)
function M.execute(buffer, command, arguments, done)
  local params = { command = 'tla-contract.' .. command, arguments = arguments }
  M.request(buffer, 'workspace/executeCommand', params, done)
end

return M
