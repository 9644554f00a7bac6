-- The server, as `vim.lsp.config` reads it. Change any of it with `vim.lsp.config('tla_contract', { ... })`.

return {
  cmd = { 'tla-contract', 'serve', '--stdio' },
  filetypes = { 'tla', 'tlaplus', 'tla-contract-prompt' },
  root_dir = function(buffer, found)
    local name = vim.api.nvim_buf_get_name(buffer)
    local beside = name ~= '' and vim.fs.dirname(name) or vim.fn.getcwd()
    found(vim.fs.root(buffer, { 'tla-contract.toml', '.git' }) or beside)
  end,
}
