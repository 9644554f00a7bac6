-- `:checkhealth tla-contract`

local server = require('tla-contract.server')

local M = {}

local health = vim.health

local function neovim()
  health.start('Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('version ' .. tostring(vim.version()))
  else
    health.error('version ' .. tostring(vim.version()), 'Neovim 0.11 or later is needed')
  end
end

local function program()
  health.start('The server')
  local named = server.program()
  if not named then
    return health.info('the configuration connects to it by a function')
  end
  local path = vim.fn.exepath(named)
  if path == '' then
    return health.error(('there is no program "%s"'):format(named), {
      'put `tla-contract` on the PATH',
      "or set its path: vim.lsp.config('tla_contract', { cmd = { '/path/to/tla-contract', 'serve', '--stdio' } })",
    })
  end
  local ran, answer = pcall(function()
    return vim.system({ path, '--version' }, { text = true, timeout = 5000 }):wait()
  end)
  if ran and answer.code == 0 then
    health.ok(('%s (%s)'):format(path, vim.trim(answer.stdout)))
  else
    health.error(path .. ' does not run', ran and answer.stderr or answer)
  end
end

local function clients()
  local running = server.clients()
  if #running == 0 then
    health.info('it does not run; it starts when a `*.tla`, `*.prompt.md` or `*.prompt.txt` file opens')
  end
  for _, client in ipairs(running) do
    local root = client.root_dir or 'no folder'
    local count = #vim.tbl_keys(client.attached_buffers)
    health.ok(('it runs in %s with %d open file%s'):format(root, count, count == 1 and '' or 's'))
    if client.root_dir and vim.uv.fs_stat(client.root_dir .. '/tla-contract.toml') then
      health.info('settings: ' .. client.root_dir .. '/tla-contract.toml')
    end
  end
end

local function modules()
  health.start('Modules')
  local count = 0
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.list_contains({ 'tla', 'tlaplus' }, vim.bo[buffer].filetype) then
      count = count + 1
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.')
      local summary = vim.b[buffer].tla_contract
      if #vim.lsp.get_clients({ name = 'tla_contract', bufnr = buffer }) == 0 then
        health.warn(name .. ' is not known to the server')
      elseif summary then
        health.ok(('%s meets %d of %d clauses of its prompt'):format(name, summary.met, summary.checked))
      else
        health.info(name .. ' is governed by no prompt')
      end
    end
  end
  if count == 0 then
    health.info('none is open')
  end
end

local function colours()
  health.start('Colours')
  if vim.treesitter.language.add('tlaplus') then
    health.ok('by the tree-sitter parser `tlaplus` and by the server')
  else
    health.ok('by syntax/tla.vim and by the server; the tree-sitter parser `tlaplus` is not installed')
  end
end

function M.check()
  neovim()
  program()
  clients()
  modules()
  colours()
end

return M
