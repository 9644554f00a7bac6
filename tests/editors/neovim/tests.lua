-- What a user of Neovim does with the plugin: opens a reply, reads the findings, takes the fixes, renders a prompt.

local test = require('harness')

-- Its own prompt, stricter than the built-in one: it wants EXTENDS and fairness.
local STRICT = {
  { name = 'etcdraft.tla', from = 'tests/samples/etcdraft/etcdraft.tla' },
  { name = 'etcdraft.prompt.md', from = 'tests/samples/strict/etcdraft.prompt' },
}

local SAMPLE = { { name = 'etcdraft.tla', from = 'tests/samples/etcdraft/etcdraft.tla' } }

--- The findings of a buffer, once there are some: `{ rule, line, column }`, from 1, columns in characters.
local function findings(buffer)
  local diagnostics = test.eventually('findings', function()
    local found = vim.diagnostic.get(buffer)
    return #found > 0 and found
  end)
  local shown = vim.tbl_map(function(diagnostic)
    local line = vim.api.nvim_buf_get_lines(buffer, diagnostic.lnum, diagnostic.lnum + 1, false)[1] or ''
    test.equal(diagnostic.source, 'tla-contract', 'source')
    return {
      diagnostic.code,
      diagnostic.lnum + 1,
      vim.str_utfindex(line, 'utf-32', diagnostic.col, false) + 1,
      diagnostic.message,
    }
  end, diagnostics)
  return shown
end

local function rules(buffer)
  return vim.tbl_map(function(finding)
    return finding[1]
  end, findings(buffer))
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

local function line_of(buffer, wanted)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if line:find(wanted, 1, true) then
      return number, line
    end
  end
end

