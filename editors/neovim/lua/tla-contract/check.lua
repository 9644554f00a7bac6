-- `:TlaContract check`: every module of the workspace judged, open or not, as it was last saved; what is found fills the
-- quickfix list. The program's own `check` does it, so that it is what a batch would report.

local server = require('tla-contract.server')

local M = {}

local TYPES = { error = 'E', warning = 'W', info = 'I', hint = 'N' }

--- The lines of a file, read once and no sooner than they are needed.
---@param path string
---@return fun(number: integer): string
local function reader(path)
  local lines
  return function(number)
    lines = lines or vim.fn.readfile(path)
    return lines[number] or ''
  end
end

--- A column of the program (characters, from 1) as Neovim counts (bytes, from 1).
---@param line string
---@param column integer
local function byte_column(line, column)
  return vim.str_byteindex(line, 'utf-32', column - 1, false) + 1
end

---@param file table of the program's answer
---@return vim.quickfix.entry[]
local function entries(file)
  local line = reader(file.path)
  return vim.tbl_map(function(finding)
    local first, last = finding.range.start, finding.range['end']
    return {
      filename = file.path,
      lnum = first.line,
      col = byte_column(line(first.line), first.column),
      end_lnum = last.line,
      end_col = byte_column(line(last.line), last.column),
      type = TYPES[finding.severity] or 'I',
      text = ('%s [%s]'):format(finding.message:gsub('%s*\n%s*', ' '), finding.rule),
    }
  end, file.findings)
end

---@param answer table
local function show(answer)
  local found = vim.iter(answer.files):map(entries):flatten():totable()
  local summary = answer.summary
  local modules = ('%d module%s'):format(summary.files, summary.files == 1 and '' or 's')
  local title = ('%s, %d of %d checked clauses met'):format(modules, summary.met, summary.checked)
  vim.fn.setqflist({}, ' ', { title = 'tla-contract: ' .. title, items = found })
  if #found == 0 then
    vim.cmd.cclose()
    return server.say('nothing found in ' .. title)
  end
  vim.cmd('botright copen')
end

function M.all()
  if not server.is_there() then
    return server.fail(('there is no program "%s"'):format(server.program()))
  end
  local client = server.client(vim.api.nvim_get_current_buf())
  local root = client and client.root_dir or vim.fn.getcwd()
  local program = server.program() or 'tla-contract'
  server.say('checking ' .. vim.fn.fnamemodify(root, ':~'))
  vim.system({ program, 'check', '--format', 'json', root }, { text = true, cwd = root }, function(done)
    vim.schedule(function()
      local told, answer = pcall(vim.json.decode, done.stdout)
      -- 0 and 1 are verdicts; with 2 it could not run.
      if told and done.code < 2 then
        show(answer)
      else
        server.fail((vim.trim(done.stderr):gsub('^error: ', '')))
      end
    end)
  end)
end

return M
