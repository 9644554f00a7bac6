-- TLA+ modules. Names are coloured by the server; what else there is by a tree-sitter parser where one is installed,
-- else by syntax/tla.vim.

if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.commentstring = [[\* %s]]
vim.bo.comments = [[sr:(*,mb:*,ex:*),:\*]]
vim.b.undo_ftplugin = 'setlocal commentstring< comments<'

vim.treesitter.language.register('tlaplus', { 'tla', 'tlaplus' })
if vim.treesitter.language.add('tlaplus') and vim.treesitter.query.get('tlaplus', 'highlights') then
  vim.treesitter.start(0, 'tlaplus')
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua vim.treesitter.stop()'
end

-- What the server knows of a name beyond its type.
for token, group in pairs({
  ['typemod.variable.readonly'] = '@constant',
  ['typemod.function.defaultLibrary'] = '@function.builtin',
}) do
  vim.api.nvim_set_hl(0, ('@lsp.%s.tla'):format(token), { link = group, default = true })
end
