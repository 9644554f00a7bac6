-- How the plugin starts, and what it tells a status line.

local M = {}

local function enable()
  vim.lsp.enable('tla_contract')
  -- Of a program that is missing Neovim itself says nothing outside its log.
  require('tla-contract.server').is_there()
end

--- Lets the server start, unless the user wants to do that: `vim.g.tla_contract = { autostart = false }`.
function M.start()
  if vim.tbl_get(vim.g, 'tla_contract', 'autostart') == false then
    return
  end
  if vim.v.vim_did_enter == 1 then
    return enable()
  end
  -- The file was named on Neovim's command line. What is enabled now would miss the event that is just running.
  vim.api.nvim_create_autocmd('VimEnter', { once = true, callback = enable })
end

--- For a status line: how many of the clauses are met by the module in a buffer, such as `9/12`; empty where no prompt
--- governs it.
---@param buffer integer?
---@return string
function M.status(buffer)
  local summary = vim.b[buffer or 0].tla_contract
  return summary and ('%d/%d'):format(summary.met, summary.checked) or ''
end

return M
