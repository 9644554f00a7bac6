-- A user's configuration as the plugin's README has it: the plugin on the runtime path, the program on the PATH.

local root = vim.env.TLA_CONTRACT_ROOT
vim.opt.runtimepath:append(root .. '/editors/neovim')
vim.opt.swapfile = false
vim.opt.shada = ''
