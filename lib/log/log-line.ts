/** How bad a server calls a line of its log. */
export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** The first line of an entry of a server log; the lines of a stack trace below it are none. */
export interface LogLine {
  /** As it is written, in the time zone of the server: `2015-10-22 14:58:20,964`. */
  readonly time: string;
  readonly level: LogLevel;
  /** The class that logged it, with or without its package. */
  readonly className: string;
  readonly message: string;
}

/**
 * The parts of a line in any of the patterns of Carbon's log4j.properties and log4j2.properties; `undefined` for every
 * other line, such as one of a stack trace:
 * `TID: [0] [ESB] [TIME]  INFO {class} - message {class}` of the file, `[TIME]  INFO {class} - message` of the console,
 * `[TIME]  INFO - Class message` of ESB and EI, `[TIME] [-1234] [] [thread] INFO {class} - message` of log4j 2, and
 * `TIME [-] [thread]  INFO Class message` of Synapse.
 */
export function parseLogLine(text: string): LogLine | undefined {
  // Most lines of a stack trace are done with here.
  if (!/^[[T\d]/.test(text)) return undefined;
  const { time, level, className, otherClass, message = '' } = (bracketed.exec(text) ?? bare.exec(text))?.groups ?? {};
  if (time === undefined || level === undefined) return undefined;
  const name = className ?? otherClass ?? '';
  const end = ` {${name}}`;
  const trimmed = message.trimEnd();
  return {
    time,
    level: level as LogLevel,
    className: name,
    message: trimmed.endsWith(end) ? trimmed.slice(0, -end.length).trimEnd() : trimmed,
  };
}

const time = String.raw`(?<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[,.]\d{3}(?:[+-]\d\d:?\d\d|Z)?)`;
const parts = String.raw`(?:\[[^\]]*\]\s*)*`;
const level = '(?<level>TRACE|DEBUG|INFO|WARN|ERROR|FATAL)';

const bracketed = new RegExp(
  String.raw`^(?:TID:\s*\[[^\]]*\]\s*(?:\[[A-Za-z]*\]\s*)?)?\[${time}\]\s*${parts}${level}\s+(?:\{(?<className>[^}]*)\}\s*(?:-\s*)?|-\s*(?<otherClass>\S+)\s*)(?<message>.*)$`,
);
const bare = new RegExp(String.raw`^${time}\s+${parts}${level}\s+(?<otherClass>\S+)\s+(?<message>.*)$`);
