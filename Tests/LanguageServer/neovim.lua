-- The language server in a real Neovim, headless; run by scripts/test-editors.
local root = vim.env.ROOT
vim.g.disbatch_executable = vim.env.DISBATCH
vim.opt.runtimepath:prepend(root .. "/Editors/vim")
vim.opt.runtimepath:prepend(root .. "/Editors/neovim")
vim.cmd("filetype plugin on | syntax on")
vim.cmd("source " .. root .. "/Editors/neovim/plugin/disbatch.lua")

local function fail(what)
  io.stderr:write("neovim: " .. what .. "\n")
  vim.cmd("cquit 1")
end

local function expect(what, got, wanted)
  if not vim.deep_equal(got, wanted) then
    fail(what .. ": got " .. vim.inspect(got) .. ", expected " .. vim.inspect(wanted))
  end
end

local function await(what, condition)
  if not vim.wait(20000, condition, 10) then fail(what .. " did not happen") end
end

local function codes()
  return vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(0))
end

for name, wanted in pairs({
  tasks = true, taskfile = true, task_file_1 = true, ["tasks.txt"] = true, ["a.tasks"] = true,
  ["b.disbatch"] = true, ["notes.txt"] = false, ["task_file.py"] = false, ["Taskfile.yml"] = false,
}) do
  vim.cmd("edit " .. vim.env.WORK .. "/" .. name)
  expect("file type of " .. name, vim.bo.filetype == "disbatch", wanted)
end

vim.cmd("edit " .. vim.env.WORK .. "/Tasks")
expect("file type", vim.bo.filetype, "disbatch")
await("the client's start", function() return #vim.lsp.buf_get_clients(0) > 0 end)
await("the first findings", function() return #codes() > 0 end)
expect("findings", codes(), { "DB109" })

local function ask(method, line, character)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = character },
    options = { tabSize = 2, insertSpaces = true },
  }
  local answers, reason = vim.lsp.buf_request_sync(0, method, params, 10000)
  if not answers then fail(method .. ": " .. tostring(reason)) end
  for _, answer in pairs(answers) do
    if answer.error then fail(method .. ": " .. vim.inspect(answer)) end
    return answer.result
  end
end

local hover = ask("textDocument/hover", 1, 0)
if not hover.contents.value:find("./prog --seed 1\n", 1, true) then
  fail("hover: " .. vim.inspect(hover))
end
local items = ask("textDocument/completion", 4, 0).items
expect("completion", items[1].label, "#DISBATCH PREFIX")

-- Typed, so that the client sends its own edits.
vim.api.nvim_buf_set_text(0, 2, 18, 2, 23, { "CHECK" })
vim.api.nvim_buf_set_text(0, 0, 10, 0, 16, { "prefix" })
await("the findings of the new text", function() return vim.deep_equal(codes(), { "DB116" }) end)
if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 10000 })
else vim.lsp.buf.formatting_sync(nil, 10000) end
expect("formatting", vim.api.nvim_buf_get_lines(0, 0, 1, true), { "#DISBATCH PREFIX ./prog --seed " })
await("the findings of the formatted text", function() return #codes() == 0 end)

local name = vim.fn.synIDattr(vim.fn.synID(1, 12, 1), "name")
expect("syntax", name, "disbatchKeyword")

vim.lsp.stop_client(vim.lsp.get_active_clients())
await("the server's end", function() return #vim.lsp.get_active_clients() == 0 end)

-- From 0.11 on the settings are declared instead; here to a stand-in, where there is none.
if not vim.lsp.enable then
  local declared, enabled
  vim.lsp.config = function(name, config) declared = { name, config } end
  vim.lsp.enable = function(name) enabled = name end
  vim.cmd("source " .. root .. "/Editors/neovim/plugin/disbatch.lua")
  expect("declared", { declared[1], enabled }, { "disbatch", "disbatch" })
  expect("command", declared[2].cmd, { vim.env.DISBATCH, "lsp" })
  expect("file types", declared[2].filetypes, { "disbatch" })
  local found
  declared[2].root_dir(vim.api.nvim_get_current_buf(), function(folder) found = folder end)
  expect("root", found, vim.fn.resolve(vim.env.WORK))
end
io.stdout:write("neovim: everything as it should be\n")
vim.cmd("qall!")
