-- `:TlaContract render [PROMPT] [NAME=VALUE | NAME=@FILE[,FILE…]]…`: a prompt with its placeholders filled, in a new
-- window. What is not given is asked for.

local scratch = require('tla-contract.scratch')
local server = require('tla-contract.server')

local M = {}

--- The longest wait for placeholders to complete, in milliseconds.
local PATIENCE = 500
--- How deep in the workspace prompt files are looked for, in folders.
local DEPTH = 8

---@alias tla_contract.Value string | { files: string[] }

--- The built-in prompts, as the server names them.
---@return string[]
local function builtins()
  local client = server.client(vim.api.nvim_get_current_buf())
  local told = client and vim.tbl_get(client.server_capabilities, 'experimental', 'prompts')
  return told or {}
end

--- The prompt files of the workspace, from the current folder. Folders that hold no text of the user's are passed over.
---@return string[]
local function files()
  local client = server.client(vim.api.nvim_get_current_buf())
  local root = client and client.root_dir or vim.fn.getcwd()
  local function enters(folder)
    local name = vim.fs.basename(folder)
    return not vim.startswith(name, '.') and name ~= 'node_modules' and name ~= 'target'
  end
  local found = {}
  for path, kind in vim.fs.dir(root, { depth = DEPTH, skip = enters }) do
    if kind == 'file' and (path:match('%.prompt%.md$') or path:match('%.prompt%.txt$')) then
      found[#found + 1] = vim.fn.fnamemodify(vim.fs.joinpath(root, path), ':.')
    end
  end
  return vim.fn.sort(found)
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
      return scratch.open(text, 'markdown')
    end
    local missing = vim.tbl_get(problem, 'data', 'missing')
    if asked or type(missing) ~= 'table' or #missing == 0 then
      return server.fail(problem)
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
      return server.fail('one prompt at a time; a value is written NAME=VALUE')
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

--- The placeholders of a prompt that have no value yet. Waits for the server, but not for long.
---@param prompt string
---@return string[]
local function placeholders(prompt)
  local buffer = vim.api.nvim_get_current_buf()
  local client = server.client(buffer)
  local asked = { command = 'tla-contract.renderPrompt', arguments = { prompt, vim.empty_dict() } }
  local answer = client and client:request_sync('workspace/executeCommand', asked, PATIENCE, buffer)
  return answer and vim.tbl_get(answer, 'err', 'data', 'missing') or {}
end

--- A prompt, then `NAME=` for its placeholders, and files behind `@`.
---@param lead string
---@param before string[]
---@return string[]
function M.complete(lead, before)
  local given, typed = lead:match('^([%w_]+=.*[@,])([^@,]*)$')
  if given and lead:find('=@', 1, true) then
    return vim.tbl_map(function(path)
      return given .. path
    end, vim.fn.getcompletion(typed, 'file'))
  end
  local prompt = vim.bo.filetype == 'tla-contract-prompt' and vim.uri_from_bufnr(0) or nil
  for _, argument in ipairs(before) do
    if not argument:find('=', 1, true) then
      prompt = reference(argument)
    end
  end
  local offered = {}
  if prompt then
    for _, name in ipairs(placeholders(prompt)) do
      local is_given = vim.iter(before):any(function(argument)
        return vim.startswith(argument, name .. '=')
      end)
      if not is_given then
        offered[#offered + 1] = name .. '='
      end
    end
  end
  if #before == 0 then
    vim.list_extend(offered, files())
    vim.list_extend(offered, builtins())
  end
  return offered
end

return M
