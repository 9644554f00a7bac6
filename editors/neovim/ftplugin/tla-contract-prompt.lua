-- A prompt is written and read as Markdown.

vim.bo.commentstring = '<!-- %s -->'
vim.wo[0][0].wrap = true
vim.wo[0][0].linebreak = true
if vim.treesitter.language.add('markdown') then
  vim.treesitter.start(0, 'markdown')
end
