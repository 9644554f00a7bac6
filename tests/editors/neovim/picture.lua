-- Draws Neovim's screen as an SVG: the cells, colours and underlines that a terminal would get, from a Neovim that runs in
-- this one and reports its screen. Run by tests/editors/neovim/picture.

local COLUMNS, ROWS = 116, 34
local WIDTH, HEIGHT = 8.4, 18
local root = vim.env.TLA_CONTRACT_ROOT

--- What the screen shows: cells by row, the meaning of highlights, and the colours of plain text.
local screen = { cells = {}, groups = {}, foreground = 0xcdd6f4, background = 0x14161b }

local EVENTS = {
  default_colors_set = function(foreground, background)
    screen.foreground, screen.background = foreground, background
  end,
  hl_attr_define = function(id, attributes)
    screen.groups[id] = attributes
  end,
  grid_clear = function()
    for row = 0, ROWS - 1 do
      screen.cells[row] = {}
    end
  end,
  grid_line = function(_, row, column, cells)
    local group = 0
    for _, cell in ipairs(cells) do
      group = cell[2] or group
      for _ = 1, cell[3] or 1 do
        screen.cells[row][column] = { text = cell[1], group = group }
        column = column + 1
      end
    end
  end,
  grid_scroll = function(_, top, bottom, left, right, rows)
    local from, to, step = top, bottom - rows - 1, 1
    if rows < 0 then
      from, to, step = bottom - 1, top - rows, -1
    end
    for row = from, to, step do
      for column = left, right - 1 do
        screen.cells[row][column] = screen.cells[row + rows][column]
      end
    end
  end,
}

--- A Neovim that is talked to in MessagePack; `request` waits for the answer and takes what the screen reports meanwhile.
local function started(arguments)
  local input, output = vim.uv.new_pipe(), vim.uv.new_pipe()
  local process = vim.uv.spawn(vim.v.progpath, { args = arguments, stdio = { input, output, nil } }, function() end)
  assert(process, 'Neovim starts')
  local unpack_next, answers, left = vim.mpack.Unpacker(), {}, ''
  output:read_start(function(_, bytes)
    left = left .. (bytes or '')
    local place = 1
    while place <= #left do
      local message, after = unpack_next(left, place)
      if message == nil then
        break
      end
      place = after
      if message[1] == 1 then
        answers[message[2]] = message
      elseif message[2] == 'redraw' then
        for _, event in ipairs(message[3]) do
          local take = EVENTS[event[1]]
          for call = 2, take and #event or 0 do
            take(unpack(event[call]))
          end
        end
      end
    end
    -- The unpacker keeps the beginning of what is not whole.
    left = ''
  end)
  local count = 0
  return function(method, ...)
    count = count + 1
    local id = count
    input:write(vim.mpack.encode({ 0, id, method, { ... } }))
    assert(vim.wait(20000, function()
      return answers[id] ~= nil
    end, 5), method)
    local answer = answers[id]
    assert(answer[3] == nil or answer[3] == vim.NIL, vim.inspect(answer[3]))
    return answer[4]
  end
end

local function colour(number)
  return ('#%06x'):format(number)
end

local function escaped(text)
  return (text:gsub('[&<>]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;' }))
end

--- The SVG elements of a run of cells of one highlight.
local function drawn(row, from, to, text, group)
  local attributes = screen.groups[group] or {}
  local foreground = attributes.foreground or screen.foreground
  local background = attributes.background or screen.background
  if attributes.reverse then
    foreground, background = background, foreground
  end
  local x, y, width = from * WIDTH, row * HEIGHT, (to - from) * WIDTH
  local parts = {}
  if background ~= screen.background then
    local box = '<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s" shape-rendering="crispEdges"/>'
    parts[#parts + 1] = box:format(x, y, width, HEIGHT, colour(background))
  end
  if vim.trim(text) ~= '' then
    local style = (attributes.bold and ' font-weight="bold"' or '') .. (attributes.italic and ' font-style="italic"' or '')
    parts[#parts + 1] = ('<text x="%.1f" y="%.1f" textLength="%.1f" fill="%s"%s>%s</text>'):format(
      x,
      y + HEIGHT * 0.74,
      width,
      colour(foreground),
      style,
      escaped(text)
    )
  end
  if attributes.underline or attributes.undercurl then
    local line = y + HEIGHT - 2.5
    local paint = colour(attributes.special or foreground)
    parts[#parts + 1] = ('<path d="M%.1f %.1fh%.1f" stroke="%s"/>'):format(x, line, width, paint)
  end
  return table.concat(parts, '\n')
end

local function picture()
  local lines = {
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %d"'):format(
      COLUMNS * WIDTH,
      ROWS * HEIGHT
    ),
    ' font-family="ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="14">',
    ('<rect width="100%%" height="100%%" fill="%s"/>'):format(colour(screen.background)),
  }
  for row = 0, ROWS - 1 do
    local column = 0
    while column < COLUMNS do
      local cell = screen.cells[row][column] or { text = ' ', group = 0 }
      local from, text = column, ''
      repeat
        text = text .. cell.text
        column = column + 1
        local next_cell = screen.cells[row][column] or { text = ' ', group = 0 }
        -- Word by word, since not every viewer keeps the width of blanks.
        local same = next_cell.group == cell.group and (next_cell.text == ' ') == (cell.text == ' ')
        cell = same and next_cell or cell
      until column >= COLUMNS or not same
      local elements = drawn(row, from, column, text, cell.group)
      if elements ~= '' then
        lines[#lines + 1] = elements
      end
    end
  end
  lines[#lines + 1] = '</svg>'
  return table.concat(lines, '\n') .. '\n'
end

local folder = vim.env.HOME .. '/raft'
vim.fn.mkdir(folder, 'p')
vim.uv.fs_copyfile(root .. '/tests/samples/etcdraft/etcdraft.tla', folder .. '/etcdraft.tla')
local request = started({ '--embed', '-i', 'NONE', '-u', root .. '/tests/editors/neovim/init.lua' })
request('nvim_ui_attach', COLUMNS, ROWS, { rgb = true, ext_linegrid = true })
request('nvim_exec_lua', [[
  vim.o.termguicolors = true
  vim.o.number = true
  vim.o.laststatus = 2
  vim.o.ruler = false
  vim.o.statusline = " %t %= %{%v:lua.require'tla-contract'.status()%} "
  vim.diagnostic.config({ virtual_text = { prefix = '●' } })
  vim.cmd.cd(...)
  vim.cmd.edit('etcdraft.tla')
]], { folder })
assert(vim.wait(15000, function()
  return request('nvim_exec_lua', 'return #vim.diagnostic.get(0) > 0 and vim.b.tla_contract ~= nil', {})
end, 50))
request('nvim_exec_lua', [[
  vim.cmd('TlaContract contract')
  vim.wait(5000, function() return vim.bo.filetype == 'tla-contract' end)
  vim.wo.wrap = false
  vim.cmd('normal! 5G')
]], {})
vim.wait(1000)
request('nvim_command', 'redraw!')
vim.wait(200)
local file = assert(io.open(vim.env.PICTURE, 'w'))
file:write(picture())
file:close()
vim.cmd('qall!')
