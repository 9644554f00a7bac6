-- `:TlaContract`: its subcommands and their completion.

local M = {}

---@class tla_contract.Subcommand
---@field run fun(arguments: string[])
---@field complete fun(lead: string): string[]

---@type table<string, tla_contract.Subcommand>
local subcommands = {
  contract = {
    run = function()
      require('tla_contract.contract').show()
    end,
    complete = function()
      return {}
    end,
  },
  fix = {
    run = function()
      require('tla_contract.fix').all()
    end,
    complete = function()
      return {}
    end,
  },
  render = {
    run = function(arguments)
      require('tla_contract.render').render(arguments)
    end,
    complete = function(lead)
      return require('tla_contract.render').complete(lead)
    end,
  },
}

---@param call vim.api.keyset.create_user_command.command_args
function M.run(call)
  local arguments = vim.list_slice(call.fargs, 2)
  local subcommand = subcommands[call.fargs[1]]
  if not subcommand then
    local known = table.concat(vim.fn.sort(vim.tbl_keys(subcommands)), ', ')
    require('tla_contract.server').say(
      ('there is no "%s"; there is %s'):format(call.fargs[1], known),
      vim.log.levels.ERROR
    )
    return
  end
  subcommand.run(arguments)
end

---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local before = vim.split(vim.trim(line:sub(1, #line - #lead)), '%s+')
  local subcommand = subcommands[before[2]]
  local words = subcommand and subcommand.complete(lead) or vim.fn.sort(vim.tbl_keys(subcommands))
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
