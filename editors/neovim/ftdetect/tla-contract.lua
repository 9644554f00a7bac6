-- Prompt files. Neovim itself knows `*.tla`.

vim.filetype.add({
  pattern = {
    ['.*%.prompt%.md'] = { 'tla-contract-prompt', { priority = 10 } },
    ['.*%.prompt%.txt'] = { 'tla-contract-prompt', { priority = 10 } },
  },
})
