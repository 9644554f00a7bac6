-- `:TlaContract`: its subcommands and their completion.

local server = require('tla-contract.server')

local M = {}

---@class tla_contract.Subcommand
---@field run fun(buffer: integer, arguments: string[])
---@field complete? fun(lead: string, before: string[]): string[] `before` are the arguments before the one in question

---@type table<string, tla_contract.Subcommand>
local subcommands = {
  check = {
    run = function()
      require('tla-contract.check').all()
    end,
  },
  contract = {
    run = function(buffer)
      require('tla-contract.contract').show(buffer)
    end,
  },
  fix = {
    run = function(buffer)
      require('tla-contract.fix').all(buffer)
    end,
  },
  render = {
    run = function(_, arguments)
      require('tla-contract.render').render(arguments)
    end,
    complete = function(lead, before)
      return require('tla-contract.render').complete(lead, before)
    end,
  },
  repair = {
    run = function(buffer, arguments)
      require('tla-contract.repair').show(buffer, arguments)
    end,
    complete = function(_, before)
      return require('tla-contract.repair').complete(before)
    end,
  },
}

---@return string[]
local function words()
  return vim.fn.sort(vim.tbl_keys(subcommands))
end

---@param call vim.api.keyset.create_user_command.command_args
function M.run(call)
  local word = call.fargs[1] or 'contract'
  local subcommand = subcommands[word]
  if not subcommand then
    return server.fail(('there is no "%s"; there is %s'):format(word, table.concat(words(), ', ')))
  end
  subcommand.run(vim.api.nvim_get_current_buf(), vim.list_slice(call.fargs, 2))
end

---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  -- `:TlaContract` itself, the subcommand, and what follows it.
  local called = line:sub(line:find('TlaContract', 1, true) or 1)
  local before = vim.split(vim.trim(called:sub(1, #called - #lead)), '%s+')
  local subcommand = subcommands[before[2]]
  local offered
  if not subcommand then
    offered = #before == 1 and words() or {}
  else
    offered = subcommand.complete and subcommand.complete(lead, vim.list_slice(before, 3)) or {}
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, offered)
end

return M
