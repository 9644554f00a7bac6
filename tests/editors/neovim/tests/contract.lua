-- The contract window and the status line.

local test = require('harness')

--- Opens files and the contract of the first; returns the buffers of the module and of the window.
local function opened(files)
  local module = test.open(files)
  test.findings(module)
  vim.cmd('TlaContract contract')
  local window = test.eventually('the window', function()
    return vim.bo.filetype == 'tla-contract' and vim.api.nvim_get_current_buf()
  end)
  return module, window
end

return {
  {
    name = 'the contract window shows every clause by section with its verdict',
    run = function()
      local _, window = opened(test.SAMPLE)
      local text = test.text(window)
      assert(text:match('^etcdraft, held to built%-in: etcdraft: %d+ of %d+ met, '), text)
      assert(text:find('\n\nMandatory core actions', 1, true), text)
      assert(text:find('\n  ✓ Messages — MsgHup by `Hup`', 1, true), text)
      assert(text:find('\n  ✗ Election — missing: ', 1, true), text)
      assert(text:find('\n  · ', 1, true), text)
    end,
  },
  {
    name = 'enter in the contract window goes to the place in the module',
    run = function()
      local module, window = opened(test.SAMPLE)
      test.go_to(window, ' Messages')
      test.type('<CR>')
      test.equal(vim.api.nvim_get_current_buf(), module, 'the buffer gone to')
      local defined = vim.fn.search('^\\w\\+(', 'bcnW')
      assert(vim.startswith(vim.fn.getline(defined), 'Hup(s)'), vim.fn.getline(defined))
      assert(#vim.fn.getloclist(0) > 1, 'further places are in the location list')
      vim.cmd.lnext()
      test.equal(vim.api.nvim_get_current_buf(), module, 'the buffer of the next place')
    end,
  },
  {
    name = 'p in the contract window goes to the clause in the prompt',
    run = function()
      local _, window = opened(test.STRICT)
      test.go_to(window, ' Client Proposals')
      test.type('p')
      test.equal(vim.fs.basename(vim.api.nvim_buf_get_name(0)), 'etcdraft.prompt.md', 'the buffer gone to')
      assert(vim.api.nvim_get_current_line():find('Client Proposals', 1, true), vim.api.nvim_get_current_line())
    end,
  },
  {
    name = 'p says so when the prompt is built in',
    run = function()
      local _, window = opened(test.SAMPLE)
      test.go_to(window, ' Election')
      test.type('p')
      assert(test.said()[1]:find('is no file', 1, true), vim.inspect(test.said()))
    end,
  },
  {
    name = 'the brackets go from one clause that is not met to the next',
    run = function()
      local _, window = opened(test.SAMPLE)
      vim.api.nvim_win_set_cursor(0, { 1, 0 })
      test.type(']]')
      local first = vim.api.nvim_get_current_line()
      test.type(']]')
      local second = vim.api.nvim_get_current_line()
      test.type('[[')
      test.equal(vim.api.nvim_get_current_line(), first, 'back')
      for _, line in ipairs({ first, second }) do
        assert(line:match('^  ~') or line:match('^  ✗'), line)
      end
      assert(first ~= second, test.text(window))
    end,
  },
  {
    name = 's in the contract window inserts a stub for a missing action',
    run = function()
      local module, window = opened(test.SAMPLE)
      test.go_to(window, ' Client requests')
      test.type('s')
      test.eventually('the stub', function()
        return test.line_of(module, 'UNCHANGED vars')
      end)
    end,
  },
  {
    name = 'the contract window follows the module',
    run = function()
      local module, window = opened(test.SAMPLE)
      local before = test.text(window)
      assert(before:find('✓ Messages', 1, true), before)
      vim.api.nvim_set_current_win(vim.fn.bufwinid(module))
      test.go_to(module, 'Hup(s) ==')
      test.type('dG')
      test.eventually('a change', function()
        return not test.text(window):find('✓ Messages', 1, true)
      end)
    end,
  },
  {
    name = 'a second call goes to the window that is open; q closes it',
    run = function()
      local module, window = opened(test.SAMPLE)
      vim.api.nvim_set_current_win(vim.fn.bufwinid(module))
      vim.cmd('TlaContract')
      test.eventually('the window', function()
        return vim.api.nvim_get_current_buf() == window
      end)
      test.equal(#vim.api.nvim_list_wins(), 2, 'windows')
      test.type('q')
      test.equal(#vim.api.nvim_list_wins(), 1, 'windows')
    end,
  },
  {
    name = 'without a prompt the contract says what to do',
    run = function()
      local module = test.open({ { name = 'Clock.tla', text = '---- MODULE Clock ----\n====\n' } })
      test.eventually('the client', function()
        return vim.lsp.get_clients({ bufnr = module })[1]
      end)
      vim.cmd('TlaContract contract')
      test.eventually('the words', function()
        return test.said()[1] == 'tla-contract: no prompt governs this module; name one in tla-contract.toml'
      end)
    end,
  },
  {
    name = 'the status line counts the clauses that are met',
    run = function()
      local module = test.open(test.SAMPLE)
      local expression = "%{%v:lua.require'tla-contract'.status()%}"
      local function status()
        return vim.api.nvim_eval_statusline(expression, { winid = 0 }).str
      end
      local count = test.eventually('the count', function()
        return status() ~= '' and status()
      end)
      local summary = vim.b[module].tla_contract
      test.equal(count, ('%d/%d'):format(summary.met, summary.checked), 'the count')
      vim.cmd.enew()
      test.equal(status(), '', 'the count elsewhere')
    end,
  },
}
