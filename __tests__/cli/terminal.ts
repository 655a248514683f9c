import { spawn } from 'node:child_process';
import { program } from '../fresh-build';

/** What happened at a terminal. */
export interface TerminalSession {
  /** The exit code; 128 and the number of the signal where one ended it, as a shell says. */
  readonly code: number;
  /** Everything that the terminal showed, with LF line ends. */
  readonly screen: string;
}

/** A session at a terminal; without anything nobody types, and all streams are the terminal. */
export interface TerminalOptions {
  /** What is typed as soon as the screen shows a question. */
  readonly typed?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What a shell is told behind the words, such as `> file`. */
  readonly redirect?: string;
}

/** Plays a person at a pseudo-terminal: reads the session from stdin, and prints what came of it. */
const person = String.raw`
import json, os, pty, signal, sys
signal.alarm(60)
session = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execvpe("sh", ["sh", "-c", session["line"], "sh", *session["words"]], {**os.environ, **session["env"]})
screen, is_asked = b"", False
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        break
    if not chunk:
        break
    screen += chunk
    if b"[y/N] " in screen and not is_asked:
        is_asked = True
        os.write(terminal, session["typed"].encode())
_, status = os.waitpid(child, 0)
code = 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
print(json.dumps({"code": code, "screen": screen.decode("utf-8", "replace").replace("\r\n", "\n")}))
`;

/** Runs the built program at a pseudo-terminal. Throws where Python, which makes one, fails. */
export function atPseudoTerminal(words: readonly string[], options: TerminalOptions = {}): Promise<TerminalSession> {
  const session = {
    line: `exec "$@" ${options.redirect ?? ''}`,
    words: [process.execPath, program, ...words],
    env: { TERM: 'xterm', NO_COLOR: '', ...options.env },
    typed: options.typed ?? '',
  };
  return new Promise((resolve, reject) => {
    const python = spawn('python3', ['-c', person], { stdio: 'pipe' });
    let output = '';
    let complaints = '';
    python.stdout.on('data', (chunk) => (output += String(chunk)));
    python.stderr.on('data', (chunk) => (complaints += String(chunk)));
    python.on('error', reject);
    python.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as TerminalSession);
      else reject(new Error(`python3 ended with ${code}: ${complaints}`));
    });
    python.stdin.end(JSON.stringify(session));
  });
}