test.run({
  {
    name = 'nothing loads before a TLA+ or prompt file opens',
    run = function()
      vim.cmd.edit(vim.fn.tempname() .. '.txt')
      test.equal(vim.lsp.get_clients(), {}, 'clients')
      for module in pairs(package.loaded) do
        assert(not vim.startswith(module, 'tla_contract'), module)
      end
      test.equal(vim.fn.exists(':TlaContract'), 2, ':TlaContract')
    end,
  },
  {
    name = 'a reply opens with its findings, the same as the command line reports',
    run = function()
      local buffer, folder = test.open(SAMPLE)
      test.equal(vim.bo[buffer].filetype, 'tla', 'filetype')
      for _, rule in ipairs({ 'reply/fence', 'reply/prose', 'contract/comment', 'contract/invariant' }) do
        test.has(rules(buffer), rule, 'findings')
      end
      test.equal(sorted(findings(buffer)), sorted(checked(folder .. '/etcdraft.tla')), 'findings')
    end,
  },
  {
    name = 'findings follow unsaved edits',
    run = function()
      local buffer = test.open(SAMPLE)
      test.has(rules(buffer), 'reply/prose', 'findings')
      vim.api.nvim_buf_set_lines(buffer, 0, 2, false, {})
      test.eventually('no prose is left', function()
        return not vim.list_contains(rules(buffer), 'reply/prose')
      end)
    end,
  },
  {
    name = 'the fix inserts the missing EXTENDS modules',
    run = function()
      local buffer = test.open(STRICT)
      local before = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
      take(buffer, 'contract/missing-extends', 'missing modules')
      local after = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
      local number = line_of(buffer, 'EXTENDS')
      test.equal(after[number], 'EXTENDS Naturals, FiniteSets, TLC, Sequences', 'the line')
      after[number] = before[number]
      test.equal(after, before, 'the rest')
    end,
  },
  {
    name = 'the fix inserts a stub for a missing action',
    run = function()
      local buffer = test.open(SAMPLE)
      take(buffer, 'contract/missing-action', 'stub')
      assert(line_of(buffer, 'UNCHANGED vars'), 'there is a stub')
    end,
  },
  {
    name = ':TlaContract fix does what tla-contract fix does',
    run = function()
      local buffer, folder = test.open(SAMPLE)
      findings(buffer)
      local tick = vim.api.nvim_buf_get_changedtick(buffer)
      vim.cmd('TlaContract fix')
      test.eventually('the edit', function()
        return vim.api.nvim_buf_get_changedtick(buffer) ~= tick
      end)
      local done = vim.system({ 'tla-contract', 'fix', 'etcdraft.tla' }, { cwd = folder }):wait()
      assert(done.code < 2, done.stderr)
      test.equal(test.text(buffer), test.read(folder .. '/etcdraft.tla'), 'the fixed module')
      vim.cmd('TlaContract fix')
      test.eventually('a word that there is nothing more', function()
        return test.said()[1] == 'tla-contract: nothing to fix'
      end)
    end,
  },
  {
    name = ':TlaContract contract shows the verdicts and goes to the place',
    run = function()
      local module = test.open(SAMPLE)
      findings(module)
      vim.cmd('TlaContract contract')
      local window = test.eventually('the window', function()
        return vim.bo.filetype == 'tla-contract' and vim.api.nvim_get_current_buf()
      end)
      assert(line_of(window, 'checked clauses met'), test.text(window))
      local number = assert(line_of(window, ' Election:'), test.text(window))
      vim.api.nvim_win_set_cursor(0, { number, 0 })
      vim.api.nvim_feedkeys(vim.keycode('<CR>'), 'x', false)
      test.equal(vim.api.nvim_get_current_buf(), module, 'the buffer gone to')
      local place = vim.api.nvim_win_get_cursor(0)[1]
      test.equal(vim.fn.getline(place):match('^%w+'), 'StatePreCandidate', 'the place gone to')
    end,
  },
  {
    name = ':TlaContract render fills a prompt file and leaves all else as it is',
    run = function()
      local prompt = 'Write TLA+ for {focus}.\nIt is {file_path}, with a set {1, 2}:\n{source_code}\n'
      local _, folder = test.open({
        { name = 'raft.prompt.md', text = prompt },
        { name = 'raft.go', text = 'func tick() {}\n' },
      })
      test.equal(vim.bo.filetype, 'tla-contract-prompt', 'filetype')
      test.eventually('the server', function()
        return vim.lsp.get_clients({ bufnr = 0 })[1]
      end)
      vim.cmd('lcd ' .. folder)
      vim.cmd('TlaContract render focus=elections file_path=raft.go source_code=@raft.go')
      local rendered = test.eventually('the text', function()
        return vim.bo.filetype == 'markdown' and vim.api.nvim_get_current_buf()
      end)
      local text = test.text(rendered)
      assert(text:find('Write TLA+ for elections.\nIt is raft.go, with a set {1, 2}:\n', 1, true), text)
      assert(text:find('func tick() {}', 1, true), text)
    end,
  },
  {
    name = ':TlaContract render asks for the values that lack',
    run = function()
      test.open({ { name = 'raft.prompt.md', text = 'Write TLA+ for {focus}, in {file_path}.\n' } })
      test.eventually('the server', function()
        return vim.lsp.get_clients({ bufnr = 0 })[1]
      end)
      local asked = {}
      vim.ui.input = function(options, done)
        asked[#asked + 1] = options.prompt:match('^%S+')
        done('<' .. asked[#asked] .. '>')
      end
      vim.cmd('TlaContract render')
      local rendered = test.eventually('the text', function()
        return vim.bo.filetype == 'markdown' and vim.api.nvim_get_current_buf()
      end)
      test.equal(asked, { 'focus', 'file_path' }, 'asked')
      test.equal(test.text(rendered), 'Write TLA+ for <focus>, in <file_path>.\n', 'the text')
    end,
  },
  {
    name = ':TlaContract completes its words and the built-in prompts',
    run = function()
      local buffer = test.open(SAMPLE)
      findings(buffer)
      test.equal(vim.fn.getcompletion('TlaContract ', 'cmdline'), { 'contract', 'fix', 'render' }, 'words')
      test.has(vim.fn.getcompletion('TlaContract render etcd', 'cmdline'), 'etcdraft', 'prompts')
      vim.cmd('TlaContract rende')
      assert(test.said()[1]:find('there is no "rende"', 1, true), vim.inspect(test.said()))
    end,
  },
  {
    name = 'a misspelt placeholder is found in a prompt',
    run = function()
      local buffer = test.open({ { name = 'raft.prompt.txt', text = 'Write TLA+ for {focus} and {sorce_code}.\n' } })
      test.has(rules(buffer), 'prompt/unknown-placeholder', 'findings')
    end,
  },
  {
    name = 'the help is found',
    run = function()
      local tags = vim.fn.tempname()
      vim.fn.mkdir(tags .. '/doc', 'p')
      vim.fn.writefile(
        vim.fn.readfile(vim.env.TLA_CONTRACT_ROOT .. '/editors/neovim/doc/tla-contract.txt'),
        tags .. '/doc/tla-contract.txt'
      )
      vim.cmd('helptags ' .. tags .. '/doc')
      vim.opt.runtimepath:append(tags)
      vim.cmd('help :TlaContract')
      test.equal(vim.bo.filetype, 'help', 'filetype')
    end,
  },
})
