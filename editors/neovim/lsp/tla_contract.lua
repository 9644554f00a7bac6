-- The server, as `vim.lsp.config` reads it. Change any of it with `vim.lsp.config('tla_contract', { ... })`.

---@type vim.lsp.Config
return {
  cmd = { 'tla-contract', 'serve', '--stdio' },
  filetypes = { 'tla', 'tlaplus', 'tla-contract-prompt', 'toml' },
  -- Where the settings lie, else the repository, else the file's own folder.
  root_dir = function(buffer, found)
    local name = vim.api.nvim_buf_get_name(buffer)
    if vim.bo[buffer].filetype == 'toml' and vim.fs.basename(name) ~= 'tla-contract.toml' then
      return
    end
    local beside = name ~= '' and vim.fs.dirname(name) or vim.fn.getcwd()
    found(vim.fs.root(buffer, 'tla-contract.toml') or vim.fs.root(buffer, '.git') or beside)
  end,
  init_options = { contractChanged = true },
  handlers = {
    ['tla-contract/contractChanged'] = function(_, changed)
      require('tla-contract.verdicts').changed(changed.uri)
    end,
  },
  -- Commands of code lenses and code actions whose answer is to be shown.
  commands = {
    ['tla-contract.showContract'] = function(_, asked)
      require('tla-contract.contract').show(asked.bufnr)
    end,
    ['tla-contract.renderPrompt'] = function(command)
      require('tla-contract.render').render(command.arguments)
    end,
    ['tla-contract.repairPrompt'] = function(_, asked)
      require('tla-contract.repair').show(asked.bufnr, {})
    end,
    ['tla-contract.checkWorkspace'] = function()
      require('tla-contract.check').all()
    end,
  },
}
