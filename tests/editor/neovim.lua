-- Opens each note given in $NOTELINT_NOTES (a JSON list of paths) in this Neovim, with the server
-- of $NOTELINT_COMMAND (a JSON list), and writes what it received to $NOTELINT_ANSWER.
local notes = vim.json.decode(vim.env.NOTELINT_NOTES)
local answer = { diagnostics = vim.empty_dict(), actions = {}, lines = {} }
local published = {}

local id = vim.lsp.start_client({
  name = "notelint",
  cmd = vim.json.decode(vim.env.NOTELINT_COMMAND),
  init_options = { trusted = true, files = { "*.txt" } },
  handlers = {
    ["textDocument/publishDiagnostics"] = function(err, result, ctx, config)
      vim.lsp.diagnostic.on_publish_diagnostics(err, result, ctx, config)
      published[result.uri] = true
    end,
    ["window/showMessage"] = function(_, result)
      answer.message = result.message
    end,
  },
})

for number, path in ipairs(notes) do
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, id)
  local uri = vim.uri_from_bufnr(buffer)
  vim.wait(20000, function() return published[uri] end, 20)
  local found = {}
  for _, item in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, {
      code = item.code, line = item.lnum, column = item.col, last = item.end_col,
      severity = item.severity,
    })
  end
  answer.diagnostics[path] = found
  if number == 1 and found[1] then
    local place = { line = found[1].line, character = found[1].column }
    local replies = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", {
      textDocument = { uri = uri },
      range = { start = place, ["end"] = place },
      context = { diagnostics = {} },
    }, 20000)
    for _, reply in pairs(replies or {}) do
      for _, action in ipairs(reply.result or {}) do
        table.insert(answer.actions, action.title)
        if action.edit and #answer.lines == 0 then
          vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
          answer.lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
        end
      end
    end
  end
end

vim.fn.writefile({ vim.json.encode(answer) }, vim.env.NOTELINT_ANSWER)
vim.cmd("qall!")
