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

vim.lsp.enable('tla_contract')

vim.api.nvim_create_user_command('TlaContract', function(call)
  require('tla_contract.commands').run(call)
end, {
  nargs = '+',
  desc = 'Render a prompt, show the contract, apply the safe fixes',
  complete = function(lead, line)
    return require('tla_contract.commands').complete(lead, line)
  end,
})
