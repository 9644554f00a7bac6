-- What the tests stand on: copies of the samples to work on, waiting with a limit, other Neovims, and the count at the
-- end.

local M = {}

local root = vim.env.TLA_CONTRACT_ROOT
local said = {}

M.SAMPLE = { { name = 'etcdraft.tla', from = 'tests/samples/etcdraft/etcdraft.tla' } }

--- The sample with a prompt of its own, stricter than the built-in one: it wants EXTENDS and fairness.
M.STRICT = {
  { name = 'etcdraft.tla', from = 'tests/samples/etcdraft/etcdraft.tla' },
  { name = 'etcdraft.prompt.md', from = 'tests/samples/strict/etcdraft.prompt' },
}

vim.notify = function(text)
  said[#said + 1] = text
end

--- Waits until something holds and returns what it gave.
function M.eventually(what, condition)
  local result
  local held = vim.wait(10000, function()
    result = condition()
    return result
  end, 10)
  if not held then
    error(('waited in vain: %s; said: %s'):format(what, vim.inspect(said)), 2)
  end
  return result
end

function M.equal(actual, expected, what)
  if not vim.deep_equal(actual, expected) then
    local texts = vim.tbl_map(function(value)
      return type(value) == 'string' and value or vim.inspect(value)
    end, { expected, actual })
    local difference = vim.diff(texts[1] .. '\n', texts[2] .. '\n')
    error(('%s differs:\n%s'):format(what or 'value', difference), 2)
  end
end

function M.has(list, value, what)
  if not vim.list_contains(list, value) then
    error(('%s lacks %s: %s'):format(what or 'list', vim.inspect(value), vim.inspect(list)), 2)
  end
end

--- A folder of its own with some files, and the first of them open.
function M.open(files)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  folder = vim.uv.fs_realpath(folder)
  for _, file in ipairs(files) do
    local text = file.text or M.read(root .. '/' .. file.from)
    vim.fn.mkdir(vim.fs.dirname(folder .. '/' .. file.name), 'p')
    M.write(folder .. '/' .. file.name, text)
  end
  vim.cmd.edit(folder .. '/' .. files[1].name)
  return vim.api.nvim_get_current_buf(), folder
end

function M.read(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('*a')
  file:close()
  return text
end

function M.write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

--- The text of a buffer, as it would be saved.
function M.text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n'
end

function M.said()
  return said
end

--- The findings of a buffer, once there are some.
---@return vim.Diagnostic[]
function M.findings(buffer)
  return M.eventually('findings', function()
    local found = vim.diagnostic.get(buffer)
    return #found > 0 and found
  end)
end

--- The rules of these findings.
function M.rules(buffer)
  return vim.tbl_map(function(diagnostic)
    return diagnostic.code
  end, M.findings(buffer))
end

--- The number, from 1, and the text of the first line with some words.
function M.line_of(buffer, words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if line:find(words, 1, true) then
      return number, line
    end
  end
end

--- Puts the cursor on the first of some words; returns its line, from 1.
function M.go_to(buffer, words)
  local number, line = M.line_of(buffer, words)
  assert(number, 'no line has ' .. words .. ': ' .. M.text(buffer))
  vim.api.nvim_win_set_cursor(0, { number, line:find(words, 1, true) - 1 })
  return number
end

--- Types keys as a person would; `<CR>` and the like are keys.
function M.type(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'tx', false)
end

local function command(arguments)
  local init = root .. '/tests/editors/neovim/init.lua'
  return vim.list_extend({ vim.v.progpath, '--headless', '-i', 'NONE', '-u', init }, arguments)
end

--- Another Neovim at whose keys the test sits: returns a function that runs Lua there, and one that types.
function M.keyboard(arguments)
  local channel = vim.fn.jobstart(command(vim.list_extend({ '--embed' }, arguments)), { rpc = true })
  local function lua(chunk)
    return vim.rpcrequest(channel, 'nvim_exec_lua', chunk, {})
  end
  local function keys(typed)
    vim.rpcrequest(channel, 'nvim_input', typed)
  end
  return lua, keys, function()
    vim.fn.jobstop(channel)
  end
end

--- Runs another Neovim, set up as a user's, and returns what the Lua chunk returns there.
function M.another(arguments, chunk, environment)
  local script = vim.fn.tempname() .. '.lua'
  local told = script .. '.json'
  local ending = 'vim.fn.writefile({ vim.json.encode(told) }, %q) vim.cmd.qall({ bang = true })'
  M.write(script, ('local told = (function() %s end)() '):format(chunk) .. ending:format(told))
  local after_start = ('autocmd VimEnter * lua vim.schedule(function() dofile(%q) end)'):format(script)
  local words = vim.list_extend(vim.list_slice(arguments), { '-c', after_start })
  local done = vim.system(command(words), { env = environment, text = true, timeout = 20000 }):wait()
  assert(vim.uv.fs_stat(told), done.stderr)
  return vim.json.decode(M.read(told)), done.stderr
end

--- Runs the tests and ends Neovim with the outcome.
function M.run(tests)
  local only = vim.env.TEST
  local passed, failed = 0, 0
  for _, test in ipairs(tests) do
    if not only or test.name:find(only, 1, true) then
      said = {}
      local started = vim.uv.hrtime()
      local fine, problem = xpcall(test.run, debug.traceback)
      local spent = (vim.uv.hrtime() - started) / 1e6
      passed, failed = passed + (fine and 1 or 0), failed + (fine and 0 or 1)
      io.stdout:write(('neovim: %s %s (%d ms)\n'):format(fine and 'ok    ' or 'FAILED', test.name, spent))
      if not fine then
        io.stdout:write(tostring(problem) .. '\n')
      end
      vim.cmd('silent! %bwipeout!')
    end
  end
  io.stdout:write(('neovim: %d passed, %d failed\n'):format(passed, failed))
  io.stdout:flush()
  vim.cmd(failed == 0 and passed > 0 and 'qall!' or 'cquit! 1')
end

return M
