-- A prompt is written and read as Markdown; the server colours its placeholders.

if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.commentstring = '<!-- %s -->'
local window = vim.wo[0][0]
window.wrap = true
window.linebreak = true
vim.b.undo_ftplugin = 'setlocal commentstring< wrap< linebreak<'

if vim.treesitter.language.add('markdown') then
  vim.treesitter.start(0, 'markdown')
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua vim.treesitter.stop()'
end
