-- All safe fixes of the module in the current buffer. The server sends the edit itself.

local server = require('tla_contract.server')

local M = {}

function M.all()
  local buffer = vim.api.nvim_get_current_buf()
  local before = vim.api.nvim_buf_get_changedtick(buffer)
  server.execute(buffer, 'fixAll', { vim.uri_from_bufnr(buffer) }, function(_, problem)
    if problem then
      server.say(problem.message, vim.log.levels.ERROR)
    elseif vim.api.nvim_buf_get_changedtick(buffer) == before then
      server.say('nothing to fix')
    end
  end)
end

return M
