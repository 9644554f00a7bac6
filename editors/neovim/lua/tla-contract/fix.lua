-- All safe fixes of the module in a buffer. The server sends the edit itself.

local server = require('tla-contract.server')

local M = {}

---@param buffer integer
function M.all(buffer)
  server.execute(buffer, 'fixAll', { vim.uri_from_bufnr(buffer) }, function(made, problem)
    if problem then
      server.fail(problem)
    elseif not made then
      server.say('nothing to fix')
    end
  end)
end

return M
