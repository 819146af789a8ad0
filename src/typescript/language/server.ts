import { type ChildProcess, spawn } from "node:child_process";
import { normalize } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import type { CompletionItem, FileChange, Hover, LocationLink, Place, ServerDiagnostic, SignatureHelp } from "./lsp.ts";
import { Rpc } from "./rpc.ts";

/** The server ended while it was asked, or did not answer; a new one may do better. */
export class ServerGone extends Error {
  override readonly name = "ServerGone";
}

/** A server that is silent for so long is stuck. Its first answer takes up to a few seconds on a busy machine. */
const PATIENCE_MS = 30_000;

/** Go's collector at half its usual slack: about 160 MB instead of 230 for a fifth more processor time. */
const ENVIRONMENT = { GOGC: "50" };

// Otherwise the server may run npm to fetch types.
// Paths are offered with their ending, as in a module that Node runs.
const SETTINGS = {
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  preferences: { importModuleSpecifierEnding: "js" },
};

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  textDocument: {
    completion: {
      completionItem: {
        documentationFormat: ["markdown"],
        insertReplaceSupport: true,
        labelDetailsSupport: true,
        resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
      },
    },
    definition: { linkSupport: true },
    hover: { contentFormat: ["markdown"] },
    signatureHelp: {
      signatureInformation: {
        documentationFormat: ["markdown"],
        parameterInformation: { labelOffsetSupport: true },
        activeParameterSupport: true,
      },
    },
    diagnostic: {},
  },
};

/** One process of TypeScript's native language server, `tsc --lsp --stdio`. Requests see the documents as of their sending. */
export class Server {
  readonly #process: ChildProcess;
  readonly #rpc: Rpc;
  readonly #versions = new Map<string, number>();
  readonly #gone: Promise<void>;
  /** Whether it still runs. */
  alive = true;

  constructor(executable: string, folder: string) {
    this.#process = spawn(executable, ["--lsp", "--stdio"], {
      cwd: folder,
      // Detached: a Ctrl-C for the group is meant for the cell.
      detached: true,
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, ...ENVIRONMENT },
    });
    this.#rpc = new Rpc(this.#process.stdout as Readable, this.#process.stdin as Writable, {
      "workspace/configuration": params => (params as { items: unknown[] }).items.map(() => SETTINGS),
    });
    this.#gone = new Promise(resolve => {
      const ended = (how: string) => {
        this.alive = false;
        this.#rpc.close(new ServerGone(`TypeScript's server ended (${how}).`));
        resolve();
      };
      this.#process.once("error", error => ended(error.message));
      this.#process.once("exit", (code, signal) => ended(String(signal ?? code)));
    });
    this.#initialize(folder);
  }

  /** Puts `text` in the place of the file, on disk or not. */
  set(path: string, text: string): void {
    const uri = pathToFileURL(path).href;
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#versions.set(path, version);
    if (version === 1)
      this.#rpc.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version, text } });
    else this.#rpc.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** Files on disk changed: the server watches none by itself. */
  touch(changes: FileChange[]): void {
    if (changes.length === 0) return;
    const events = changes.map(({ path, type }) => ({ uri: pathToFileURL(path).href, type }));
    this.#rpc.notify("workspace/didChangeWatchedFiles", { changes: events });
  }

  /** The configuration file of the project that a document belongs to; empty where it has none. */
  async project(path: string): Promise<string> {
    const { configFilePath } = await this.#ask<{ configFilePath: string }>("custom/projectInfo", documentAt(path));
    return normalize(configFilePath);
  }

  async diagnostics(path: string): Promise<ServerDiagnostic[]> {
    const report = await this.#ask<{ items?: ServerDiagnostic[] }>("textDocument/diagnostic", documentAt(path));
    return report.items ?? [];
  }

  async complete(path: string, position: Place): Promise<CompletionItem[]> {
    const list = await this.#ask<CompletionItem[] | { items: CompletionItem[] } | null>("textDocument/completion", {
      ...documentAt(path),
      position,
    });
    return Array.isArray(list) ? list : (list?.items ?? []);
  }

  resolve(item: CompletionItem): Promise<CompletionItem> {
    return this.#ask("completionItem/resolve", item);
  }

  hover(path: string, position: Place): Promise<Hover | null> {
    return this.#ask("textDocument/hover", { ...documentAt(path), position });
  }

  signatures(path: string, position: Place): Promise<SignatureHelp | null> {
    return this.#ask("textDocument/signatureHelp", { ...documentAt(path), position });
  }

  async definitions(path: string, position: Place): Promise<LocationLink[]> {
    const found = await this.#ask<LocationLink[] | null>("textDocument/definition", { ...documentAt(path), position });
    return found ?? [];
  }

  /** Frees what nobody holds. False where it cannot; one that died meanwhile is replaced when it is asked. */
  async collect(): Promise<boolean> {
    const collected = this.#ask("custom/runGC", undefined);
    return collected.then(
      () => true,
      () => false,
    );
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#gone;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  #initialize(folder: string): void {
    const rootUri = pathToFileURL(folder).href;
    const initializationOptions = { disablePushDiagnostics: true };
    // Nothing waits for the answer: the server takes messages in order, and a failed start ends its process, which is noticed.
    const answer = this.#ask("initialize", {
      processId: process.pid,
      rootUri,
      initializationOptions,
      capabilities: CAPABILITIES,
    });
    answer.catch(() => {});
    this.#rpc.notify("initialized", {});
  }

  async #ask<T>(method: string, params: unknown): Promise<T> {
    const stuck = setTimeout(() => this.#process.kill("SIGKILL"), PATIENCE_MS);
    stuck.unref();
    try {
      return await this.#rpc.request<T>(method, params);
    } finally {
      clearTimeout(stuck);
    }
  }
}

function documentAt(path: string): { textDocument: { uri: string } } {
  return { textDocument: { uri: pathToFileURL(path).href } };
}
