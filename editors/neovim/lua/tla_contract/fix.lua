-- All safe fixes of the module in the current buffer. The server sends the edit itself.

local server = require('tla_contract.server')

local M = {}

function M.all()
  local buffer = vim.api.nvim_get_current_buf()
  server.execute(buffer, 'fixAll', { vim.uri_from_bufnr(buffer) }, function(made, problem)
    if problem then
      server.say(problem.message, vim.log.levels.ERROR)
    elseif not made then
      server.say('nothing to fix')
    end
  end)
end

return M
