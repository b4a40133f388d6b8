-- disbatch's language server for Neovim, 0.7 and later.
-- The file type is found by vim/ftdetect, the syntax is vim/syntax.
local command = { vim.g.disbatch_executable or "disbatch", "lsp" }

local function folder(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  return name ~= "" and vim.fn.fnamemodify(name, ":p:h") or vim.loop.cwd()
end

-- Directives are completed on "#" and words on " ", as the server asks for.
if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config("disbatch", {
    cmd = command,
    filetypes = { "disbatch" },
    root_dir = function(buffer, found) found(folder(buffer)) end,
  })
  vim.lsp.enable("disbatch")
  return
end

local client

vim.api.nvim_create_autocmd("FileType", {
  pattern = "disbatch",
  group = vim.api.nvim_create_augroup("disbatch", { clear = true }),
  callback = function(event)
    if vim.lsp.start then
      vim.lsp.start({ name = "disbatch", cmd = command, root_dir = folder(event.buf) })
      return
    end
    if not client or not vim.lsp.get_client_by_id(client) then
      client = vim.lsp.start_client({
        name = "disbatch",
        cmd = command,
        root_dir = folder(event.buf),
      })
    end
    if client then vim.lsp.buf_attach_client(event.buf, client) end
  end,
})
