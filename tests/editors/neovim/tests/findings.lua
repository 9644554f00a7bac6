-- Findings as diagnostics, and their fixes as code actions.

local test = require('harness')

--- `{ rule, line, column, message }`, from 1, columns in characters.
local function shown(buffer)
  return vim.tbl_map(function(diagnostic)
    local line = vim.api.nvim_buf_get_lines(buffer, diagnostic.lnum, diagnostic.lnum + 1, false)[1] or ''
    test.equal(diagnostic.source, 'tla-contract', 'source')
    local column = vim.str_utfindex(line, 'utf-32', diagnostic.col, false) + 1
    return { diagnostic.code, diagnostic.lnum + 1, column, diagnostic.message }
  end, test.findings(buffer))
end

--- The findings that the command line reports for a file.
local function checked(path)
  local done = vim.system({ 'tla-contract', 'check', '--format', 'json', path }, { cwd = vim.fs.dirname(path) }):wait()
  assert(done.code < 2, done.stderr)
  return vim.tbl_map(function(finding)
    return { finding.rule, finding.range.start.line, finding.range.start.column, finding.message }
  end, vim.json.decode(done.stdout).files[1].findings)
end

local function sorted(list)
  table.sort(list, function(one, other)
    return vim.inspect({ one[2], one[3], one[1], one[4] }) < vim.inspect({ other[2], other[3], other[1], other[4] })
  end)
  return list
end

--- Takes the code action whose title has the words, on the line of the first finding of a rule.
local function take(buffer, rule, words)
  local diagnostic = test.eventually('a finding of ' .. rule, function()
    for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
      if diagnostic.code == rule then
        return diagnostic
      end
    end
  end)
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  local offered = {}
  local taken = false
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      offered[#offered + 1] = action.title
      local fits = not taken and action.title:lower():find(words, 1, true) ~= nil
      taken = taken or fits
      return fits
    end,
  })
  test.eventually('the edit of "' .. words .. '" of ' .. vim.inspect(offered), function()
    return vim.api.nvim_buf_get_changedtick(buffer) ~= tick
  end)
end

return {
  {
    name = 'a reply opens with its findings, the same as the command line reports',
    run = function()
      local buffer, folder = test.open(test.SAMPLE)
      for _, rule in ipairs({ 'reply/fence', 'reply/prose', 'contract/comment', 'contract/invariant' }) do
        test.has(test.rules(buffer), rule, 'findings')
      end
      test.equal(sorted(shown(buffer)), sorted(checked(folder .. '/etcdraft.tla')), 'findings')
    end,
  },
  {
    name = 'findings follow unsaved edits',
    run = function()
      local buffer = test.open(test.SAMPLE)
      test.has(test.rules(buffer), 'reply/prose', 'findings')
      vim.api.nvim_buf_set_lines(buffer, 0, 2, false, {})
      test.eventually('no prose is left', function()
        return not vim.list_contains(test.rules(buffer), 'reply/prose')
      end)
    end,
  },
  {
    name = 'the fix inserts the missing EXTENDS modules',
    run = function()
      local buffer = test.open(test.STRICT)
      local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
      take(buffer, 'contract/missing-extends', 'missing modules')
      local after = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
      local number = test.line_of(buffer, 'EXTENDS')
      test.equal(after[number], 'EXTENDS Naturals, FiniteSets, TLC, Sequences', 'the line')
      after[number] = before[number]
      test.equal(after, before, 'the rest')
    end,
  },
  {
    name = 'the fix inserts a stub for a missing action',
    run = function()
      local buffer = test.open(test.SAMPLE)
      take(buffer, 'contract/missing-action', 'stub')
      assert(test.line_of(buffer, 'UNCHANGED vars'), 'there is a stub')
    end,
  },
  {
    name = 'a misspelt placeholder is found in a prompt',
    run = function()
      local buffer = test.open({ { name = 'raft.prompt.txt', text = 'Write TLA+ for {focus} and {sorce_code}.\n' } })
      test.has(test.rules(buffer), 'prompt/unknown-placeholder', 'findings')
    end,
  },
  {
    name = 'settings that are wrong are found in tla-contract.toml, and other TOML files are left alone',
    run = function()
      local buffer, folder = test.open({
        { name = 'tla-contract.toml', text = '[[prompt]]\nfile = "none.prompt.md"\nspecs = 3\n' },
        { name = 'other.toml', text = 'specs = 3\n' },
      })
      test.findings(buffer)
      vim.cmd.edit(folder .. '/other.toml')
      vim.wait(50)
      test.equal(vim.lsp.get_clients({ bufnr = 0 }), {}, 'clients')
    end,
  },
}
