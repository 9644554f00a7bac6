-- All tests in Neovim, in the order in which a user meets what they are about.

local tests = {}
for _, topic in ipairs({ 'starting', 'findings', 'names', 'contract', 'commands' }) do
  vim.list_extend(tests, require('tests.' .. topic))
end
require('harness').run(tests)
