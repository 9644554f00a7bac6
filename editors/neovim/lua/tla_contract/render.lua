-- `:TlaContract render [PROMPT] [NAME=VALUE | NAME=@FILE[,FILE…]]…`: a prompt with its placeholders filled, in a new
-- window. What is not given is asked for.

local server = require('tla_contract.server')

local M = {}

---@alias tla_contract.Value string | { files: string[] }

--- The built-in prompts, as the server names them.
---@return string[]
local function builtins()
  local client = server.client(vim.api.nvim_get_current_buf())
  local told = client and vim.tbl_get(client.server_capabilities, 'experimental', 'prompts')
  return told or {}
end

--- The prompt files of the workspace.
---@return string[]
local function files()
  local client = server.client(vim.api.nvim_get_current_buf())
  local root = client and client.root_dir or vim.fn.getcwd()
  local found = vim.fs.find(function(name)
    return name:match('%.prompt%.md$') ~= nil or name:match('%.prompt%.txt$') ~= nil
  end, { path = root, type = 'file', limit = 200 })
  return vim.tbl_map(function(path)
    return vim.fn.fnamemodify(path, ':.')
  end, found)
end

--- The path by which the server and the rendered text name a file: short inside the workspace.
---@param path string
---@return string
local function named(path)
  local client = server.client(vim.api.nvim_get_current_buf())
  local full = vim.fs.normalize(vim.fn.fnamemodify(vim.fs.normalize(path), ':p'))
  return client and client.root_dir and vim.fs.relpath(client.root_dir, full) or full
end

--- A value as it is typed: text, or `@` and files.
---@param typed string
---@return tla_contract.Value
local function value(typed)
  local paths = typed:match('^@(.+)$')
  return paths and { files = vim.tbl_map(named, vim.split(paths, ',', { trimempty = true })) } or typed
end

---@param text string
local function open(text)
  vim.cmd.new()
  vim.bo.buftype = 'nofile'
  vim.bo.bufhidden = 'wipe'
  vim.bo.swapfile = false
  vim.bo.filetype = 'markdown'
  local lines = vim.split(text, '\n', { plain = true })
  if lines[#lines] == '' then
    lines[#lines] = nil
  end
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
end

--- Asks for the values that are missing, one after the other, then goes on.
---@param missing string[]
---@param values table<string, tla_contract.Value>
---@param done fun()
local function ask(missing, values, done)
  local name = missing[1]
  if not name then
    return done()
  end
  vim.ui.input({ prompt = name .. ' (@file for the text of a file): ', completion = 'file' }, function(typed)
    if typed then
      values[name] = value(typed)
      ask(vim.list_slice(missing, 2), values, done)
    end
  end)
end

---@param prompt string a URI or the name of a built-in prompt
---@param values table<string, tla_contract.Value>
---@param asked boolean
local function render(prompt, values, asked)
  local given = next(values) and values or vim.empty_dict()
  server.execute(vim.api.nvim_get_current_buf(), 'renderPrompt', { prompt, given }, function(text, problem)
    if not problem then
      return open(text)
    end
    local missing = vim.tbl_get(problem, 'data', 'missing')
    if asked or type(missing) ~= 'table' or #missing == 0 then
      return server.say(problem.message, vim.log.levels.ERROR)
    end
    ask(missing, values, function()
      render(prompt, values, true)
    end)
  end)
end

--- The prompt that was asked for, as the server knows it.
---@param wanted string
---@return string
local function reference(wanted)
  if vim.list_contains(builtins(), wanted) then
    return wanted
  end
  return vim.uri_from_fname(vim.fn.fnamemodify(wanted, ':p'))
end

---@param arguments string[]
function M.render(arguments)
  local values, prompt = {}, nil
  for _, argument in ipairs(arguments) do
    local name, typed = argument:match('^([%w_]+)=(.*)$')
    if name then
      values[name] = value(typed)
    elseif prompt then
      return server.say('one prompt at a time; a value is written NAME=VALUE', vim.log.levels.ERROR)
    else
      prompt = reference(argument)
    end
  end
  if not prompt and vim.bo.filetype == 'tla-contract-prompt' then
    prompt = vim.uri_from_bufnr(0)
  end
  if prompt then
    return render(prompt, values, false)
  end
  local choices = vim.list_extend(files(), builtins())
  vim.ui.select(choices, { prompt = 'Render which prompt?' }, function(choice)
    if choice then
      render(reference(choice), values, false)
    end
  end)
end

--- What may stand as the first argument.
---@return string[]
function M.complete()
  return vim.list_extend(files(), builtins())
end

return M
