-- From an empty Neovim to a running server; what is said when something lacks; help.

local test = require('harness')

local FIRST_FINDING = [[
  vim.wait(15000, function() return #vim.diagnostic.get(0) > 0 end, 5)
  return { count = #vim.diagnostic.get(0), filetype = vim.bo.filetype }
]]

return {
  {
    name = 'nothing loads before a TLA+ or prompt file opens',
    run = function()
      local other = vim.fn.tempname() .. '.txt'
      local seen = test.another({ other }, [[
        vim.cmd.doautoall('FileType')
        return {
          loaded = vim.iter(package.loaded):map(function(name) return name end):filter(function(name)
            return vim.startswith(name, 'tla-contract')
          end):totable(),
          enabled = vim.lsp.is_enabled('tla_contract'),
          filetype = vim.bo.filetype,
          command = vim.fn.exists(':TlaContract'),
        }
      ]])
      test.equal(seen, { loaded = {}, enabled = false, filetype = 'text', command = 2 }, 'seen')
    end,
  },
  {
    name = 'a file named on the command line gets its findings',
    run = function()
      local _, folder = test.open(test.SAMPLE)
      local seen = test.another({ folder .. '/etcdraft.tla' }, FIRST_FINDING)
      test.equal(seen.filetype, 'tla', 'filetype')
      assert(seen.count > 0, 'there are findings')
    end,
  },
  {
    name = 'a file opened later gets its findings',
    run = function()
      local _, folder = test.open(test.SAMPLE)
      local seen = test.another({}, ("vim.cmd.edit('%s/etcdraft.tla') %s"):format(folder, FIRST_FINDING))
      assert(seen.count > 0, 'there are findings')
    end,
  },
  {
    name = 'the server stays off where the user wants it so',
    run = function()
      local _, folder = test.open(test.SAMPLE)
      local arguments = { '--cmd', 'let g:tla_contract = #{autostart: v:false}', folder .. '/etcdraft.tla' }
      local seen = test.another(arguments, 'vim.wait(50) return { clients = #vim.lsp.get_clients() }')
      test.equal(seen, { clients = 0 }, 'seen')
    end,
  },
  {
    name = 'a missing program is said once, with what to do',
    run = function()
      local _, folder = test.open(test.STRICT)
      local files = { folder .. '/etcdraft.tla', folder .. '/etcdraft.prompt.md' }
      local chunk = [[
        vim.cmd.next()
        vim.wait(50)
        return { clients = #vim.lsp.get_clients() }
      ]]
      local seen, said = test.another(files, chunk, { PATH = '/usr/bin:/bin' })
      test.equal(seen, { clients = 0 }, 'seen')
      local _, count = said:gsub('no program "tla%-contract"', '')
      test.equal(count, 1, 'times it is said in ' .. said)
    end,
  },
  {
    name = ':checkhealth tells the program, the clients, the modules and the colours',
    run = function()
      local buffer, folder = test.open(test.SAMPLE)
      test.findings(buffer)
      test.eventually('the verdicts', function()
        return vim.b[buffer].tla_contract
      end)
      vim.cmd('checkhealth tla-contract')
      local report = test.text(0)
      for _, words in ipairs({
        'OK version',
        vim.fn.exepath('tla-contract'),
        'OK it runs in ' .. folder,
        'etcdraft.tla meets',
        'tree-sitter parser `tlaplus` is not installed',
      }) do
        assert(report:find(words, 1, true), words .. ' lacks in ' .. report)
      end
      assert(not report:find('ERROR', 1, true), report)
    end,
  },
  {
    name = ':checkhealth says what to do when the program is missing',
    run = function()
      local seen = test.another({}, [[
        vim.cmd('checkhealth tla-contract')
        return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
      ]], { PATH = '/usr/bin:/bin' })
      assert(seen:find('ERROR there is no program "tla-contract"', 1, true), seen)
      assert(seen:find('put `tla-contract` on the PATH', 1, true), seen)
    end,
  },
  {
    name = 'the help has a tag for every command and setting',
    run = function()
      local docs = vim.fn.tempname()
      vim.fn.mkdir(docs .. '/doc', 'p')
      local text = test.read(vim.env.TLA_CONTRACT_ROOT .. '/editors/neovim/doc/tla-contract.txt')
      test.write(docs .. '/doc/tla-contract.txt', text)
      vim.cmd.helptags(docs .. '/doc')
      vim.opt.runtimepath:append(docs)
      for _, topic in ipairs({
        'tla-contract',
        'tla-contract-setup',
        'tla-contract-settings',
        'tla-contract-window',
        'tla-contract-status',
        ':TlaContract',
        ':TlaContract-check',
        ':TlaContract-contract',
        ':TlaContract-fix',
        ':TlaContract-render',
        ':TlaContract-repair',
      }) do
        vim.cmd.help(topic)
        test.equal(vim.bo.filetype, 'help', 'filetype')
        assert(vim.api.nvim_get_current_line():find('*' .. topic .. '*', 1, true), topic)
      end
      -- What is referred to exists.
      for reference in text:gmatch('|(%S-)|') do
        vim.cmd.help(reference)
      end
    end,
  },
}
