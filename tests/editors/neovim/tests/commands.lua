-- `:TlaContract` and its subcommands.

local test = require('harness')

local function client_of(buffer)
  return test.eventually('the server', function()
    return vim.lsp.get_clients({ bufnr = buffer })[1]
  end)
end

--- Waits for a new window with a text of no file, and gives the text.
local function scratch()
  local buffer = test.eventually('the text', function()
    return vim.bo.buftype == 'nofile' and vim.bo.filetype == 'markdown' and vim.api.nvim_get_current_buf()
  end)
  return test.text(buffer)
end

local function completed(line)
  return vim.fn.getcompletion(line, 'cmdline')
end

return {
  {
    name = ':TlaContract fix does what tla-contract fix does',
    run = function()
      local buffer, folder = test.open(test.SAMPLE)
      test.findings(buffer)
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
    name = ':TlaContract render fills a prompt file and leaves all else as it is',
    run = function()
      local prompt = 'Write TLA+ for {focus}.\nIt is {file_path}, with a set {1, 2}:\n{source_code}\n'
      local buffer, folder = test.open({
        { name = 'raft.prompt.md', text = prompt },
        { name = 'raft.go', text = 'func tick() {}\n' },
      })
      test.equal(vim.bo.filetype, 'tla-contract-prompt', 'filetype')
      client_of(buffer)
      vim.cmd('lcd ' .. folder)
      vim.cmd([[TlaContract render focus=leader\ elections file_path=raft.go source_code=@raft.go]])
      local text = scratch()
      assert(text:find('Write TLA+ for leader elections.\nIt is raft.go, with a set {1, 2}:\n', 1, true), text)
      assert(text:find('func tick() {}', 1, true), text)
    end,
  },
  {
    name = ':TlaContract render asks for the values that lack',
    run = function()
      client_of(test.open({ { name = 'raft.prompt.md', text = 'Write TLA+ for {focus}, in {file_path}.\n' } }))
      local asked = {}
      local input = vim.ui.input
      vim.ui.input = function(options, done)
        asked[#asked + 1] = options.prompt:match('^%S+')
        done('<' .. asked[#asked] .. '>')
      end
      vim.cmd('TlaContract render')
      local text = scratch()
      vim.ui.input = input
      test.equal(asked, { 'focus', 'file_path' }, 'asked')
      test.equal(text, 'Write TLA+ for <focus>, in <file_path>.\n', 'the text')
    end,
  },
  {
    name = ':TlaContract render offers the prompts of the workspace and the built-in ones',
    run = function()
      local buffer, folder = test.open(test.STRICT)
      client_of(buffer)
      vim.cmd('lcd ' .. folder)
      local offered
      local select = vim.ui.select
      vim.ui.select = function(choices, _, done)
        offered = choices
        done(nil)
      end
      vim.cmd('TlaContract render')
      vim.ui.select = select
      test.equal(offered, { 'etcdraft.prompt.md', 'etcdraft', 'raftkvs', 'draft-translation' }, 'offered')
    end,
  },
  {
    name = ':TlaContract repair opens the prompt for the model',
    run = function()
      local buffer = test.open(test.SAMPLE)
      test.findings(buffer)
      vim.cmd('TlaContract repair max=2')
      local short = scratch()
      vim.cmd.close()
      vim.cmd('TlaContract repair json')
      local json = scratch()
      assert(short:find('etcdraft', 1, true), short)
      assert(json:find('"specification"', 1, true), json)
      assert(#short < #json, 'fewer findings make a shorter text')
    end,
  },
  {
    name = ':TlaContract repair says what it does not understand',
    run = function()
      test.open(test.SAMPLE)
      vim.cmd('TlaContract repair yaml')
      test.equal(test.said(), { 'tla-contract: "yaml" is neither "json" nor "text" nor "max=N"' }, 'said')
    end,
  },
  {
    name = ':TlaContract check lists the findings of every module of the workspace',
    run = function()
      local buffer, folder = test.open({
        test.SAMPLE[1],
        { name = 'more/Clock.tla', text = '---- MODULE Clock ----\n(* 【🚀】 *) Tick == Tock\n====\n' },
        { name = 'tla-contract.toml', text = '' },
      })
      client_of(buffer)
      vim.cmd('TlaContract check')
      test.eventually('the list', function()
        return vim.bo.filetype == 'qf'
      end)
      local listed = vim.fn.getqflist({ items = 0, title = 0 })
      assert(listed.title:find('2 modules, %d+ of %d+ checked clauses met'), listed.title)
      local clock = vim.iter(listed.items):find(function(item)
        return vim.endswith(vim.api.nvim_buf_get_name(item.bufnr), folder .. '/more/Clock.tla')
      end)
      assert(clock, vim.inspect(listed.items))
      local line = vim.fn.readfile(folder .. '/more/Clock.tla')[clock.lnum]
      test.equal(line:sub(clock.col, clock.end_col - 1), 'Tock', 'what is marked')
      test.equal(clock.type, 'E', 'type')
      vim.cmd.cclose()
    end,
  },
  {
    name = ':TlaContract completes its words, prompts, placeholders and files',
    run = function()
      local buffer, folder = test.open(test.STRICT)
      test.findings(buffer)
      vim.cmd('lcd ' .. folder)
      test.equal(completed('TlaContract '), { 'check', 'contract', 'fix', 'render', 'repair' }, 'words')
      test.equal(completed('vertical TlaContract re'), { 'render', 'repair' }, 'words behind a modifier')
      test.equal(completed('TlaContract fix '), {}, 'behind a word without arguments')
      test.equal(completed('TlaContract render etc'), { 'etcdraft.prompt.md', 'etcdraft' }, 'prompts')
      test.has(completed('TlaContract render etcdraft.prompt.md '), 'focus=', 'placeholders')
      test.equal(completed('TlaContract render etcdraft.prompt.md focus=x fo'), {}, 'placeholders not yet given')
      test.equal(completed('TlaContract render etcdraft source_code=@etcdraft.t'), {
        'source_code=@etcdraft.tla',
      }, 'files')
      test.equal(completed('TlaContract repair json '), { 'text', 'max=' }, 'words of repair')
    end,
  },
  {
    name = ':TlaContract says which words there are',
    run = function()
      vim.cmd('TlaContract rende')
      test.equal(
        test.said(),
        { 'tla-contract: there is no "rende"; there is check, contract, fix, render, repair' },
        'said'
      )
    end,
  },
  {
    name = ':TlaContract says what to do when no server runs',
    run = function()
      local said = test.another({}, "return select(2, pcall(vim.cmd, 'TlaContract contract'))")
      assert(said:find('the server does not run; open a TLA+ or a prompt file first', 1, true), said)
    end,
  },
}
