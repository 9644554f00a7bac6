-- What the server knows of names: hover, definition, references, rename, completion, symbols, folds, colours.

local test = require('harness')

--- Opens the sample and waits until the server has read it.
local function read()
  local buffer = test.open(test.SAMPLE)
  test.findings(buffer)
  return buffer
end

return {
  {
    name = 'hover shows the definition of a name with its comment',
    run = function()
      local buffer = read()
      test.go_to(buffer, 'Hup(s) ==')
      vim.lsp.buf.hover()
      local float = test.eventually('the float', function()
        local window = vim.b[buffer].lsp_floating_preview
        return window and vim.api.nvim_win_is_valid(window) and vim.api.nvim_win_get_buf(window)
      end)
      local text = test.text(float)
      assert(text:find('Hup(s)', 1, true) and text:find('a server that has not heard from a leader', 1, true), text)
    end,
  },
  {
    name = 'the definition of a name is one key away',
    run = function()
      local buffer = read()
      test.go_to(buffer, 'IsQuorum(votes')
      vim.lsp.buf.definition()
      local number = test.line_of(buffer, 'IsQuorum(members) ==')
      test.eventually('the jump', function()
        return vim.api.nvim_win_get_cursor(0)[1] == number
      end)
    end,
  },
  {
    name = 'references fill the quickfix list',
    run = function()
      local buffer = read()
      test.go_to(buffer, 'IsQuorum(members)')
      local listed
      vim.lsp.buf.references(nil, {
        on_list = function(found)
          listed = found.items
        end,
      })
      test.eventually('the list', function()
        return listed
      end)
      local _, count = test.text(buffer):gsub('IsQuorum', '')
      test.equal(#listed, count, 'references')
    end,
  },
  {
    name = 'rename changes every use of a name and nothing else',
    run = function()
      local buffer = read()
      local before = test.text(buffer)
      test.go_to(buffer, 'IsQuorum(members)')
      vim.lsp.buf.rename('IsMajority')
      test.eventually('the edit', function()
        return test.text(buffer) ~= before
      end)
      test.equal(test.text(buffer), (before:gsub('IsQuorum', 'IsMajority')), 'the module')
    end,
  },
  {
    name = 'rename to a name that is taken is refused with the reason',
    run = function()
      local buffer = read()
      local before = test.text(buffer)
      test.go_to(buffer, 'IsQuorum(members)')
      vim.lsp.buf.rename('LastTerm')
      test.eventually('the reason', function()
        return vim.iter(test.said()):any(function(words)
          return words:find('LastTerm', 1, true) ~= nil
        end)
      end)
      test.equal(test.text(buffer), before, 'the module')
    end,
  },
  {
    name = 'completion offers the names in scope',
    run = function()
      local _, folder = test.open(test.SAMPLE)
      local lua, keys, stop = test.keyboard({ folder .. '/etcdraft.tla' })
      test.eventually('findings', function()
        return lua('return #vim.diagnostic.get(0)') > 0
      end)
      keys('/IsQuorum(votes<CR>C')
      keys('IsQ<C-x><C-o>')
      local offered = test.eventually('the menu', function()
        local items = lua('return vim.fn.complete_info({ "items" }).items')
        return #items > 0 and items
      end)
      local words = vim.tbl_map(function(item)
        return item.word
      end, offered)
      test.equal(words, { 'IsQuorum' }, 'what is offered')
      stop()
    end,
  },
  {
    name = 'the outline lists the definitions',
    run = function()
      read()
      local listed
      vim.lsp.buf.document_symbol({
        on_list = function(found)
          listed = found.items
        end,
      })
      test.eventually('the list', function()
        return listed
      end)
      local texts = vim.iter(listed):map(function(item)
        return item.text
      end):join('\n')
      assert(texts:find('BecomeLeader', 1, true), texts)
    end,
  },
  {
    name = 'colours come without a tree-sitter parser',
    run = function()
      local buffer = read()
      local function groups(words)
        test.go_to(buffer, words)
        local seen = vim.inspect_pos()
        local found = vim.tbl_map(function(item)
          return item.hl_group
        end, seen.syntax)
        for _, token in ipairs(seen.semantic_tokens) do
          found[#found + 1] = token.opts.hl_group
        end
        return found
      end
      test.has(groups('\\* MsgHup'), 'tlaComment', 'groups of a comment')
      test.has(groups('EXTENDS'), 'tlaStructure', 'groups of a keyword')
      test.has(groups('"MsgVote"'), 'tlaString', 'groups of a string')
      test.eventually('the colour of a constant', function()
        return vim.list_contains(groups('MaxTerm'), '@lsp.typemod.variable.readonly.tla')
      end)
    end,
  },
}
