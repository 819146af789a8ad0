/** The contract between a kernel and the language it runs. The kernel knows no language; a language knows no socket. */

export type MimeBundle = Record<string, unknown>;

export interface LanguageInfo {
  name: string;
  version: string;
  mimetype: string;
  file_extension: string;
  pygments_lexer: string;
  codemirror_mode: string | Record<string, unknown>;
  nbconvert_exporter: string;
}

export interface Cell {
  /** The id of the request; every output names it, also one that comes after the cell has ended. */
  id: string;
  code: string;
  /** The number that the front end shows; 0 for a silent cell. */
  executionCount: number;
  silent: boolean;
  /** Whether a prompt may be shown; where not, asking is an error of the cell. */
  allowStdin: boolean;
  /** Evaluated after a cell that ended well, for its reply. */
  userExpressions: Record<string, string>;
}

export type Outcome = { status: "ok"; userExpressions: Record<string, UserExpression> } | Failure;

export type UserExpression = { status: "ok"; data: MimeBundle; metadata: MimeBundle } | Failure;

export interface Failure {
  status: "error";
  ename: string;
  evalue: string;
  /** Lines for the reader: position in the author's text first, no frame of the kernel's own. */
  traceback: string[];
}

export type Output =
  | { type: "stream"; name: "stdout" | "stderr"; text: string }
  /** As a stream, with its text written as JSON in UTF-8, without the quotes around it: nobody has to read it on its way. */
  | { type: "written"; name: "stdout" | "stderr"; json: Uint8Array }
  | { type: "display_data" | "update_display_data"; data: MimeBundle; metadata: MimeBundle; displayId?: string }
  | { type: "execute_result"; data: MimeBundle; metadata: MimeBundle }
  | { type: "clear_output"; wait: boolean }
  | { type: "error"; failure: Failure }
  | CommMessage;

/** A message of a comm, in either direction: a named line between an object here and one in the front end. */
export interface CommMessage {
  type: "comm_open" | "comm_msg" | "comm_close";
  commId: string;
  /** With `comm_open`: who is meant on the other side. */
  target?: string;
  data: unknown;
  metadata: MimeBundle;
  buffers: readonly Uint8Array[];
  /** Of a message from the front end: the cell that opened the comm, below which its handler's output appears. */
  shownIn?: string;
}

/** What the kernel does for a language. */
export interface Host {
  /** Takes an output of the cell `cellId`. Called in order, and before the cell's outcome is told. */
  output(cellId: string, output: Output): void;
  /**
   * All that the cells had is gone, their comms with it, because what ran them has ended. `cellId` is the cell in whose
   * name that is said. Called before the outcome of a cell that ran then.
   */
  lost(cellId: string): void;
  /** Asks the reader for a line. Nothing comes back where the front end takes no questions or the cell was stopped. */
  input(cellId: string, prompt: string, password: boolean): Promise<string | undefined>;
}

export type Completeness =
  | { status: "complete" | "invalid" | "unknown" }
  | { status: "incomplete" /** white space that the next line begins with */; indent: string };

/** One thing that could stand at the cursor. */
export interface Match {
  text: string;
  /** `function`, `class`, `property`, `module`, ...: front ends draw an icon by it. */
  type?: string;
  /** The type, or the parameters of a function. */
  signature?: string;
}

/** What could replace the text from `start` to `end`. Offsets are JavaScript's (UTF-16), the kernel converts them. */
export interface Completions {
  matches: Match[];
  start: number;
  end: number;
}

/** Bytes of memory that a process has and, at its highest, had. */
export interface Memory {
  resident: number;
  peak: number;
}

export interface Interpreter {
  readonly languageInfo: LanguageInfo;
  /** One line or a few, shown by consoles when they start. */
  readonly banner: string;
  /** Begins to start what cells need. Cells may be handed over at once; they wait. */
  start(host: Host): void;
  /** Runs one cell. Never rejects for what the cell did. The kernel hands over one cell at a time. */
  execute(cell: Cell): Promise<Outcome>;
  /** Stops what runs: the cell ends with an error named `KeyboardInterrupt`, and its variables stay. */
  interrupt(): void;
  /** Hands over a comm message of the front end; settles when it was dealt with, in the turn of a cell that awaits. */
  comm(requestId: string, message: CommMessage): Promise<void>;
  isComplete(code: string): Promise<Completeness>;
  /** What could stand at `offset` of `code`. Answers also while a cell runs. */
  complete(code: string, offset: number): Promise<Completions>;
  /** What is known of the name at `offset`: a bundle with text/plain; nothing where there is no name. */
  inspect(code: string, offset: number, detail: 0 | 1): Promise<MimeBundle | undefined>;
  /** The memory of the process that runs cells, when the last cell ended; absent where there is no such process. */
  readonly memory?: Memory | undefined;
  /** Processor time of that process so far, in milliseconds; absent where the system does not say it. */
  readonly processorMs?: number | undefined;
  /** Ends every process; afterwards nothing of the interpreter is left. */
  stop(): Promise<void>;
}
