/** What a marked secret begins and ends with; no file of a home and no message has either. */
export const [before, after] = ['Zq7', '7qZ'] as const;

/** Where a secret lies in a file. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

const secretName = String.raw`[\w:.-]*(?:passw(?:or)?d|passphrase|pwd|secret|secret_access_key|(?:key|trust)store_?pass|storepass|credentials?|api_?key|licen[cs]e_?key|private_?key|(?:access|refresh|auth)_?token)`;

/** Every way in which a file says a password; the named group is the password. Simple on purpose, and not our own reader. */
const forms: readonly RegExp[] = [
  String.raw`<(${secretName})(?:\s[^<>]*)?>(?:<!\[CDATA\[)?(?<value>[^<\]]+)(?:\]\]>)?</\1\s*>`,
  String.raw`\s${secretName}\s*=\s*"(?<value>[^"<]+)"`,
  String.raw`\s${secretName}\s*=\s*'(?<value>[^'<]+)'`,
  String.raw`<[^<>]*\s(?:name|key|id)\s*=\s*["']${secretName}["'][^<>]*(?<!/)>(?<value>[^<]+)</`,
  String.raw`<[^<>]*\s(?:name|key|id)\s*=\s*["']${secretName}["'][^<>]*\svalue\s*=\s*["'](?<value>[^"'<>]+)["']`,
  String.raw`<[^<>]*\svalue\s*=\s*["'](?<value>[^"'<>]+)["'][^<>]*\s(?:name|key|id)\s*=\s*["']${secretName}["']`,
  String.raw`<(?:param-|property-)?name>\s*${secretName}\s*</(?:param-|property-)?name>\s*<(?:param-)?value>(?<value>[^<]+)<`,
  String.raw`-D${secretName}=(?<value>[^\s"'<>]+)`,
  String.raw`\s--?${secretName}[ \t]+(?<value>[^\s"'<>-][^\s"'<>]*)`,
  String.raw`\bBasic[ ](?<value>[A-Za-z0-9+/]{6,}=)`,
  String.raw`://[^\s/:@<>"']+:(?<value>[^\s@<>"']+)@`,
  String.raw`[?&;]${secretName}=(?<value>[^\s&;<>"']+)`,
].map((source) => new RegExp(source, 'dgi'));

/** The places of the secrets of a file, in order; none where a variable, a switch or nothing stands for one. */
export function secretsOf(text: string): readonly Place[] {
  const found = forms
    .flatMap((form) => [...text.matchAll(form)])
    .flatMap((match): readonly Place[] => {
      const [from = 0, to = 0] = match.indices?.groups?.['value'] ?? [];
      const value = text.slice(from, to);
      if (value.trim() === '' || /^\s*(?:true|false|\$\{.*\}|\{\{.*\}\}|\$\w+\{.*\})\s*$/.test(value)) return [];
      const start = from + (value.length - value.trimStart().length);
      return [{ start, end: start + value.trim().length }];
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter(({ start }, index) => found.slice(0, index).every(({ end }) => end <= start));
}

/** The text with something else in the place of each secret. */
export function withSecrets(text: string, secret: (value: string) => string): string {
  let position = 0;
  const parts = secretsOf(text).flatMap(({ start, end }) => {
    const part = [text.slice(position, start), secret(text.slice(start, end))];
    position = end;
    return part;
  });
  return [...parts, text.slice(position)].join('');
}

/** The text with every secret marked, so that it is unlike any word; those of `except` and marked ones stay. */
export function marked(text: string, except: readonly string[] = []): string {
  return withSecrets(text, (value) =>
    except.includes(value) || value.includes(before) ? value : `${before}${value}${after}`,
  );
}
