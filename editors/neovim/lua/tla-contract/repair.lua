-- `:TlaContract repair [json] [max=N]`: the prompt that asks the model to mend the current module, in a new window.

local scratch = require('tla-contract.scratch')
local server = require('tla-contract.server')

local M = {}

---@param buffer integer
---@param arguments string[]
function M.show(buffer, arguments)
  local options = vim.empty_dict()
  for _, argument in ipairs(arguments) do
    local most = argument:match('^max=(%d+)$')
    if most then
      options.maxFindings = tonumber(most)
    elseif argument == 'json' or argument == 'text' then
      options.format = argument
    else
      return server.fail(('"%s" is neither "json" nor "text" nor "max=N"'):format(argument))
    end
  end
  server.execute(buffer, 'repairPrompt', { vim.uri_from_bufnr(buffer), options }, function(text, problem)
    if problem then
      server.fail(problem)
    elseif text then
      scratch.open(text, 'markdown')
    else
      server.say('nothing is to be mended')
    end
  end)
end

---@param before string[]
---@return string[]
function M.complete(before)
  return vim.tbl_filter(function(word)
    return not vim.list_contains(before, word)
  end, { 'json', 'text', 'max=' })
end

return M
