-- Makes the server and the command known. Nothing else is loaded until a TLA+ or a prompt file opens, or the command
-- is used.

if vim.g.loaded_tla_contract then
  return
end
vim.g.loaded_tla_contract = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify_once('tla-contract needs Neovim 0.11 or later', vim.log.levels.ERROR)
  return
end

-- An enabled configuration is read when the first file of any type opens; hence it is enabled no sooner than needed.
vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('tla-contract', {}),
  pattern = { 'tla', 'tlaplus', 'tla-contract-prompt', 'toml' },
  desc = 'Start tla-contract',
  callback = function(event)
    local is_ours = event.match ~= 'toml' or vim.fs.basename(event.file) == 'tla-contract.toml'
    if is_ours then
      require('tla-contract').start()
    end
    -- Once is enough.
    return is_ours
  end,
})

vim.api.nvim_create_user_command('TlaContract', function(call)
  require('tla-contract.commands').run(call)
end, {
  nargs = '*',
  desc = 'Hold a TLA+ specification to its prompt: check, contract, fix, render, repair',
  complete = function(lead, line)
    return require('tla-contract.commands').complete(lead, line)
  end,
})
