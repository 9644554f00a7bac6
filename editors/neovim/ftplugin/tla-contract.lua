-- The contract window.

vim.bo.buftype = 'nofile'
vim.bo.bufhidden = 'wipe'
vim.bo.swapfile = false
vim.bo.modifiable = false

local window = vim.wo[0][0]
window.wrap = true
window.linebreak = true
window.breakindent = true
window.breakindentopt = 'shift:4'
window.cursorline = true
window.number = false
window.relativenumber = false
window.signcolumn = 'no'
window.winfixheight = true
window.statusline = ' Contract %=<CR> place  p prompt  s stub  ]] next  q close  g? help '
