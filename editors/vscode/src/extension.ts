// A thin client: it starts `notelint lsp` and asks the author for a reason when one is needed.
// It downloads nothing, and reads no workspace file itself.

import {
  commands,
  ExtensionContext,
  ProviderResult,
  TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from "vscode";
import { ExecuteCommandRequest, LanguageClient, Middleware, State } from "vscode-languageclient/node";

const SECTION = "notelint";
const INSTALL = "Install it with: pip install 'notelint[lsp]', or set notelint.path.";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(SECTION, new RulePages()),
    commands.registerCommand("notelint.checkNote", checkNote),
    commands.registerCommand("notelint.restart", restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("notelint.path")) await restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  const path = program();
  client = new LanguageClient(
    SECTION,
    "notelint",
    { command: path, args: ["lsp"] },
    {
      documentSelector: ["rehab-note", "plaintext", "markdown"].flatMap((language) => [
        { language, scheme: "file" },
        { language, scheme: "untitled" },
      ]),
      initializationOptions: settings(),
      synchronize: { configurationSection: SECTION },
      middleware,
    },
  );
  try {
    await client.start();
  } catch {
    void window.showErrorMessage(`notelint: '${path}' does not start. ${INSTALL}`);
  }
}

async function restart(): Promise<void> {
  if (client?.state === State.Running) await client.stop();
  await start();
}

/** The program: a workspace's own choice counts only once the workspace is trusted. */
function program(): string {
  const held = workspace.getConfiguration(SECTION).inspect<string>("path");
  const chosen = workspace.isTrusted ? (held?.workspaceFolderValue ?? held?.workspaceValue) : undefined;
  return chosen ?? held?.globalValue ?? held?.defaultValue ?? "notelint";
}

/** The settings as the server takes them: all but those that only this client reads. */
function settings(): Record<string, unknown> {
  const { path: _path, trace: _trace, ...rest } = plain(workspace.getConfiguration(SECTION));
  return { ...rest, trusted: workspace.isTrusted };
}

function plain(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value ?? {})) as Record<string, unknown>;
}

const middleware: Middleware = {
  workspace: {
    configuration: (params) =>
      params.items.map((item) => (item.section === SECTION ? settings() : null)),
    didChangeConfiguration: async (sections, next) => next(sections),
  },
  executeCommand: async (command, args: unknown[], next) => {
    if (command === "notelint.suppress" && args.length === 3) {
      const reason = await window.showInputBox({
        title: `Suppress ${String(args[1])} in this note`,
        prompt: "The reason is kept beside the note. The note itself is not changed.",
        validateInput: (text) => (text.trim() === "" ? "A reason is needed." : undefined),
      });
      return reason === undefined ? undefined : (next(command, [...args, reason]) as unknown);
    }
    if (command === "notelint.openRule") {
      const page = Uri.parse(`${SECTION}:rule/${String(args[0])}.md`);
      return commands.executeCommand("markdown.showPreview", page);
    }
    return next(command, args) as unknown;
  },
};

/** Pages of rules, from the server: `notelint:rule/generic-activity-phrase`. */
class RulePages implements TextDocumentContentProvider {
  provideTextDocumentContent(uri: Uri): ProviderResult<string> {
    const name = uri.path.replace(/^rule\//, "").replace(/\.md$/, "");
    return client?.sendRequest(ExecuteCommandRequest.type, {
      command: "notelint.rulePage",
      arguments: ["", name],
    }) as Promise<string> | undefined;
  }
}

async function checkNote(): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (!document || !client) return;
  await client.sendRequest(ExecuteCommandRequest.type, {
    command: "notelint.checkBeforeSigning",
    arguments: [document.uri.toString()],
  });
}
